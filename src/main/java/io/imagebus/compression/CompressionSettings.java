package io.imagebus.compression;

import io.imagebus.frame.ByTopic;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.imagebus.image.PictureLimits;
import io.imagebus.image.quality.QualityTarget;

/**
 * What compression may use.
 *
 * @param threads that decode and encode, each with a codec of its own
 * @param maxVariants variants that this node makes at a time
 * @param quality of variants that are asked for without one, 1 to 100
 * @param pictures the largest picture that a codec gets to see
 * @param topics what is wanted of variants that are asked for without a quality or a budget, where
 *     it is not this quality
 * @param chunkBytes the most payload bytes of a chunk
 * @param trustsLosslessWebp whether variants are made of lossless WebP and of WebP with alpha,
 *     though damage to them does not always show
 * @param sharesWork whether other nodes help when there is too much to do
 */
public record CompressionSettings(
    int threads,
    int maxVariants,
    int quality,
    ByTopic<QualityTarget> topics,
    PictureLimits pictures,
    int chunkBytes,
    boolean trustsLosslessWebp,
    boolean sharesWork) {

  /** Checks that there is some of everything; the configuration knows the ranges. */
  public CompressionSettings {
    if (threads < 1 || maxVariants < 1 || quality < 1 || quality > 100 || chunkBytes < 1) {
      throw new IllegalArgumentException(
          "compression with %d threads, %d variants, quality %d, chunks of %d bytes"
              .formatted(threads, maxVariants, quality, chunkBytes));
    }
  }

  /** What is wanted of the pictures of a variant of a topic; a PNG is as long as it is. */
  QualityTarget targetOf(Topic topic, Variant variant) {
    if (variant.format().filter(ImageFormat.PNG::equals).isPresent()) {
      return new QualityTarget.Fixed(quality);
    }
    if (variant.maxBytes() > 0) {
      return new QualityTarget.FrameBytes(variant.maxBytes());
    }
    if (variant.quality() > 0) {
      return new QualityTarget.Fixed(variant.quality());
    }
    return topics.of(topic).orElseGet(() -> new QualityTarget.Fixed(quality));
  }
}
