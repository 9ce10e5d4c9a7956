package io.imagebus.image.dct;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/*
 *   coefficient at row r, column c of block b:   coefficients[(8 r + c) * CAPACITY + b]
 *
 * A step is the inverse DCT of eight numbers: what the even ones make is alike from both ends, what
 * the odd ones make is opposite, so result j is even(j) + odd(j) and result 7 - j is
 * even(j) - odd(j). Columns first, then rows; constants in units of 1/8192, two bits more than the
 * result needs between the two.
 */
/** Turns blocks into 8 x 8 samples each. */
final class FullBlocks implements BlockBatch {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** As {@link Lanes} wants it, and small enough for the caches near the processor. */
  private static final int CAPACITY = 144;

  private static final int SIDE = 8;
  private static final int LINE = SIDE * CAPACITY;
  private static final int BITS = 13;
  private static final int COLUMN_SHIFT = BITS - 2;
  private static final int COLUMN_ROUNDING = 1 << (COLUMN_SHIFT - 1);
  private static final int ROW_SHIFT = BITS + 2 + 3;

  /** Half a unit, and the 128 by which samples lie above what is coded. */
  private static final int ROW_ROUNDING = (1 << (ROW_SHIFT - 1)) + (128 << ROW_SHIFT);

  private static final int ONE = 1 << BITS;

  /** By how much input k counts for result j: sqrt(2) cos(k (2 j + 1) pi / 16). */
  private static final int[][] WEIGHTS = new int[SIDE / 2][SIDE];

  static {
    for (int j = 0; j < SIDE / 2; j++) {
      for (int k = 1; k < SIDE; k++) {
        double angle = k * (2 * j + 1) * Math.PI / (2 * SIDE);
        WEIGHTS[j][k] = (int) Math.round(ONE * Math.sqrt(2) * Math.cos(angle));
      }
    }
  }

  private final int[] targets = new int[ScanReader.TABLE_LENGTH];

  // One place more for what damaged data writes.
  private final int[] coefficients = new int[SIDE * LINE + CAPACITY];
  private final int[][] lines = new int[SIDE][LINE];
  private final int[] even = new int[LINE];
  private final int[] odd = new int[LINE];
  private final int[][] columns = new int[SIDE][CAPACITY];
  private final int[][] left = new int[SIDE][CAPACITY];
  private final int[][] right = new int[SIDE][CAPACITY];

  FullBlocks() {
    Arrays.setAll(targets, k -> BlockScale.FULL.targets()[k] * CAPACITY);
  }

  @Override
  public int capacity() {
    return CAPACITY;
  }

  @Override
  public int[] coefficients() {
    return coefficients;
  }

  @Override
  public int[] targets() {
    return targets;
  }

  @Override
  public void clear() {
    Arrays.fill(coefficients, 0);
  }

  @Override
  public void transform(int blocks) {
    for (int column = 0; column < SIDE; column++) {
      columns(column * CAPACITY, column * CAPACITY + blocks);
    }
    for (int i = 0; i < SIDE * SIDE; i++) {
      Arrays.fill(coefficients, i * CAPACITY, i * CAPACITY + blocks, 0);
    }
    for (int line = 0; line < SIDE; line++) {
      rows(lines[line], blocks);
      Lanes.pack(columns[0], columns[1], columns[2], columns[3], left[line], blocks);
      Lanes.pack(columns[4], columns[5], columns[6], columns[7], right[line], blocks);
    }
  }

  private void columns(int first, int end) {
    for (int j = 0; j < SIDE / 2; j++) {
      int[] weights = WEIGHTS[j];
      evenOfColumn(coefficients, even, first, end, weights[2], weights[4], weights[6]);
      oddOfColumn(coefficients, odd, first, end, weights[1], weights[3], weights[5], weights[7]);
      Lanes.sums(even, odd, lines[j], first, end, COLUMN_SHIFT);
      Lanes.differences(even, odd, lines[SIDE - 1 - j], first, end, COLUMN_SHIFT);
    }
  }

  private void rows(int[] line, int end) {
    for (int j = 0; j < SIDE / 2; j++) {
      int[] weights = WEIGHTS[j];
      evenOfRow(line, even, end, weights[2], weights[4], weights[6]);
      oddOfRow(line, odd, end, weights[1], weights[3], weights[5], weights[7]);
      Lanes.sums(even, odd, columns[j], 0, end, ROW_SHIFT);
      Lanes.differences(even, odd, columns[SIDE - 1 - j], 0, end, ROW_SHIFT);
      Lanes.limit(columns[j], end);
      Lanes.limit(columns[SIDE - 1 - j], end);
    }
  }

  private static void evenOfColumn(
      int[] from, int[] to, int first, int end, int w2, int w4, int w6) {
    for (int i = first; i < end; i++) {
      to[i] =
          from[i] * ONE
              + from[i + 2 * LINE] * w2
              + from[i + 4 * LINE] * w4
              + from[i + 6 * LINE] * w6
              + COLUMN_ROUNDING;
    }
  }

  private static void oddOfColumn(
      int[] from, int[] to, int first, int end, int w1, int w3, int w5, int w7) {
    for (int i = first; i < end; i++) {
      to[i] =
          from[i + LINE] * w1
              + from[i + 3 * LINE] * w3
              + from[i + 5 * LINE] * w5
              + from[i + 7 * LINE] * w7;
    }
  }

  private static void evenOfRow(int[] from, int[] to, int end, int w2, int w4, int w6) {
    for (int i = 0; i < end; i++) {
      to[i] =
          from[i] * ONE
              + from[i + 2 * CAPACITY] * w2
              + from[i + 4 * CAPACITY] * w4
              + from[i + 6 * CAPACITY] * w6
              + ROW_ROUNDING;
    }
  }

  private static void oddOfRow(int[] from, int[] to, int end, int w1, int w3, int w5, int w7) {
    for (int i = 0; i < end; i++) {
      to[i] =
          from[i + CAPACITY] * w1
              + from[i + 3 * CAPACITY] * w3
              + from[i + 5 * CAPACITY] * w5
              + from[i + 7 * CAPACITY] * w7;
    }
  }

  @Override
  public void copyLine(int line, int firstBlock, int blocks, byte[] out, int at) {
    int[] firstFour = left[line];
    int[] lastFour = right[line];
    for (int i = 0; i < blocks; i++) {
      INTS.set(out, at + SIDE * i, firstFour[firstBlock + i]);
      INTS.set(out, at + SIDE * i + 4, lastFour[firstBlock + i]);
    }
  }
}
