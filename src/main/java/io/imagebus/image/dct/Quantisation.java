package io.imagebus.image.dct;

import java.util.Arrays;

/*
 * A table is smooth: in those of T.81, of MPEG and of encoders that we have seen no divisor but the
 * first is more than three times most of its neighbours. So one that is, and by some more, has been
 * damaged. The first has more room, since MPEG's is 8 however fine the others are. Too small ones
 * are not looked for: encoders take a fine first divisor on purpose.
 */
/** The 64 divisors of a component's coefficients, in the order of the file. Immutable. */
final class Quantisation {
  private static final int SIDE = 8;
  private static final int MOST_RATIO = 3;
  private static final int MOST_MORE = 6;
  private static final int MOST_MORE_OF_FIRST = 16;

  private final int[] divisors;

  /** Takes the array over. */
  Quantisation(int[] divisors) {
    this.divisors = divisors;
  }

  int divisor(int k) {
    return divisors[k];
  }

  /** True if a divisor does not fit into a byte. */
  boolean isWide() {
    return Arrays.stream(divisors).anyMatch(divisor -> divisor > 255);
  }

  /** True if a divisor is so much larger than those around it as no encoder makes it. */
  boolean hasOutlier() {
    int[] rows = new int[ZigZag.COEFFICIENTS];
    for (int k = 0; k < rows.length; k++) {
      rows[ZigZag.natural(k)] = divisors[k];
    }
    for (int at = 0; at < rows.length; at++) {
      if (isOutlier(rows, at / SIDE, at % SIDE)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOutlier(int[] rows, int row, int column) {
    int divisor = rows[row * SIDE + column];
    int mostMore = row + column == 0 ? MOST_MORE_OF_FIRST : MOST_MORE;
    int neighbours = -1;
    int farBelow = 0;
    for (int y = Math.max(0, row - 1); y <= Math.min(SIDE - 1, row + 1); y++) {
      for (int x = Math.max(0, column - 1); x <= Math.min(SIDE - 1, column + 1); x++) {
        neighbours++;
        farBelow += divisor > MOST_RATIO * rows[y * SIDE + x] + mostMore ? 1 : 0;
      }
    }
    return farBelow > neighbours / 2;
  }

  void copyTo(int[] target) {
    System.arraycopy(divisors, 0, target, 0, divisors.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Quantisation that && Arrays.equals(divisors, that.divisors);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(divisors);
  }
}
