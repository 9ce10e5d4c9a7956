package io.imagebus.image.dct;

/**
 * The example tables of T.81, annex K.1, scaled by a quality of 1 to 100 as libjpeg does: at 50 as
 * they stand, at 100 all ones.
 */
final class StandardQuantisation {
  private static final int[] LUMA = {
    16, 11, 10, 16, 24, 40, 51, 61,
    12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77,
    24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99
  };
  private static final int[] CHROMA = {
    17, 18, 24, 47, 99, 99, 99, 99,
    18, 21, 26, 66, 99, 99, 99, 99,
    24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99
  };

  private StandardQuantisation() {}

  /** The divisors of a component at a quality of 1 to 100. */
  static Quantisation of(int component, double quality) {
    int[] base = component == 0 ? LUMA : CHROMA;
    double percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
    int[] divisors = new int[ZigZag.COEFFICIENTS];
    for (int k = 0; k < divisors.length; k++) {
      int scaled = (int) ((base[ZigZag.natural(k)] * percent + 50) / 100);
      divisors[k] = Math.min(Math.max(scaled, 1), 255);
    }
    return new Quantisation(divisors);
  }
}
