package io.imagebus.compression;

import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.Variant;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureSize;

/**
 * How a variant is made.
 *
 * @param variant what was asked for
 * @param quality for what is encoded, 1 to 100
 */
record Recipe(Variant variant, int quality) {

  /** Whether the source, as it is, is what was asked for. */
  boolean isServedBy(PictureInfo source, int bytes) {
    return variant.scaleOf(source.widthPixels(), source.heightPixels()) >= 1
        && variant.format().filter(format -> format != source.format()).isEmpty()
        && variant.quality() == 0
        && (variant.maxBytes() == 0 || bytes <= variant.maxBytes());
  }

  /** The size in which a picture of this size is sent; never larger. */
  PictureSize sizeOf(int widthPixels, int heightPixels) {
    double scale = variant.scaleOf(widthPixels, heightPixels);
    return new PictureSize(scaled(widthPixels, scale), scaled(heightPixels, scale));
  }

  private static int scaled(int side, double scale) {
    return Math.max(1, (int) Math.round(side * scale));
  }

  ImageFormat format() {
    return variant.format().orElse(ImageFormat.JPEG);
  }
}
