package io.imagebus.compression;

import io.imagebus.image.PictureLimits;

/**
 * What compression may use.
 *
 * @param threads that decode and encode, each with a codec of its own
 * @param maxVariants variants that this node makes at a time
 * @param quality of variants that are asked for without one, 1 to 100
 * @param pictures the largest picture that a codec gets to see
 * @param chunkBytes the most payload bytes of a chunk
 */
public record CompressionSettings(
    int threads, int maxVariants, int quality, PictureLimits pictures, int chunkBytes) {

  /** Checks that there is some of everything; the configuration knows the ranges. */
  public CompressionSettings {
    if (threads < 1 || maxVariants < 1 || quality < 1 || quality > 100 || chunkBytes < 1) {
      throw new IllegalArgumentException(
          "compression with %d threads, %d variants, quality %d, chunks of %d bytes"
              .formatted(threads, maxVariants, quality, chunkBytes));
    }
  }
}
