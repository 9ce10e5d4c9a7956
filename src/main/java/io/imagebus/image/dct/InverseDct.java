package io.imagebus.image.dct;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/*
 * A block of n x n samples out of the n x n lowest of its 8 x 8 coefficients is the block scaled by
 * n/8, with what a smaller picture cannot show left out: an inverse DCT of n points a side, its
 * result times n/8.
 *
 * Eight points: the factorisation of Loeffler, Ligtenberg and Moschytz ("Practical fast 1-D DCT
 * algorithms with 11 multiplications", ICASSP 1989) in integers, constants in units of 1/8192.
 * Columns first, of which most hold only a first coefficient, then rows.
 */
/**
 * Turns a block of coefficients, already multiplied by their divisors, into samples. The
 * coefficients lie at row x side + column; they are zero afterwards, ready for the next block.
 */
final class InverseDct {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int BITS = 13;
  private static final int COLUMN_SHIFT = BITS - 2;
  private static final int ROW_SHIFT = BITS + 2 + 3;

  private static final int C_0_298 = 2446;
  private static final int C_0_390 = 3196;
  private static final int C_0_541 = 4433;
  private static final int C_0_765 = 6270;
  private static final int C_0_899 = 7373;
  private static final int C_1_175 = 9633;
  private static final int C_1_501 = 12299;
  private static final int C_1_847 = 15137;
  private static final int C_1_961 = 16069;
  private static final int C_2_053 = 16819;
  private static final int C_2_562 = 20995;
  private static final int C_3_072 = 25172;

  private InverseDct() {}

  /** A sample, level-shifted and limited. */
  private static int sample(int value) {
    int shifted = value + 128;
    return (shifted & ~255) == 0 ? shifted : ~shifted >> 31 & 255;
  }

  /** Writes four samples at once, which spares three checks of bounds. */
  private static void write(byte[] out, int at, int first, int second, int third, int fourth) {
    INTS.set(
        out, at, sample(first) | sample(second) << 8 | sample(third) << 16 | sample(fourth) << 24);
  }

  /** One sample for the block: its mean. */
  static void to1(int dc, byte[] out, int at) {
    out[at] = (byte) sample((dc + 4) >> 3);
  }

  /** All samples of a block of {@code side} x {@code side} without detail. */
  static void flat(int dc, byte[] out, int at, int stride, int side) {
    int value = sample((dc + 4) >> 3);
    int end = at + side * stride;
    for (int row = at; row < end; row += stride) {
      if (side == 2) {
        out[row] = (byte) value;
        out[row + 1] = (byte) value;
      } else {
        int four = value * 0x01010101;
        INTS.set(out, row, four);
        if (side == 8) {
          INTS.set(out, row + 4, four);
        }
      }
    }
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

  /** 8 x 8 samples of all coefficients. */
  static void to8(int[] block, byte[] out, int at, int stride) {
    for (int x = 0; x < 8; x++) {
      column(block, x);
    }
    int to = at;
    for (int row = 0; row < 64; row += 8) {
      row(block, row, out, to);
      to += stride;
    }
    Arrays.fill(block, 0, 64, 0);
  }

  private static void column(int[] block, int x) {
    int b1 = block[8 + x];
    int b2 = block[16 + x];
    int b3 = block[24 + x];
    int b4 = block[32 + x];
    int b5 = block[40 + x];
    int b6 = block[48 + x];
    int b7 = block[56 + x];
    if ((b1 | b2 | b3 | b4 | b5 | b6 | b7) == 0) {
      int mean = block[x] << 2;
      for (int i = x; i < 64; i += 8) {
        block[i] = mean;
      }
      return;
    }
    int z = (b2 + b6) * C_0_541;
    int even2 = z - b6 * C_1_847;
    int even3 = z + b2 * C_0_765;
    int even0 = (block[x] + b4) << BITS;
    int even1 = (block[x] - b4) << BITS;
    int rounding = 1 << (COLUMN_SHIFT - 1);
    int e0 = even0 + even3 + rounding;
    int e3 = even0 - even3 + rounding;
    int e1 = even1 + even2 + rounding;
    int e2 = even1 - even2 + rounding;
    int z5 = (b7 + b3 + b5 + b1) * C_1_175;
    int z1 = -(b7 + b1) * C_0_899;
    int z2 = -(b5 + b3) * C_2_562;
    int z3 = z5 - (b7 + b3) * C_1_961;
    int z4 = z5 - (b5 + b1) * C_0_390;
    int o0 = b7 * C_0_298 + z1 + z3;
    int o1 = b5 * C_2_053 + z2 + z4;
    int o2 = b3 * C_3_072 + z2 + z3;
    int o3 = b1 * C_1_501 + z1 + z4;
    block[x] = (e0 + o3) >> COLUMN_SHIFT;
    block[8 + x] = (e1 + o2) >> COLUMN_SHIFT;
    block[16 + x] = (e2 + o1) >> COLUMN_SHIFT;
    block[24 + x] = (e3 + o0) >> COLUMN_SHIFT;
    block[32 + x] = (e3 - o0) >> COLUMN_SHIFT;
    block[40 + x] = (e2 - o1) >> COLUMN_SHIFT;
    block[48 + x] = (e1 - o2) >> COLUMN_SHIFT;
    block[56 + x] = (e0 - o3) >> COLUMN_SHIFT;
  }

  private static void row(int[] block, int row, byte[] out, int to) {
    int b1 = block[row + 1];
    int b2 = block[row + 2];
    int b3 = block[row + 3];
    int b5 = block[row + 5];
    int b6 = block[row + 6];
    int b7 = block[row + 7];
    int z = (b2 + b6) * C_0_541;
    int even2 = z - b6 * C_1_847;
    int even3 = z + b2 * C_0_765;
    int rounding = 1 << (ROW_SHIFT - 1);
    int even0 = ((block[row] + block[row + 4]) << BITS) + rounding;
    int even1 = ((block[row] - block[row + 4]) << BITS) + rounding;
    int e0 = even0 + even3;
    int e3 = even0 - even3;
    int e1 = even1 + even2;
    int e2 = even1 - even2;
    int z5 = (b7 + b3 + b5 + b1) * C_1_175;
    int z1 = -(b7 + b1) * C_0_899;
    int z2 = -(b5 + b3) * C_2_562;
    int z3 = z5 - (b7 + b3) * C_1_961;
    int z4 = z5 - (b5 + b1) * C_0_390;
    int o0 = b7 * C_0_298 + z1 + z3;
    int o1 = b5 * C_2_053 + z2 + z4;
    int o2 = b3 * C_3_072 + z2 + z3;
    int o3 = b1 * C_1_501 + z1 + z4;
    write(
        out,
        to,
        (e0 + o3) >> ROW_SHIFT,
        (e1 + o2) >> ROW_SHIFT,
        (e2 + o1) >> ROW_SHIFT,
        (e3 + o0) >> ROW_SHIFT);
    write(
        out,
        to + 4,
        (e3 - o0) >> ROW_SHIFT,
        (e2 - o1) >> ROW_SHIFT,
        (e1 - o2) >> ROW_SHIFT,
        (e0 - o3) >> ROW_SHIFT);
  }
}
