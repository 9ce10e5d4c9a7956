package io.imagebus.delivery;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamInfo;
import io.imagebus.door.SocketWriter;
import io.imagebus.flow.AckWindow;
import io.imagebus.flow.FrameRate;
import io.imagebus.flow.LatestFrameSlot;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/*
 * Latest frame wins: one frame is begun and always finished, one waits. What displaces the waiting
 * frame turns it into a skip, told before the next chunk. A stream that takes the topic over waits
 * until the begun frame of the old one is finished and its end was told; a third one that comes
 * before that takes the second one's place without a word.
 */
/** One topic on one {@link Display}. Owned by one event loop. */
final class DisplaySeat implements Seat {

  private static final long OVERDUE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long NEWER_WITHIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Display display;
  private final StreamRoom room;
  private final AckWindow window;
  private final LatestFrameSlot<SharedFrame> slot = new LatestFrameSlot<>();
  private final SeatCounts counts = new SeatCounts();
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();
  private FrameRate rate = FrameRate.unlimited();
  private Track track;
  private @Nullable Track leaving;
  private Optional<StreamId> left = Optional.empty();
  private @Nullable SharedFrame begun;
  private int nextChunk;
  private boolean joined;
  private SkipReason heldBy = SkipReason.SLOW_DISPLAY;
  private final ReportedCounts reported = new ReportedCounts();
  private final long takenMicros;
  private long offeredNanos;
  private long overdueNanos;
  private boolean overdue;

  /** Whether the seat waits for its turn; kept by the display. */
  boolean queued;

  /**
   * A seat that nothing was offered to.
   *
   * @param takenMicros now, microseconds since 1970 UTC
   */
  DisplaySeat(Display display, StreamRoom room, AckWindow window, long takenMicros) {
    this.display = display;
    this.room = room;
    this.window = window;
    this.takenMicros = takenMicros;
    this.track = new Track(room.info(), 0);
  }

  StreamRoom room() {
    return room;
  }

  Topic topic() {
    return room.topic();
  }

  /** The subscriptions that want this topic. */
  Set<Subscription> subscriptions() {
    return subscriptions;
  }

  /** The most demanding subscription decides. */
  void adaptRate() {
    rate = Subscription.rateOf(subscriptions);
  }

  @Override
  public void opened(StreamInfo info, long first) {
    if (joined && info.id().equals(track.info().id())) {
      track.reopen();
    } else {
      joined = true;
      takeOver(new Track(info, first));
    }
    display.wake(this);
  }

  private void takeOver(Track newer) {
    SharedFrame waiting = slot.take();
    if (waiting != null) {
      drop(waiting);
    }
    if (track.isAnnounced()) {
      track.end(EndReason.REPLACED);
      leaving = track;
      left = Optional.of(track.info().id());
    }
    track = newer;
    window.clear();
  }

  @Override
  public void offered(SharedFrame frame, long nowNanos) {
    counts.offered(frame.chunkCount());
    SharedFrame displaced = slot.offer(frame.retain());
    if (displaced != null) {
      drop(displaced);
    }
    heldBy = SkipReason.SLOW_DISPLAY;
    offeredNanos = nowNanos;
    overdue = false;
    display.wake(this, nowNanos);
  }

  private void drop(SharedFrame waiting) {
    long from = waiting.frame().firstSequence();
    track.dropWaiting(new SkipRun(from, waiting.frame().nextSequence() - 1, 1, heldBy));
    counts.skipped(heldBy, waiting.chunkCount());
    if (heldBy == SkipReason.SLOW_DISPLAY) {
      display.tooSlow();
    }
    waiting.release();
  }

  @Override
  public void skipped(SkipRun run) {
    counts.offered(run.numbers());
    counts.skipped(run.reason(), run.numbers());
    track.skip(run, slot.peek() != null);
  }

  @Override
  public void ended(EndReason why) {
    track.end(why);
    display.wake(this);
  }

  @Override
  public void evicted() {
    display.remove(this);
  }

