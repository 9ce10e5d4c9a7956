package io.imagebus.compression;

import io.imagebus.bus.PublishedStream;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamInfo;
import io.imagebus.bus.StreamPublisher;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.compression.JobResult.Made;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Variant;
import io.imagebus.image.quality.QualityControl;
import io.imagebus.image.quality.QualityTarget;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One variant of one source: a stream of its own, opened with its first picture. Frames have the
 * source's numbers and times; a frame that is left out takes one sequence number. Owned by one
 * event loop.
 */
final class VariantStream {

  /** How often a picture's similarity to its source is measured; that costs a decode. */
  private static final int MEASURE_EVERY = 250;

  private static final long NONE = -1;

  /** Not the first pictures: somebody waits for those. */
  private static final int FIRST_MEASURED = 10;

  private final StreamInfo source;
  private final Variant variant;
  private final int chunkBytes;
  private final StreamPublisher bus;
  private final VariantCounts counts;
  private final QualityTarget target;
  private final QualityControl control;
  private long made;
  private long newestFrame = NONE;
  private boolean resumes;
  private @Nullable EndReason over;
  private @Nullable Out out;

  /** The stream once it is open. */
  private record Out(PublishedStream stream, Chunker chunker) {}

  VariantStream(
      StreamInfo source,
      Variant variant,
      CompressionSettings settings,
      StreamPublisher bus,
      VariantCounts counts) {
    this.source = source;
    this.variant = variant;
    this.chunkBytes = settings.chunkBytes();
    this.bus = bus;
    this.counts = counts;
    this.target = settings.targetOf(source.topic(), variant);
    this.control = target.control();
  }

  /** Whether it has nothing yet of a frame with this number. */
  boolean lacks(long frame) {
    return frame - newestFrame > 0;
  }

  Recipe recipe() {
    return new Recipe(variant, target, control, made % MEASURE_EVERY == FIRST_MEASURED);
  }

  /**
   * It is made again after a rest. What passed meanwhile is announced with the next picture, by its
   * number.
   */
  void resume() {
    resumes = newestFrame != NONE;
  }

  /** Announces frames of the source that there will be no picture of. */
  void leaveOut(Map<SkipReason, Long> frames) {
    if (resumes) {
      return;
    }
    frames.forEach(
        (reason, number) -> {
          counts.leftOut(reason, number);
          Out open = out;
          if (open != null && number > 0) {
            open.chunker().leaveOut(number);
            open.stream().skip(open.chunker().nextSequence() - 1, number, reason);
          }
        });
  }

  /**
   * Publishes a picture.
   *
   * @return done at once but for the first
   */
  Future<Void> publish(ChunkedFrame of, Made picture) {
    if (resumes) {
      resumes = false;
      leaveOut(Map.of(SkipReason.UNWANTED, of.number() - newestFrame - 1));
    }
    made++;
    newestFrame = of.number();
    counts.made(picture, of.pictureBytes());
    Out open = out;
    if (open != null) {
      send(open, of, picture);
      return Future.succeededFuture();
    }
    return bus.openVariant(source, variant, picture.format())
        .map(
            info -> {
              Out opened =
                  new Out(
                      new PublishedStream(info, bus::publish), new Chunker(info.id(), chunkBytes));
              out = opened;
              send(opened, of, picture);
              if (over != null) {
                opened.stream().end(over);
              }
              return null;
            });
  }

  private static void send(Out open, ChunkedFrame of, Made picture) {
    open.stream().pass(open.chunker().cut(picture.picture(), of.number(), of.captureMicros()));
  }

  void beat() {
    if (out != null) {
      out.stream().beat();
    }
  }

  void end(EndReason why) {
    over = why;
    if (out != null) {
      out.stream().end(why);
    }
  }
}
