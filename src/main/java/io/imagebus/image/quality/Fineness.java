package io.imagebus.image.quality;

/**
 * How finely a frame is encoded.
 *
 * @param scale of both sides of the size that was asked for, above 0, at most 1
 * @param quality 1 to 100 on the scale of libjpeg, perhaps between two whole ones
 */
public record Fineness(double scale, double quality) {

  /** At the size that was asked for. */
  static Fineness ofQuality(double quality) {
    return new Fineness(1, quality);
  }
}
