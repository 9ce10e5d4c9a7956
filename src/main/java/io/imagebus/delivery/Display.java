package io.imagebus.delivery;

import io.imagebus.door.SocketWriter;
import io.imagebus.flow.AckWindow;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.imagebus.frame.VariantLadder;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Seats that have something to write stand in a queue. The first writes one thing, a chunk at most,
 * and goes to the end; so a 4K frame does not hold up twenty thumbnails. Nothing is written that the
 * socket cannot take, so what waits in memory is one frame begun and one waiting for each topic,
 * both shared with the other displays, and what the socket's watermark allows.
 */
/** One socket that shows many topics chunk by chunk. Owned by one event loop. */
final class Display implements Outlet {

  /** A client that takes no byte for this long is dead; its memory must come back. */
  static final long DEAD_NANOS = TimeUnit.SECONDS.toNanos(28);

  private static final Logger LOG = LoggerFactory.getLogger(Display.class);

  private final Floor floor;
  private final String name;
  private final SocketWriter writer;
  private final Consumer<Subscription> onFull;
  private final Map<Topic, DisplaySeat> seats = new LinkedHashMap<>();
  private final Map<StreamId, DisplaySeat> byStream = new HashMap<>();
  private final ArrayDeque<DisplaySeat> ready = new ArrayDeque<>();
  private final Slowness slowness;
  private final LinkSense link;
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();
  private boolean pumping;
  private boolean beatDue;
  private boolean closed;

  /**
   * A display without a seat.
   *
   * @param onFull told when a subscription matches more topics than one socket may show
   */
  Display(Floor floor, String name, SocketWriter writer, Consumer<Subscription> onFull) {
    this.floor = floor;
    this.name = name;
    this.writer = writer;
    this.onFull = onFull;
    this.slowness = new Slowness(name);
    this.link = new LinkSense(floor.settings().ladder());
    writer.onWritable(() -> pump(floor.clock().nanoTime()));
  }

  String name() {
    return name;
  }

  /** Takes a seat in a room, once however many subscriptions want it. */
  void enter(StreamRoom room, Subscription subscription) {
    DisplaySeat seat = seats.get(room.topic());
    if (seat != null) {
      seat.subscriptions().add(subscription);
      seat.adapt();
      return;
    }
    if (seats.size() >= floor.settings().maxSubscriptions()) {
      onFull.accept(subscription);
      return;
    }
    DisplaySeat taken =
        new DisplaySeat(
            this,
            room,
            new AckWindow(floor.settings().ackWindowFrames(), floor.settings().ackDelayMillis()),
            new SeatLedger(floor.departed(), room.topic(), room.variant(), room.info().id()),
            floor.clock().epochMicros());
    taken.subscriptions().add(subscription);
    taken.adaptRate();
    seats.put(room.topic(), taken);
    room.join(taken, subscription.fromLast(), floor.clock().nanoTime());
    taken.adaptVariant();
  }

  /** The room of one of the display's topics in a form, if there is one. */
  @Nullable StreamRoom room(Topic topic, Variant variant) {
    return floor.rooms().find(topic, variant);
  }

  /** Lets a seat, or what waits in its place, have the room's pictures from the last on. */
  void join(StreamRoom room, Seat seat) {
    room.join(seat, true, floor.clock().nanoTime());
  }

  /** A seat, or what waited in its place, is done with a room. */
  void quit(StreamRoom room, Seat seat) {
    floor.rooms().leave(room, seat);
  }

  /** A seat has moved to another variant; rooms of the old one may be closed to this display. */
  void moved(DisplaySeat seat) {
    List.copyOf(seat.subscriptions()).forEach(each -> each.settle(floor.rooms()));
  }

  /** Whether a topic that came by this subscription is shown in this form. */
  boolean sits(Subscription subscription, Variant variant) {
    return seats.values().stream()
        .anyMatch(
            seat ->
                seat.room().variant().equals(variant)
                    && seat.subscriptions().contains(subscription));
  }

  VariantLadder ladder() {
    return floor.settings().ladder();
  }

  /** The variant that the display's link carries in place of one that was asked for. */
  Variant affordable(Variant asked) {
    return link.affordable(asked);
  }

  /** The subscription is the display's, perhaps with another wish than before. */
  void subscribed(Subscription subscription) {
    subscriptions.add(subscription);
    watchLink();
  }

  void unsubscribed(Subscription subscription) {
    subscriptions.remove(subscription);
    watchLink();
  }

  private void watchLink() {
    link.watch(subscriptions.stream().anyMatch(Subscription::isAdaptive));
  }

