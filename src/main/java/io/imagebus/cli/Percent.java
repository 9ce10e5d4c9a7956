package io.imagebus.cli;

import java.util.Locale;

/** Shares as people read them. */
final class Percent {

  private static final double NEARLY_ALL = 0.99;
  private static final double HUNDRED = 100;

  /** Keeps 0.9997 from becoming 99.9699 only because binary fractions end early. */
  private static final double TINY = 1e-6;

  private Percent() {}

  /** A share in percent, rounded down, so that it is 100 only if nothing is missing. */
  static String down(double share) {
    int digits = share >= NEARLY_ALL ? 4 : 2;
    double scale = Math.pow(10, digits);
    double percent = Math.floor(share * HUNDRED * scale + TINY) / scale;
    return String.format(Locale.ROOT, "%." + digits + "f %%", percent);
  }
}
