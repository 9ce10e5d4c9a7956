package io.imagebus.image.codec;

/** A size in pixels, at least 1 x 1. */
public record PictureSize(int widthPixels, int heightPixels) {

  public PictureSize {
    if (widthPixels < 1 || heightPixels < 1) {
      throw new IllegalArgumentException(
          "a picture of %d x %d pixels".formatted(widthPixels, heightPixels));
    }
  }

  /** Width and height in each other's place, as of a picture on its side. */
  public PictureSize swapped() {
    return new PictureSize(/* widthPixels= */ heightPixels, /* heightPixels= */ widthPixels);
  }
}
