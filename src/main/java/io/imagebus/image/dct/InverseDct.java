package io.imagebus.image.dct;

import java.util.Arrays;

/*
 * A block of n x n samples out of the n x n lowest of its 8 x 8 coefficients is the block scaled by
 * n/8, with what a smaller picture cannot show left out: an inverse DCT of n points a side, its
 * result times n/8. With two points or one nothing is to be multiplied.
 */
/**
 * Turns a block of coefficients, already multiplied by their divisors, into 2 x 2 samples or one.
 * The coefficients lie at row x 2 + column; they are zero afterwards, ready for the next block.
 */
final class InverseDct {
  private InverseDct() {}

  /** A sample, level-shifted and limited. */
  private static int sample(int value) {
    int shifted = value + 128;
    return (shifted & ~255) == 0 ? shifted : ~shifted >> 31 & 255;
  }

  /** One sample for the block: its mean. */
  static void to1(int dc, byte[] out, int at) {
    out[at] = (byte) sample((dc + 4) >> 3);
  }

  /** 2 x 2 samples of a block without detail. */
  static void flat(int dc, byte[] out, int at, int stride) {
    byte value = (byte) sample((dc + 4) >> 3);
    out[at] = value;
    out[at + 1] = value;
    out[at + stride] = value;
    out[at + stride + 1] = value;
  }

  /** 2 x 2 samples of the 2 x 2 lowest coefficients. */
  static void to2(int[] block, byte[] out, int at, int stride) {
    int top = block[0] + block[2] + 4;
    int topDifference = block[1] + block[3];
    int bottom = block[0] - block[2] + 4;
    int bottomDifference = block[1] - block[3];
    out[at] = (byte) sample((top + topDifference) >> 3);
    out[at + 1] = (byte) sample((top - topDifference) >> 3);
    out[at + stride] = (byte) sample((bottom + bottomDifference) >> 3);
    out[at + stride + 1] = (byte) sample((bottom - bottomDifference) >> 3);
    Arrays.fill(block, 0, 4, 0);
  }
}
