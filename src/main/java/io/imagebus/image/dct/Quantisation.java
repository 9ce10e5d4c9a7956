package io.imagebus.image.dct;

import java.util.Arrays;

/** The 64 divisors of a component's coefficients, in the order of the file. Immutable. */
final class Quantisation {
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
