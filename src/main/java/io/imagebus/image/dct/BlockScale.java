package io.imagebus.image.dct;

import java.util.Arrays;

/** How large a block of 8 x 8 pixels is decoded, and which coefficients that takes. */
enum BlockScale {
  /** Full size. */
  FULL(8),
  /** Half the size. */
  HALF(4),
  /** A quarter of the size. */
  QUARTER(2),
  /** An eighth of the size: of the mean of each block. */
  EIGHTH(1);

  private final int side;
  private final int lastCoefficient;

  @SuppressWarnings("ImmutableEnumChecker") // Read-only, and looked up once a coefficient.
  private final int[] targets;

  BlockScale(int side) {
    this.side = side;
    int last = 0;
    int unwanted = side * side;
    targets = new int[ScanReader.TABLE_LENGTH];
    Arrays.fill(targets, unwanted);
    for (int k = 0; k < ZigZag.COEFFICIENTS; k++) {
      int row = ZigZag.natural(k) / 8;
      int column = ZigZag.natural(k) % 8;
      if (row < side && column < side) {
        targets[k] = row * side + column;
        last = k;
      }
    }
    lastCoefficient = last;
  }

  /** The smallest scale that makes at least so many pixels of a side of so many. */
  static BlockScale covering(int sidePixels, int wantedPixels) {
    BlockScale found = FULL;
    for (BlockScale scale : values()) {
      if (JpegFrame.ceilDivide(sidePixels * scale.side, 8) >= wantedPixels) {
        found = scale;
      }
    }
    return found;
  }

  /** Samples of a block beside and above each other. */
  int side() {
    return side;
  }

  /** The last coefficient in the file's order that takes part. */
  int lastCoefficient() {
    return lastCoefficient;
  }

  /**
   * Where each coefficient goes in a block of {@link #side} x {@link #side}; those that take no
   * part go behind it. Not to be changed.
   */
  int[] targets() {
    return targets;
  }
}
