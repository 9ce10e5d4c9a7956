package io.imagebus.image.dct;

/**
 * The samples of one colour component, 0 to 255 each, row by row. Its array grows to the largest
 * plane so far and is reused. Owned by one thread.
 */
final class Plane {
  private byte[] samples = {};
  private int width;
  private int height;
  private int stride;

  /**
   * Takes a size on; the samples are undefined then.
   *
   * @param stride samples from a row to the next one, at least {@code width}
   * @param rows rows that there is room for, at least {@code height}
   */
  void resize(int width, int height, int stride, int rows) {
    int length = Math.multiplyExact(stride, rows);
    if (samples.length < length) {
      samples = new byte[length];
    }
    this.width = width;
    this.height = height;
    this.stride = stride;
  }

  byte[] samples() {
    return samples;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int stride() {
    return stride;
  }
}
