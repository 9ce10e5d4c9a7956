package io.imagebus.delivery;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamInfo;
import io.imagebus.bus.TopicKey;
import io.imagebus.door.SocketWriter;
import io.imagebus.flow.AckWindow;
import io.imagebus.flow.FrameRate;
import io.imagebus.flow.LatestFrameSlot;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import java.util.LinkedHashSet;
import java.util.List;
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
  private StreamRoom room;
  private @Nullable VariantSwitch next;
  private final AckWindow window;
  private final LatestFrameSlot<SharedFrame> slot = new LatestFrameSlot<>();
  private final SeatLedger ledger;
  private SeatCounts counts;
  private SeatCounts begunCounts;
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();
  private FrameRate rate = FrameRate.unlimited();
  private Track track;
  private @Nullable Track leaving;
  private Optional<StreamId> left = Optional.empty();
  private @Nullable SharedFrame begun;
  private int nextChunk;
  private boolean joined;
  private SkipReason heldBy = SkipReason.SLOW_DISPLAY;
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
  DisplaySeat(
      Display display, StreamRoom room, AckWindow window, SeatLedger ledger, long takenMicros) {
    this.display = display;
    this.room = room;
    this.window = window;
    this.ledger = ledger;
    this.counts = ledger.page().counts();
    this.begunCounts = counts;
    this.takenMicros = takenMicros;
    this.track = new Track(room.info(), 0);
  }

  StreamRoom room() {
    return room;
  }

  AckWindow window() {
    return window;
  }

  Topic topic() {
    return room.topic();
  }

  /** The subscriptions that want this topic. */
  Set<Subscription> subscriptions() {
    return subscriptions;
  }

  /** The most demanding subscription decides. */
  void adapt() {
    adaptRate();
    adaptVariant();
  }

  void adaptRate() {
    rate = Subscription.rateOf(subscriptions);
  }

  void adaptVariant() {
    Variant wanted = Subscription.variantOf(subscriptions);
    if (next != null && !next.room().variant().equals(wanted)) {
      VariantSwitch given = next;
      next = null;
      display.quit(given.room(), given);
    }
    StreamRoom other = display.room(topic(), wanted);
    if (next == null && other != null && other != room) {
      VariantSwitch moving = new VariantSwitch(this, other);
      next = moving;
      display.join(other, moving);
    }
  }

  /** Whether the newest frame that the seat has heard of was taken after this one. */
  boolean isNewerThan(SharedFrame frame) {
    return room.newestCaptureMicros() - frame.frame().captureMicros() > 0;
  }

  /** The room that was waited in is no more. */
  void stay() {
    next = null;
  }

  /** The first picture of another variant is here: from now on the seat is in its room. */
  void moveTo(StreamRoom other, long first) {
    StreamRoom old = room;
    room = other;
    next = null;
    takeOver(new Track(other.info(), first), EndReason.VARIANT);
    ledger.turnTo(other.variant(), other.info().id(), offeredNanos);
    counts = ledger.page().counts();
    display.quit(old, this);
    display.moved(this);
    display.wake(this);
  }

  @Override
  public void opened(StreamInfo info, long first) {
    if (joined && info.id().equals(track.info().id())) {
      track.reopen();
    } else {
      joined = true;
      takeOver(new Track(info, first), EndReason.REPLACED);
      ledger.turnTo(info.variant(), info.id(), offeredNanos);
    }
    display.wake(this);
  }

  private void takeOver(Track newer, EndReason why) {
    SharedFrame waiting = slot.take();
    if (waiting != null) {
      drop(waiting);
    }
    if (track.isAnnounced()) {
      track.end(why);
      leaving = track;
      left = Optional.of(track.info().id());
    }
    track = newer;
    if (why == EndReason.VARIANT) {
      window.turn();
    } else {
      window.clear();
    }
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
      display.acknowledged(window, nowNanos);
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
    int bytes = frame.frame().wireBytes();
    window.sent(frame.frame().number(), bytes, nowNanos);
    display.begun(bytes, nowNanos);
    rate.sent(nowNanos);
    begun = frame;
    begunCounts = counts;
    nextChunk = 0;
    writeChunk(writer, frame);
  }

  private void writeChunk(SocketWriter writer, SharedFrame frame) {
    writer.write(frame.chunk(nextChunk++));
    (leaving == null ? track : leaving).sent();
    begunCounts.sent(1);
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
  void close(long nowNanos) {
    if (next != null) {
      display.quit(next.room(), next);
      next = null;
    }
    SharedFrame waiting = slot.take();
    if (waiting != null) {
      waiting.release();
    }
    if (begun != null) {
      begun.release();
      begun = null;
    }
    ledger.close(nowNanos);
  }

  StreamInfo stream() {
    return track.info();
  }

  /** Whether the display has reported on the stream before, or was shown it last but one. */
  boolean knew(StreamId id) {
    return left.filter(id::equals).isPresent() || ledger.pageOf(id).isPresent();
  }

  void report(StreamId stream, DisplayReport newest) {
    ledger.pageOf(stream).orElse(ledger.page()).reported().take(stream, newest);
    newest.missed().ifPresent(absence -> display.missed(this, stream, absence, takenMicros));
  }

  @Override
  public List<DisplayAccount> accounts() {
    return ledger.pages().stream().map(this::account).toList();
  }

  private DisplayAccount account(SeatLedger.Page page) {
    return new DisplayAccount(
        display.name(),
        DisplayAccount.CHUNKS,
        new TopicKey(topic(), page.variant()),
        page.stream(),
        page.counts().expected(),
        page.counts().sent(),
        page.counts().skipped(),
        page.counts().pending(),
        page.reported().total(),
        page.reported().frames(),
        page.reported().timing());
  }
}
