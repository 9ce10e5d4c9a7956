package io.imagebus.bus;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.frame.SkipReason;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of one stream that this node numbers or follows: what a late joiner needs, and who
 * hears it. Owned by the exchange.
 */
final class StreamRecord {

  private final StreamInfo info;
  private final Set<OutboundLink> targets = new LinkedHashSet<>();
  private @Nullable Arrived last;
  private @Nullable Ended ended;

  /** Why it is over: what {@link #ended} says, known before where the opening said so. */
  private @Nullable EndReason over;

  private long nextSequence;
  private long skippedTotal;
  private long changedNanos;
  private long frameNanos;

  StreamRecord(Opened opened, long nowNanos) {
    this.info = opened.info();
    this.over = opened.over();
    this.nextSequence = opened.firstSequence();
    this.skippedTotal = opened.skippedTotal();
    this.changedNanos = nowNanos;
    this.frameNanos = nowNanos;
  }

  /** Takes note of an event and passes it on. */
  void pass(StreamEvent event, long nowNanos) {
    note(event, nowNanos);
    for (OutboundLink target : targets) {
      target.offer(event, nowNanos);
    }
  }

  private void note(StreamEvent event, long nowNanos) {
    skippedTotal = event.skippedTotal();
    if (event instanceof Arrived arrived) {
      last = arrived;
      nextSequence = arrived.frame().nextSequence();
      frameNanos = nowNanos;
      changedNanos = nowNanos;
    } else if (event instanceof Skipped skipped) {
      nextSequence = skipped.to() + 1;
      frameNanos = skipped.reason() == SkipReason.UNCHANGED ? nowNanos : frameNanos;
    } else if (event instanceof Beat beat) {
      nextSequence = beat.nextSequence();
    } else if (event instanceof Opened opened) {
      nextSequence = opened.firstSequence();
      ended = null;
      over = opened.over();
      changedNanos = nowNanos;
    } else if (event instanceof Ended end) {
      ended = end;
      over = end.why();
      changedNanos = nowNanos;
    }
  }

  /** Lets a link hear the stream from its last frame on. */
  void join(OutboundLink link, long nowNanos) {
    if (!targets.add(link)) {
      return;
    }
    Arrived frame = last;
    if (frame == null) {
      link.offer(new Opened(info, nextSequence, skippedTotal, false, over), nowNanos);
    } else {
      long first = frame.frame().firstSequence();
      link.offer(new Opened(info, first, frame.skippedTotal(), false, over), nowNanos);
      link.offer(frame, nowNanos);
    }
    if (ended != null) {
      link.offer(ended, nowNanos);
    }
  }

  /** Lets a link hear it no longer. */
  void leave(OutboundLink link) {
    if (targets.remove(link)) {
      link.forget(info.id());
    }
  }

  /** Takes a link out that has gone down; it keeps count of what it misses. */
  void suspend(OutboundLink link) {
    targets.remove(link);
  }

  /** Tells a link of the end once more, in case the word of it was lost. */
  void repeatEnd(OutboundLink link, long nowNanos) {
    if (ended != null && targets.contains(link)) {
      link.offer(ended, nowNanos);
    }
  }

  Set<OutboundLink> targets() {
    return Set.copyOf(targets);
  }

  /** Gives the last frame's memory back; a late joiner then waits for the next. */
  void forgetLast() {
    last = null;
  }

  /** What people want to know of the stream. */
  JsonObject toJson(long staleAfterMillis, long nowNanos) {
    long ageMillis = (nowNanos - frameNanos) / 1_000_000;
    String state = ageMillis > staleAfterMillis ? "stale" : "live";
    return new JsonObject()
        .put("topic", info.topic().name())
        .put("variant", info.variant().label())
        .put("node", info.node())
        .put("stream", info.id().toString())
        .put("contentType", info.format().contentType())
        .put("state", ended == null ? state : "offline")
        .put("ended", ended == null ? null : ended.why().label())
        .put("lastFrameAgeMillis", ageMillis)
        .put("nextSequence", nextSequence)
        .put("skipped", skippedTotal);
  }

  StreamInfo info() {
    return info;
  }

  @Nullable Arrived last() {
    return last;
  }

  /** Whether it has ended only because its node could not be reached. */
  boolean isLost() {
    Ended end = ended;
    return end != null && !end.why().tailKnown();
  }

  boolean hasEnded() {
    return ended != null;
  }

  long nextSequence() {
    return nextSequence;
  }

  long skippedTotal() {
    return skippedTotal;
  }

  long changedNanos() {
    return changedNanos;
  }
}
