package io.imagebus.ingest;

import io.imagebus.base.Clock;
import io.imagebus.bus.PublishedStream;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamPublisher;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Probed;
import io.imagebus.wire.Chunk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the doors of one ingest instance open their streams and have their pictures checked. Owned
 * by one event loop.
 */
final class StreamDesk {

  private final IngestSettings settings;
  private final Clock clock;
  private final StreamPublisher bus;
  private final IngestCounters counters;
  private final LookThread looks;
  private final Map<StreamId, Desked> streams = new HashMap<>();
  private boolean draining;

  private record Desked(IngestStream stream, Runnable replaced) {}

  StreamDesk(
      Vertx vertx,
      IngestSettings settings,
      Clock clock,
      IngestCounters counters,
      LookThread looks) {
    this.settings = settings;
    this.clock = clock;
    this.counters = counters;
    this.looks = looks;
    this.bus = new StreamPublisher(vertx, this::onReplaced);
  }

  /**
   * Opens a stream.
   *
   * @param replaced called when a newer publisher has taken the topic over
   */
  Future<IngestStream> open(Topic topic, ImageFormat format, Runnable replaced) {
    return bus.open(topic, Variant.SOURCE, format)
        .map(
            info -> {
              IngestStream stream =
                  new IngestStream(
                      new PublishedStream(info, bus::publish),
                      settings.policyOf(topic),
                      looks,
                      clock);
              streams.put(info.id(), new Desked(stream, replaced));
              counters.opened(topic);
              return stream;
            });
  }

  private void onReplaced(StreamId id) {
    Desked gone = streams.remove(id);
    if (gone != null) {
      counters.replaced(gone.stream.info().topic());
      gone.stream.replaced();
      gone.replaced.run();
    }
  }

  void end(IngestStream stream, EndReason why) {
    streams.remove(stream.info().id());
    stream.end(draining ? EndReason.DRAIN : why);
  }

  /** The node goes down: whatever ends from now on ends because of that. */
  void drain() {
    draining = true;
  }

  /** Ends the streams that are still open. */
  void endAll() {
    List.copyOf(streams.values()).forEach(desked -> end(desked.stream, EndReason.DRAIN));
  }

  boolean isDraining() {
    return draining;
  }

  /** Streams that have not ended. */
  int openStreams() {
    return streams.size();
  }

  /** Signs of life of all streams; to be called each second. */
  void beat() {
    streams.values().forEach(desked -> desked.stream.beat());
  }

  /** Looks into a picture without decoding it. */
  Probed probe(byte[] picture) {
    return PictureProbe.probe(picture, 0, picture.length, settings.pictures());
  }

  /** The same for a frame in chunks; one of a single chunk is looked into where it lies. */
  Probed probe(ChunkedFrame frame) {
    if (frame.chunks().size() > 1) {
      return probe(frame.picture().getBytes());
    }
    Chunk only = frame.chunks().get(0);
    return PictureProbe.probe(
        only.bytes(), only.payloadStart(), only.payloadLength(), settings.pictures());
  }

  IngestSettings settings() {
    return settings;
  }

  IngestCounters counters() {
    return counters;
  }

  Clock clock() {
    return clock;
  }
}
