package io.imagebus.image.dct;

/**
 * How a picture is cut into MCUs and blocks.
 *
 * @param maxHorizontal blocks of an MCU beside each other, in the component that has most
 * @param maxVertical blocks of an MCU above each other, in the component that has most
 */
record PictureGrid(int widthPixels, int heightPixels, int maxHorizontal, int maxVertical) {

  int mcusWide() {
    return JpegFrame.ceilDivide(widthPixels, 8 * maxHorizontal);
  }

  int mcusHigh() {
    return JpegFrame.ceilDivide(heightPixels, 8 * maxVertical);
  }

  /** Blocks of a component that has so many beside each other in an MCU. */
  int blocksWide(int horizontal) {
    return JpegFrame.ceilDivide(JpegFrame.ceilDivide(widthPixels * horizontal, maxHorizontal), 8);
  }

  /** Blocks of a component that has so many above each other in an MCU. */
  int blocksHigh(int vertical) {
    return JpegFrame.ceilDivide(JpegFrame.ceilDivide(heightPixels * vertical, maxVertical), 8);
  }
}