  /** A frame of so many bytes was begun. */
  void begun(int bytes, long nowNanos) {
    link.sent(bytes, nowNanos);
  }

  /** Frames of one topic were shown. */
  void acknowledged(AckWindow window, long nowNanos) {
    link.acknowledged(window, nowNanos);
    senseLink(nowNanos);
  }

  /** Makes the pictures smaller, or larger again, when the link says so. */
  private void senseLink(long nowNanos) {
    if (!link.hasChanged(seats.values(), nowNanos)) {
      return;
    }
    for (Subscription subscription : List.copyOf(subscriptions)) {
      if (subscription.adapt(floor.rooms())) {
        writer.writeText(Notices.variant(subscription));
      }
    }
    List.copyOf(seats.values()).forEach(DisplaySeat::adaptVariant);
  }

  /** Leaves the rooms that no other subscription wants. */
  void leave(Subscription subscription) {
    for (DisplaySeat seat : List.copyOf(seats.values())) {
      if (!seat.subscriptions().remove(subscription)) {
        continue;
      }
      if (seat.subscriptions().isEmpty()) {
        remove(seat);
        floor.rooms().leave(seat.room(), seat);
      } else {
        seat.adapt();
      }
    }
  }

  /** Gives up a seat that its room does not know any more. */
  void remove(DisplaySeat seat) {
    seats.remove(seat.topic());
    byStream.values().removeIf(other -> other == seat);
    ready.remove(seat);
    seat.close(floor.clock().nanoTime());
  }

  /** The seat's stream is known to the client from now on. */
  void announced(DisplaySeat seat) {
    byStream.values().removeIf(other -> other == seat);
    byStream.put(seat.stream().id(), seat);
  }

  Optional<DisplaySeat> seatOf(StreamId stream) {
    return Optional.ofNullable(byStream.get(stream));
  }

  Optional<DisplaySeat> seatOf(Topic topic) {
    return Optional.ofNullable(seats.get(topic));
  }

  Collection<DisplaySeat> seats() {
    return seats.values();
  }

  /** A seat has something to write, perhaps. */
  void wake(DisplaySeat seat) {
    wake(seat, floor.clock().nanoTime());
  }

  void wake(DisplaySeat seat, long nowNanos) {
    queue(seat);
    pump(nowNanos);
  }

  private void queue(DisplaySeat seat) {
    if (!seat.queued && !closed) {
      seat.queued = true;
      ready.addLast(seat);
    }
  }

  private void pump(long nowNanos) {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (writeWhatFits(nowNanos)) {
        writer.flush();
      }
    } finally {
      pumping = false;
    }
  }

  /** False if nothing was written. */
  private boolean writeWhatFits(long nowNanos) {
    boolean wrote = false;
    while (writer.isWritable() && writeNext(nowNanos)) {
      wrote = true;
    }
    return wrote;
  }

  private boolean writeNext(long nowNanos) {
    if (beatDue) {
      beatDue = false;
      Heartbeat.write(writer, seats.values(), nowNanos);
      return true;
    }
    for (DisplaySeat seat = ready.poll(); seat != null; seat = ready.poll()) {
      seat.queued = false;
      if (seat.step(writer, nowNanos)) {
        queue(seat);
        return true;
      }
    }
    return false;
  }

  @Override
  public void tick(long nowNanos) {
    long stalledNanos = writer.stalledNanos(nowNanos);
    if (stalledNanos >= DEAD_NANOS) {
      LOG.warn(
          "display {} has taken nothing for {} s; its connection is ended",
          name,
          TimeUnit.NANOSECONDS.toSeconds(stalledNanos));
      writer.abort();
      return;
    }
    slowness.tick();
    senseLink(nowNanos);
    beatDue = !seats.isEmpty();
    for (DisplaySeat seat : seats.values()) {
      if (seat.isWaiting()) {
        queue(seat);
      }
    }
    pump(nowNanos);
  }

  /** Nothing: its control socket is closed by the one who accepted it. */
  @Override
  public void sendAway() {}

  /** The display has told what it missed before this connection. */
  void missed(DisplaySeat seat, StreamId stream, DisplayReport.Absence absence, long backMicros) {
    floor.absences().add(seat.topic(), stream, absence, name, backMicros);
  }

  /** A frame was left out because the display is slower than its source. */
  void tooSlow() {
    slowness.skipped();
    link.skipped(floor.clock().nanoTime());
  }

  @Override
  public void close() {
    closed = true;
    for (DisplaySeat seat : List.copyOf(seats.values())) {
      remove(seat);
      floor.rooms().leave(seat.room(), seat);
    }
    ready.clear();
  }
}
