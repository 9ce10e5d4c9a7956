package io.imagebus.delivery;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamInfo;
import io.imagebus.door.SocketWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * The numbers of a stream as one display sees them, at any moment:
 *
 *   sent or told | begun frame | skips to tell | waiting frame | skips to tell
 *              next            |    before     |               |    after
 *
 * A newer frame turns the waiting one into a skip, and "after" joins "before".
 */
/**
 * How far one display has been told of one stream. Everything below {@link #next} was sent or
 * announced. Owned by one seat.
 */
final class Track {

  private final StreamInfo info;
  private final String hex;
  private final PendingSkips before = new PendingSkips();
  private final PendingSkips after = new PendingSkips();
  private long next;
  private long skippedTotal;
  private boolean announced;
  private boolean ended;
  private @Nullable EndReason end;

  Track(StreamInfo info, long first) {
    this.info = info;
    this.hex = info.id().toString();
    this.next = first;
  }

  StreamInfo info() {
    return info;
  }

  /** The stream's id as it is written on the wire. */
  String hex() {
    return hex;
  }

  /** The next number that the display will see or hear of. */
  long next() {
    return next;
  }

  /** How many of the numbers below {@link #next} the display was told to do without. */
  long skippedTotal() {
    return skippedTotal;
  }

  /** A chunk was sent. */
  void sent() {
    next++;
  }

  /** Numbers behind all that is known so far will not come. */
  void skip(SkipRun run, boolean frameWaits) {
    (frameWaits ? after : before).add(run);
  }

  /** The waiting frame will not be sent. */
  void dropWaiting(SkipRun run) {
    before.add(run);
    moveUp();
  }

  /** The waiting frame is begun; the skips before it were told. */
  void begin() {
    before.clear();
    moveUp();
  }

  private void moveUp() {
    after.runs().forEach(before::add);
    after.clear();
  }

  /** Tells the skips before the next frame. */
  void tellSkips(SocketWriter writer) {
    for (SkipRun run : before.runs()) {
      writer.writeText(Notices.skip(this, run));
      next = run.to() + 1;
      skippedTotal += run.numbers();
    }
    before.clear();
  }

  /** Whether the display knows the stream. */
  boolean isAnnounced() {
    return announced;
  }

  /** Tells what the stream is. */
  void announce(SocketWriter writer, List<Long> subscriptions) {
    writer.writeText(Notices.stream(this, subscriptions));
    announced = true;
  }

  /** The end that the display has still to be told of. */
  @Nullable EndReason end() {
    return end;
  }

  void end(EndReason why) {
    if (!ended && end == null) {
      end = why;
    }
  }

  /** Tells all that is left to tell. */
  void tellEnd(SocketWriter writer) {
    tellSkips(writer);
    if (end != null) {
      writer.writeText(Notices.ended(this, end));
      end = null;
      ended = true;
    }
  }

  /** The stream goes on; a display that was told of its end is told of it anew. */
  void reopen() {
    end = null;
    if (ended) {
      ended = false;
      announced = false;
    }
  }
}
