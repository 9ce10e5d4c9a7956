package io.imagebus.image.dct;

/**
 * The samples of one colour component, 0 to 255 each, row by row. Its array grows to the largest
 * plane so far and is reused. Owned by one thread.
 */
public final class Plane {
  private byte[] samples = {};
  private int width;
  private int height;
  private int stride;

  Plane() {}

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

  /** The samples, {@link #stride()} from a row to the next one; there may be more behind them. */
  public byte[] samples() {
    return samples;
  }

  /** Samples of a row. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** Places from a row to the next one. */
  public int stride() {
    return stride;
  }
}
