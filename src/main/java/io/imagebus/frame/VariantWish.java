package io.imagebus.frame;

import java.util.Optional;

/**
 * What somebody wants to see, in words of their own; a {@link VariantLadder} makes a variant of it.
 * 0 is no wish.
 *
 * @param width pixels in a row, 0 to 65,535
 * @param height rows, 0 to 65,535
 * @param quality 0 to 100 on the scale of libjpeg
 * @param bytes the most of a frame; excludes a quality
 * @param format the encoding
 */
public record VariantWish(
    int width, int height, int quality, int bytes, Optional<ImageFormat> format) {

  /** The pictures as they are. */
  public static final VariantWish SOURCE = new VariantWish(0, 0, 0, 0, Optional.empty());

  public VariantWish {
    check("width", width, Variant.MAX_SIDE);
    check("height", height, Variant.MAX_SIDE);
    check("quality", quality, 100);
    check("bytes", bytes, Integer.MAX_VALUE);
    if (quality > 0 && bytes > 0) {
      throw new IllegalArgumentException("quality or bytes: a budget chooses the quality itself");
    }
    if (bytes > 0 && format.filter(ImageFormat.PNG::equals).isPresent()) {
      throw new IllegalArgumentException("bytes: a PNG is as long as it is; ask for jpeg or webp");
    }
  }

  private static void check(String name, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(name + " is " + value + "; it is a number up to " + most);
    }
  }
}
