package io.imagebus.image.quality;

/*
 * libjpeg multiplies the quantiser tables of ITU-T T.81, annex K, by a percentage that it makes of
 * the quality: 5000 / q below 50, 200 - 2 q from there. The size of a picture follows this step, not
 * the quality: bytes ~ step^-e, with e near 0.75. At quality 100 the step would be 0 and every
 * quantiser is 1; it counts as 1 here.
 *
 * From 94 to 95 the step falls by a sixth, which is more than a budget has room for; so what a control
 * chooses is a multiple of a quarter.
 */
/** Qualities 1 to 100 as the coarseness of the quantiser, in percent of the standard tables. */
final class QualityScale {
  static final int MIN_QUALITY = 1;
  static final int MAX_QUALITY = 100;

  /**
   * What qualities that a control chooses are multiples of. A power of two: their sums are exact.
   */
  static final double GRAIN = 0.25;

  private static final int MIDDLE_QUALITY = 50;

  private QualityScale() {}

  /** The step of a quality: 5,000 for 1, 100 for 50, 50 for 75, 1 for 100. */
  static double stepPercent(double quality) {
    return quality < MIDDLE_QUALITY ? 5_000 / quality : Math.max(1, 2 * MAX_QUALITY - 2 * quality);
  }

  /** The finest quality whose step is not below this one, or 1. */
  static double atLeast(double stepPercent) {
    for (double quality = MAX_QUALITY; quality > MIN_QUALITY; quality -= GRAIN) {
      if (stepPercent(quality) >= stepPercent) {
        return quality;
      }
    }
    return MIN_QUALITY;
  }

  /** The quality whose step is nearest to this one, by ratio. */
  static double nearest(double stepPercent) {
    double coarser = atLeast(stepPercent);
    if (coarser == MAX_QUALITY) {
      return coarser;
    }
    double over = stepPercent(coarser) / stepPercent;
    double under = stepPercent / stepPercent(coarser + GRAIN);
    return over <= under ? coarser : coarser + GRAIN;
  }
}
