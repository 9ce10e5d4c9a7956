package io.imagebus.image.dct;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/*
 *   coefficient at row r, column c of block b:   coefficients[(4 r + c) * CAPACITY + b]
 *
 * A step is the inverse DCT of the four lowest of eight numbers: columns first, then rows; constants
 * in units of 1/8192, two bits more than the result needs between the two.
 */
/** Turns blocks into 4 x 4 samples each, which is the picture at half its size. */
final class HalfBlocks implements BlockBatch {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** As {@link Lanes} wants it; no power of two, so that what is far apart spreads in the cache. */
  private static final int CAPACITY = 272;

  private static final int SIDE = 4;
  private static final int LINE = SIDE * CAPACITY;
  private static final int BITS = 13;
  private static final int COLUMN_SHIFT = BITS - 2;
  private static final int COLUMN_ROUNDING = 1 << (COLUMN_SHIFT - 1);
  private static final int ROW_SHIFT = BITS + 2 + 3;

  /** Half a unit, and the 128 by which samples lie above what is coded. */
  private static final int ROW_ROUNDING = (1 << (ROW_SHIFT - 1)) + (128 << ROW_SHIFT);

  private static final int ONE = 1 << BITS;
  private static final int C_1_306 = 10703;
  private static final int C_0_541 = 4433;

  /** By how much the second, third and fourth input count for each of the four results. */
  private static final int[][] WEIGHTS = {
    {C_1_306, ONE, C_0_541},
    {C_0_541, -ONE, -C_1_306},
    {-C_0_541, -ONE, C_1_306},
    {-C_1_306, ONE, -C_0_541},
  };

  private final int[] targets = new int[ScanReader.TABLE_LENGTH];

  // One place more for what damaged data, or a coefficient that is not wanted, writes.
  private final int[] coefficients = new int[SIDE * LINE + CAPACITY];
  private final int[][] lines = new int[SIDE][LINE];
  private final int[][] columns = new int[SIDE][CAPACITY];
  private final int[][] samples = new int[SIDE][CAPACITY];

  HalfBlocks() {
    Arrays.setAll(targets, k -> BlockScale.HALF.targets()[k] * CAPACITY);
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
    for (int line = 0; line < SIDE; line++) {
      int[] weights = WEIGHTS[line];
      for (int column = 0; column < SIDE; column++) {
        int from = column * CAPACITY;
        column(coefficients, lines[line], from, from + blocks, weights[0], weights[1], weights[2]);
      }
    }
    for (int i = 0; i < SIDE * SIDE; i++) {
      Arrays.fill(coefficients, i * CAPACITY, i * CAPACITY + blocks, 0);
    }
    for (int line = 0; line < SIDE; line++) {
      for (int column = 0; column < SIDE; column++) {
        int[] weights = WEIGHTS[column];
        row(lines[line], columns[column], blocks, weights[0], weights[1], weights[2]);
        Lanes.limit(columns[column], blocks);
      }
      Lanes.pack(columns[0], columns[1], columns[2], columns[3], samples[line], blocks);
    }
  }

  private static void column(int[] from, int[] to, int first, int end, int w1, int w2, int w3) {
    for (int i = first; i < end; i++) {
      to[i] =
          (from[i] * ONE
                  + from[i + LINE] * w1
                  + from[i + 2 * LINE] * w2
                  + from[i + 3 * LINE] * w3
                  + COLUMN_ROUNDING)
              >> COLUMN_SHIFT;
    }
  }

  private static void row(int[] from, int[] to, int end, int w1, int w2, int w3) {
    for (int i = 0; i < end; i++) {
      to[i] =
          (from[i] * ONE
                  + from[i + CAPACITY] * w1
                  + from[i + 2 * CAPACITY] * w2
                  + from[i + 3 * CAPACITY] * w3
                  + ROW_ROUNDING)
              >> ROW_SHIFT;
    }
  }

  @Override
  public void copyLine(int line, int firstBlock, int blocks, byte[] out, int at) {
    int[] from = samples[line];
    for (int i = 0; i < blocks; i++) {
      INTS.set(out, at + SIDE * i, from[firstBlock + i]);
    }
  }
}
