package io.imagebus.image.codec;

/** A size in pixels, at least 1 x 1. */
public record PictureSize(int widthPixels, int heightPixels) {

  public PictureSize {
    if (widthPixels < 1 || heightPixels < 1) {
      throw new IllegalArgumentException(
          "a picture of %d x %d pixels".formatted(widthPixels, heightPixels));
    }
  }

  /** Both sides multiplied, rounded, and at least 1. */
  public PictureSize scaled(double factor) {
    return new PictureSize(scaled(widthPixels, factor), scaled(heightPixels, factor));
  }

  private static int scaled(int side, double factor) {
    return Math.max(1, (int) Math.round(side * factor));
  }

  /** Width and height in each other's place, as of a picture on its side. */
  public PictureSize swapped() {
    return new PictureSize(/* widthPixels= */ heightPixels, /* heightPixels= */ widthPixels);
  }
}
