package io.imagebus.sequence;

import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The account of one topic at one receiver, over all the times that it was followed. Owned by one
 * event loop.
 */
public final class TopicAccount {

  private final Map<SkipReason, Long> skippedByReason = new EnumMap<>(SkipReason.class);
  private final SequenceLimits limits;
  private SequenceCounts closed = SequenceCounts.ZERO;
  private Repairs repairs = Repairs.ZERO;
  private @Nullable SequenceTracker tracker;

  /** An account with the usual limits. */
  public TopicAccount() {
    this(SequenceLimits.defaults());
  }

  /** An account whose gaps stay open for as long as the limits say. */
  public TopicAccount(SequenceLimits limits) {
    this.limits = limits;
  }

  /** The tracker of the stream that is followed now; made when there is none. */
  public SequenceTracker tracker() {
    SequenceTracker current = tracker;
    if (current == null) {
      current = new SequenceTracker(limits);
      tracker = current;
    }
    return current;
  }

  /** Counts numbers that the sender announced as left out. */
  public void skipped(SkipReason reason, long numbers) {
    skippedByReason.merge(reason, numbers, Long::sum);
  }

  /** Counts a received number that came because it was asked for. */
  public void repaired() {
    repairs = repairs.plus(new Repairs(1, 0));
  }

  /** Gives up pending numbers, the last one included, that were asked for in vain. */
  public void giveUp(long epoch, long from, long to) {
    repairs = repairs.plus(new Repairs(0, tracker().giveUp(epoch, from, to)));
  }

  /** Settles what is pending; the next {@link #tracker} starts afresh. */
  public void close(long nowNanos) {
    SequenceTracker current = tracker;
    if (current != null) {
      current.close(nowNanos);
      closed = closed.plus(current.counts());
      tracker = null;
    }
  }

  /** Settles gaps whose time has come. */
  public void tick(long nowNanos) {
    SequenceTracker current = tracker;
    if (current != null) {
      current.tick(nowNanos);
    }
  }

  /** The account as a line of the report. */
  public AccountLine line(Topic topic, Variant variant, Hop hop, String node, String peer) {
    SequenceTracker current = tracker;
    return new AccountLine(
        topic,
        variant,
        hop,
        node,
        peer,
        current == null ? closed : closed.plus(current.counts()),
        0,
        skippedByReason,
        FrameCounts.ZERO,
        repairs,
        Timing.NONE,
        List.of(),
        current == null ? StreamState.CLOSED : current.state(),
        0);
  }
}
