package io.imagebus.image.webp;

import io.imagebus.image.codec.PictureException;

/**
 * The five prefix codes of a part of a lossless picture. Immutable.
 *
 * @param green green, lengths of copies, and the colours used last
 * @param distance distances of copies
 */
record PixelCodes(
    PrefixCode green, PrefixCode red, PrefixCode blue, PrefixCode alpha, PrefixCode distance) {
  static final int VALUES = 256;
  static final int LENGTHS = 24;
  private static final int DISTANCES = 40;

  /**
   * Reads them.
   *
   * @param cachedColours how many of the colours used last can be named
   */
  static PixelCodes read(LosslessBits data, int cachedColours) throws PictureException {
    return new PixelCodes(
        PrefixCode.read(data, VALUES + LENGTHS + cachedColours),
        PrefixCode.read(data, VALUES),
        PrefixCode.read(data, VALUES),
        PrefixCode.read(data, VALUES),
        PrefixCode.read(data, DISTANCES));
  }

  /** Whether every pixel is the same colour. */
  boolean takesNoBits() {
    return green.isConstant()
        && green.onlySymbol() < VALUES
        && red.isConstant()
        && blue.isConstant()
        && alpha.isConstant();
  }
}
