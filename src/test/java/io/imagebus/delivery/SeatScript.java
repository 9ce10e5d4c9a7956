package io.imagebus.delivery;

import io.imagebus.bus.FakeStages;
import io.imagebus.bus.StreamEvent;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.bus.StreamInfo;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Delivery without sockets and without waiting: one event after the other, the clock by hand. */
final class SeatScript {

  private static final int CHUNK_BYTES = 100;

  final ManualClock clock = new ManualClock();
  final Rooms rooms;
  final Outlets outlets = new Outlets(100);
  final DepartedDisplays departed = new DepartedDisplays();
  final Floor floor;
  private long nextSubscription;

  SeatScript(Vertx vertx, DeliverySettings settings) {
    new FakeStages(vertx);
    rooms = new Rooms(vertx, clock, settings.staleAfterMillis());
    floor = new Floor(settings, clock, rooms, outlets, departed, new Absences());
  }

  Display display(ScriptedWriter writer) {
    return new Display(floor, "display", writer, full -> {});
  }

  Subscription subscribe(Display display, String filter, VariantRequest variant) {
    Subscription subscription =
        new Subscription(display, ++nextSubscription, new TopicFilter(filter), variant, true);
    subscription.open(rooms);
    return subscription;
  }

  void unsubscribe(Display display, Subscription subscription) {
    subscription.close(rooms);
    display.leave(subscription);
  }

  Source source(String topic, long id, long generation) {
    return source(topic, Variant.SOURCE, id, generation);
  }

  Source source(String topic, Variant variant, long id, long generation) {
    return new Source(
        new StreamInfo(
            new StreamId(id), new Topic(topic), variant, ImageFormat.JPEG, "node", generation));
  }

  /** A variant as a node makes it. */
  Source variantOf(Source source, Variant variant, long id, long generation) {
    return new Source(
        new StreamInfo(
            new StreamId(id),
            source.info.topic(),
            variant,
            ImageFormat.JPEG,
            source.info.id(),
            "node",
            generation));
  }

  /** A stream whose events go straight to the rooms. */
  final class Source {

    final StreamInfo info;
    private final Chunker chunker;
    private long total;

    private Source(StreamInfo info) {
      this.info = info;
      chunker = new Chunker(info.id(), CHUNK_BYTES);
    }

    Source open() {
      on(new Opened(info, chunker.nextSequence(), total));
      return this;
    }

    ChunkedFrame frame(int chunks) {
      ChunkedFrame frame = cut(chunks);
      on(new Arrived(frame, total));
      return frame;
    }

    /** A frame with the number that its source has given it. */
    void frame(int chunks, long number) {
      on(
          new Arrived(
              chunker.cut(new byte[CHUNK_BYTES * chunks], number, clock.epochMicros()), total));
    }

    ChunkedFrame cut(int chunks) {
      return chunker.cut(new byte[CHUNK_BYTES * chunks], clock.epochMicros());
    }

    void skip(int chunks, SkipReason reason) {
      ChunkedFrame frame = cut(chunks);
      total += chunks;
      on(new Skipped(info.id(), frame.firstSequence(), frame.nextSequence() - 1, 1, total, reason));
    }

    void skipSilently(int chunks) {
      cut(chunks);
      total += chunks;
    }

    void beat() {
      on(
          new Beat(
              info.id(),
              chunker.nextSequence(),
              total,
              chunker.nextFrame() - 1,
              clock.epochMicros()));
    }

    void end(EndReason why) {
      on(new Ended(info.id(), chunker.nextSequence(), total, why));
    }

    long nextSequence() {
      return chunker.nextSequence();
    }

    private void on(StreamEvent event) {
      rooms.on(event);
    }
  }

  List<DisplayAccount> accounts() {
    List<DisplayAccount> accounts = new ArrayList<>();
    rooms.all().forEach(room -> room.seats().forEach(seat -> accounts.addAll(seat.accounts())));
    return accounts;
  }
}
