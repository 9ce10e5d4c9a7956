package io.imagebus.image;

import io.imagebus.frame.ImageFormat;

/**
 * What the header of a picture says about it.
 *
 * @param widthPixels as stored, before {@code orientation} is applied
 * @param heightPixels as stored
 * @param components colour components of a pixel as stored: 1 for grey or a palette, 2 for grey
 *     with alpha, 3 for colour, 4 for CMYK or colour with alpha
 * @param bitsPerSample bits of one component
 * @param scans passes over the picture: 1 but for a JPEG of several scans
 */
public record PictureInfo(
    ImageFormat format,
    int widthPixels,
    int heightPixels,
    int components,
    int bitsPerSample,
    Coding coding,
    int scans,
    Orientation orientation) {

  public PictureInfo {
    if (widthPixels < 1 || heightPixels < 1 || components < 1 || bitsPerSample < 1 || scans < 1) {
      throw new IllegalArgumentException(
          "a picture of %d x %d pixels, %d components of %d bits, %d scans"
              .formatted(widthPixels, heightPixels, components, bitsPerSample, scans));
    }
  }

  /** A picture as most are: sequential, of one scan, upright. */
  public PictureInfo(
      ImageFormat format, int widthPixels, int heightPixels, int components, int bitsPerSample) {
    this(
        format,
        widthPixels,
        heightPixels,
        components,
        bitsPerSample,
        Coding.SEQUENTIAL,
        1,
        Orientation.UPRIGHT);
  }

  /** Whether damage to its data nearly always shows, so that what can be decoded is the picture. */
  public boolean isVerifiable() {
    return coding != Coding.PREFIX_CODES;
  }

  /** Width times height. */
  public long pixels() {
    return (long) widthPixels * heightPixels;
  }

  /** The width as it is shown. */
  public int uprightWidthPixels() {
    return orientation.swapsSides() ? heightPixels : widthPixels;
  }

  /** The height as it is shown. */
  public int uprightHeightPixels() {
    return orientation.swapsSides() ? widthPixels : heightPixels;
  }

  PictureInfo oriented(Orientation other) {
    return new PictureInfo(
        format, widthPixels, heightPixels, components, bitsPerSample, coding, scans, other);
  }
}
