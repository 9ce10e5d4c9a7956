package io.imagebus.image;

import io.imagebus.frame.ImageFormat;

/**
 * What the header of a picture says about it.
 *
 * @param components colour components of a pixel as stored: 1 for grey or a palette, 2 for grey
 *     with alpha, 3 for colour, 4 for CMYK or colour with alpha
 * @param bitsPerSample bits of one component
 */
public record PictureInfo(
    ImageFormat format, int widthPixels, int heightPixels, int components, int bitsPerSample) {

  public PictureInfo {
    if (widthPixels < 1 || heightPixels < 1 || components < 1 || bitsPerSample < 1) {
      throw new IllegalArgumentException(
          "a picture of %d x %d pixels, %d components of %d bits"
              .formatted(widthPixels, heightPixels, components, bitsPerSample));
    }
  }

  /** Width times height. */
  public long pixels() {
    return (long) widthPixels * heightPixels;
  }
}
