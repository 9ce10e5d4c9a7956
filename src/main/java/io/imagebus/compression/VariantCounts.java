package io.imagebus.compression;

import io.imagebus.bus.VariantLine;
import io.imagebus.compression.JobResult.Cost;
import io.imagebus.compression.JobResult.Made;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was made of one variant of one topic, over all the times that it was asked for; monotone,
 * but for quality, pixels and similarity, which are the newest. Owned by one event loop.
 */
final class VariantCounts {

  /** What a decoder makes of a pixel: three colours of eight bits. */
  private static final int RAW_BYTES_A_PIXEL = 3;

  private final Map<SkipReason, Long> leftOut = new EnumMap<>(SkipReason.class);
  private long frames;
  private long passedThrough;
  private long bytes;
  private long sourceBytes;
  private long rawBytes;
  private Cost encoded = Cost.NONE;
  private int quality;
  private long pixels;
  private double similarity;

  void made(Made made, int ofSourceBytes) {
    frames++;
    passedThrough += made.quality() == 0 ? 1 : 0;
    bytes += made.picture().length;
    sourceBytes += ofSourceBytes;
    rawBytes += RAW_BYTES_A_PIXEL * made.pixels();
    encoded = encoded.plus(made.encoded());
    quality = made.quality();
    pixels = made.pixels();
    made.similarity().ifPresent(ssim -> similarity = ssim);
  }

  void leftOut(SkipReason reason, long ofFrames) {
    leftOut.merge(reason, ofFrames, Long::sum);
  }

  long leftOut(SkipReason reason) {
    return leftOut.getOrDefault(reason, 0L);
  }

  VariantLine line(Topic topic, Variant variant, boolean isMade) {
    return new VariantLine(
        topic,
        variant,
        isMade,
        frames,
        passedThrough,
        leftOut,
        bytes,
        sourceBytes,
        rawBytes,
        encoded.times(),
        encoded.nanos(),
        encoded.cpuNanos(),
        quality,
        pixels,
        similarity);
  }
}
