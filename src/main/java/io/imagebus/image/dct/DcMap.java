package io.imagebus.image.dct;

/**
 * The luma of a picture, one value for each block of 8 x 8 pixels: its mean, in eighths of a grey
 * level above or below the mid. Its array is reused. Owned by one thread.
 */
public final class DcMap {
  private short[] levels = {};
  private int width;
  private int height;
  private int stride;
  private int unit = 1;

  /** Takes the size of a picture on, with room for the blocks that fill up its last MCUs. */
  void resize(JpegFrame frame, JpegComponent luma) {
    width = frame.planeWidth(luma, 1);
    height = frame.planeHeight(luma, 1);
    stride = frame.mcusWide() * luma.horizontal();
    unit = luma.quantisation().divisor(0);
    int length = stride * frame.mcusHigh() * luma.vertical();
    if (levels.length < length) {
      levels = new short[length];
    }
  }

  void set(int at, int level) {
    levels[at] = (short) level;
  }

  int stride() {
    return stride;
  }

  /** Blocks in a row. */
  public int width() {
    return width;
  }

  /** Rows of blocks. */
  public int height() {
    return height;
  }

  /** The step in which levels come: the divisor of the file's quantisation. */
  public int unit() {
    return unit;
  }

  /** The mean of a block: eight times the grey level above 128. */
  public int level(int x, int y) {
    return levels[y * stride + x];
  }

  /** The mean of a block as a grey level, 0 to 255. */
  public int grey(int x, int y) {
    return Math.min(Math.max(128 + ((level(x, y) + 4) >> 3), 0), 255);
  }

  /** True if both are of pictures of one size. */
  public boolean isOfSameSize(DcMap other) {
    return width == other.width && height == other.height;
  }
}
