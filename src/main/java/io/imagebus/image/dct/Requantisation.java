package io.imagebus.image.dct;

/*
 * From a multiple of one divisor to the nearest multiple of another: |value| * from / to, rounded.
 * The division is a multiplication by 2^32 / to, rounded up, and exact for all values below 2^16
 * times 255 that a baseline picture has.
 */
/** Brings the coefficients of a component from one quantisation to another. */
final class Requantisation {
  /** What 8-bit pictures have symbols for. */
  private static final int LARGEST = 1023;

  private final int[] from = new int[ZigZag.COEFFICIENTS];
  private final int[] halves = new int[ZigZag.COEFFICIENTS];
  private final long[] reciprocals = new long[ZigZag.COEFFICIENTS];

  Requantisation(Quantisation source, Quantisation target) {
    source.copyTo(from);
    for (int k = 0; k < ZigZag.COEFFICIENTS; k++) {
      int divisor = target.divisor(k);
      halves[k] = divisor / 2;
      reciprocals[k] = ((1L << 32) + divisor - 1) / divisor;
    }
  }

  int apply(int k, int value) {
    int sign = value >> 31;
    long scaled = (long) ((value ^ sign) - sign) * from[k] + halves[k];
    int rounded = (int) Math.min((scaled * reciprocals[k]) >>> 32, LARGEST);
    return (rounded ^ sign) - sign;
  }
}