  /** A frame was shown; false if it was never sent. */
  boolean acknowledged(long frame, long nowNanos) {
    boolean known = window.acknowledged(frame, nowNanos);
    if (known) {
      display.wake(this, nowNanos);
    }
    return known;
  }

  /** Whether something may be written when its time comes. */
  boolean isWaiting() {
    return slot.peek() != null;
  }

  /** Writes the next thing that is due; false if nothing is. */
  boolean step(SocketWriter writer, long nowNanos) {
    if (begun != null) {
      writeChunk(writer, begun);
    } else if (leaving != null) {
      leaving.tellEnd(writer);
      leaving = null;
    } else if (!track.isAnnounced()) {
      track.announce(writer, Subscription.ids(subscriptions));
      display.announced(this);
    } else if (slot.peek() != null && mayBegin(nowNanos)) {
      begin(writer, nowNanos);
    } else if (slot.peek() == null && track.end() != null) {
      track.tellEnd(writer);
    } else {
      return false;
    }
    return true;
  }

  /** The last picture of a stream that is over waits for nothing but the socket. */
  private boolean mayBegin(long nowNanos) {
    if (track.end() != null) {
      return true;
    }
    if (isOldNews(nowNanos)) {
      heldBy = SkipReason.EXPIRED;
      return false;
    }
    boolean due = rate.isDue(nowNanos);
    heldBy = due ? SkipReason.SLOW_DISPLAY : SkipReason.RATE;
    return due && window.isOpen();
  }

  /**
   * What has waited for long is of a time when the node or the display stood still: a newer picture
   * is likely on its way, and has half a second to displace it.
   */
  private boolean isOldNews(long nowNanos) {
    if (nowNanos - offeredNanos <= OVERDUE_NANOS) {
      return false;
    }
    if (!overdue) {
      overdue = true;
      overdueNanos = nowNanos;
    }
    return nowNanos - overdueNanos < NEWER_WITHIN_NANOS;
  }

  private void begin(SocketWriter writer, long nowNanos) {
    SharedFrame frame = slot.take();
    if (frame == null) {
      return;
    }
    track.tellSkips(writer);
    track.begin();
    window.sent(frame.frame().number(), nowNanos);
    rate.sent(nowNanos);
    begun = frame;
    nextChunk = 0;
    writeChunk(writer, frame);
  }

  private void writeChunk(SocketWriter writer, SharedFrame frame) {
    writer.write(frame.chunk(nextChunk++));
    (leaving == null ? track : leaving).sent();
    counts.sent(1);
    if (nextChunk == frame.chunkCount()) {
      begun = null;
      frame.release();
    }
  }

  /** Adds the seat's entry to a heartbeat, after the skips that it counts; false if it has none. */
  boolean beat(SocketWriter writer, StringBuilder text, long nowNanos) {
    if (!track.isAnnounced()) {
      return false;
    }
    if (begun == null) {
      track.tellSkips(writer);
    }
    Notices.beat(text, track, room, room.state(nowNanos));
    return true;
  }

  /** Frees the frames. The display's counts go to those of the departed. */
  void close(DepartedDisplays departed, long nowNanos) {
    SharedFrame waiting = slot.take();
    if (waiting != null) {
      waiting.release();
    }
    if (begun != null) {
      begun.release();
      begun = null;
    }
    departed.add(topic(), counts, reported, nowNanos);
  }

  StreamInfo stream() {
    return track.info();
  }

  /** Whether the display has reported on the stream before, or was shown it last but one. */
  boolean knew(StreamId id) {
    return reported.knows(id) || left.filter(id::equals).isPresent();
  }

  void report(StreamId stream, DisplayReport newest) {
    reported.take(stream, newest);
    newest.missed().ifPresent(absence -> display.missed(this, stream, absence, takenMicros));
  }

  @Override
  public Optional<DisplayAccount> account() {
    return Optional.of(
        new DisplayAccount(
            display.name(),
            DisplayAccount.CHUNKS,
            topic(),
            track.info().id(),
            counts.expected(),
            counts.sent(),
            counts.skipped(),
            counts.pending(),
            reported.total(),
            reported.frames(),
            reported.timing()));
  }
}
