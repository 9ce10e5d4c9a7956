package io.imagebus.image.dct;

/*
 * Division by a constant is multiplication by its reciprocal: with r = 2^19 / d rounded,
 * (|c| + d / 2) * r >> 19 is |c| / d rounded, for the |c| < 2^14 and d >= 8 that come here.
 */
/** Divides the results of {@link ForwardDct} and brings them into the order of the file. */
final class Quantiser {
  private static final int BITS = 19;

  private final int[] halves = new int[ZigZag.COEFFICIENTS];
  private final int[] reciprocals = new int[ZigZag.COEFFICIENTS];
  private final int[] natural = new int[ZigZag.COEFFICIENTS];

  Quantiser(Quantisation quantisation) {
    for (int k = 0; k < ZigZag.COEFFICIENTS; k++) {
      int divisor = quantisation.divisor(k) * ForwardDct.SCALE;
      halves[k] = divisor / 2;
      reciprocals[k] = ((1 << BITS) + divisor / 2) / divisor;
      natural[k] = ZigZag.natural(k);
    }
  }

  /** Returns those of the results that are not zero, k at bit k. */
  long quantise(int[] block, int[] coefficients) {
    long there = 0;
    for (int k = 0; k < ZigZag.COEFFICIENTS; k++) {
      int value = block[natural[k]];
      int sign = value >> 31;
      int rounded = (((value ^ sign) - sign + halves[k]) * reciprocals[k]) >>> BITS;
      coefficients[k] = (rounded ^ sign) - sign;
      there |= (long) (-rounded >>> 31) << k;
    }
    return there;
  }
}
