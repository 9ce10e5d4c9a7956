package io.imagebus.sequence;

import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The account of one topic at one receiver, over all the times that it was followed. Owned by one
 * event loop.
 */
public final class TopicAccount {

  /**
   * Which line of the report an account is.
   *
   * @param node id of the node that keeps it
   * @param peer the other side of the hop
   */
  public record Place(Topic topic, Variant variant, Hop hop, String node, String peer) {}

  private final Map<SkipReason, Long> skippedByReason = new EnumMap<>(SkipReason.class);
  private final SequenceLimits limits;
  private final GapLog gaps = new GapLog();
  private final FrameTally frames = new FrameTally();
  private final FrameTiming timing = new FrameTiming();
  private SequenceCounts closed = SequenceCounts.ZERO;
  private Repairs repairs = Repairs.ZERO;
  private @Nullable SequenceTracker tracker;
  private boolean tailUnknown;
  private long heardNanos;

  /** Tells the frames and the log of gaps what becomes of numbers. */
  private final class Fates implements NumberFates {
    @Override
    public void at(long nowNanos) {
      gaps.at(nowNanos);
    }

    @Override
    public void begun(long epoch, long first) {
      frames.end(nextNumber());
      frames.begin(first);
      timing.restart();
      gaps.begun(epoch);
    }

    @Override
    public void opened(long from, long limit) {
      gaps.opened(from, limit);
    }

    @Override
    public void settled(long from, long limit, Fate fate) {
      gaps.settled(from, limit, fate);
      frames.settled(from, limit - from, fate);
    }
  }

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
      current = new SequenceTracker(limits, new Fates());
      tracker = current;
      tailUnknown = false;
    }
    return current;
  }

  private long nextNumber() {
    SequenceTracker current = tracker;
    return current == null ? 0 : current.next();
  }

  /** Whether a stream is followed. */
  public boolean isOpen() {
    return tracker != null;
  }

  /**
   * The tracker took a chunk of this frame.
   *
   * @param firstNumber of the frame's first chunk
   * @param chunks of the frame
   */
  public void chunk(long frame, long firstNumber, int chunks) {
    frames.chunk(frame, firstNumber, chunks);
  }

  /**
   * A frame has become whole.
   *
   * @param captureMicros microseconds since 1970 UTC, the publisher's clock
   * @param nowMicros microseconds since 1970 UTC, this machine's clock
   */
  public void whole(long frame, long captureMicros, long nowMicros) {
    whole(frame);
    timing.frame(captureMicros, nowMicros);
  }

  /** A frame has become whole that is no news, so that its age says nothing of the hop. */
  public void whole(long frame) {
    frames.whole(frame);
  }

  /** The sender's newest frame, and the number that follows all that it has sent or left out. */
  public void newest(long frame, long nextNumber) {
    frames.newest(frame, nextNumber);
  }

  /** Counts numbers that the sender announced as left out. */
  public void skipped(SkipReason reason, long from, long numbers, long ofFrames) {
    skippedByReason.merge(reason, numbers, Long::sum);
    announced(from, numbers, ofFrames);
  }

  /** The sender announced frames as left out, for a reason that is counted elsewhere. */
  public void announced(long from, long numbers, long ofFrames) {
    frames.announced(from, numbers, ofFrames);
  }

  /** Counts numbers that came, or were left out, after the topic had been closed. */
  public void unwanted(long numbers) {
    closed = closed.plus(SequenceCounts.skipped(numbers));
    skippedByReason.merge(SkipReason.UNWANTED, numbers, Long::sum);
  }

  /** What breaks the gap that is noticed next, as far as the owner knows. */
  public void blame(String cause) {
    gaps.blame(cause);
  }

  /** A piece of a stream came that another one has replaced, here or elsewhere. */
  public void stale(long nowNanos) {
    SequenceTracker current = tracker;
    if (current == null) {
      closed = closed.plus(SequenceCounts.ONE_STALE);
    } else {
      current.onStale(nowNanos);
    }
  }

  /** Whether the sender is out of reach, or was to the end. */
  public boolean isLost() {
    SequenceTracker current = tracker;
    return current == null ? tailUnknown : current.isLost();
  }

  /** Whether nothing was heard of the topic for so long. */
  public boolean isDead(long retentionNanos, long nowNanos) {
    SequenceTracker current = tracker;
    if (current == null) {
      return nowNanos - heardNanos > retentionNanos;
    }
    return current.state() != StreamState.IDLE && nowNanos - current.heardNanos() > retentionNanos;
  }

  /** The sender is out of reach. */
  public void lose(long nowNanos) {
    SequenceTracker current = tracker;
    if (current != null) {
      current.lose(nowNanos);
    }
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
      tailUnknown = current.isLost();
      heardNanos = current.heardNanos();
      current.close(nowNanos);
      frames.end(current.next());
      closed = closed.plus(current.counts());
      tracker = null;
    }
  }

  /** Settles gaps whose time has come. */
  public void tick(long nowNanos) {
    SequenceTracker current = tracker;
    if (current != null) {
      current.tick(nowNanos);
      if (current.state() == StreamState.CLOSED) {
        frames.end(current.next());
      } else {
        frames.settle(current.floor());
      }
    }
  }

  /** The numbers of all the times that the topic was followed. */
  public SequenceCounts counts() {
    SequenceTracker current = tracker;
    return current == null ? closed : closed.plus(current.counts());
  }

  /** The frames of all the times that the topic was followed. */
  public FrameCounts frames() {
    return frames.counts();
  }

  /** How even and how late frames came lately. */
  public Timing timing(long nowMicros) {
    return timing.timing(nowMicros);
  }

  /** The account as a line of the report. */
  public AccountLine line(Place place, Moment now) {
    SequenceTracker current = tracker;
    return new AccountLine(
        place.topic(),
        place.variant(),
        place.hop(),
        place.node(),
        place.peer(),
        counts(),
        0,
        skippedByReason,
        frames.counts(),
        repairs,
        timing.timing(now.epochMicros()),
        gaps.records(now),
        current == null ? StreamState.CLOSED : current.state(),
        unverifiedSinceMicros(now));
  }

  private long unverifiedSinceMicros(Moment now) {
    SequenceTracker current = tracker;
    if (current == null) {
      return tailUnknown ? now.microsOf(heardNanos) : 0;
    }
    return current.state() == StreamState.SILENT ? now.microsOf(current.heardNanos()) : 0;
  }
}
