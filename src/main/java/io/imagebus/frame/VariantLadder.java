package io.imagebus.frame;

import java.util.List;

/*
 * Tiles of 600, 612 and 640 pixels shall share one encoding, so wishes are rounded up to a rung: the
 * display scales down a little rather than up. The rung of a height is that of a picture of 16:9, so
 * that a wish for both sides lands on one rung for the usual camera. Qualities are rounded to the
 * nearest step, byte budgets down to one: a budget is kept.
 */
/** The sizes, qualities and budgets in which variants are made. Immutable. */
public final class VariantLadder {

  /** The widths when nobody sets others. */
  public static final List<Integer> DEFAULT_WIDTHS = List.of(160, 320, 640, 960, 1280, 1920);

  private static final int[] QUALITIES = {20, 35, 50, 60, 75, 85, 95};
  private static final double[] BYTE_STEPS = {1, 1.5, 2, 3, 4, 5, 6, 8};
  private static final int MIN_BYTES = 1_000;

  private final int[] widths;

  /**
   * A ladder.
   *
   * @param widths of the rungs in pixels, at least one, ascending
   */
  public VariantLadder(List<Integer> widths) {
    int before = 0;
    for (int width : widths) {
      if (width <= before || width > Variant.MAX_SIDE) {
        throw new IllegalArgumentException(
            "the widths " + widths + " ascend from 1 to " + Variant.MAX_SIDE);
      }
      before = width;
    }
    if (before == 0) {
      throw new IllegalArgumentException("a ladder has at least one width");
    }
    this.widths = widths.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many widths there are. */
  public int rungs() {
    return widths.length;
  }

  /** The variant that serves a wish. */
  public Variant rungOf(VariantWish wish) {
    int widest = widths.length;
    int acrossRung = rung(wish.width(), false);
    int downRung = rung(wish.height(), true);
    // A bound beyond the ladder, on either side, is no bound: only the source is large enough.
    boolean full = acrossRung == widest || downRung == widest;
    Variant variant =
        full
            ? Variant.SOURCE
            : Variant.within(
                wish.width() == 0 ? 0 : widths[acrossRung],
                wish.height() == 0 ? 0 : heightOf(widths[downRung]));
    if (wish.quality() > 0) {
      variant = variant.withQuality(nearest(wish.quality()));
    } else if (wish.bytes() > 0) {
      variant = variant.withMaxBytes(atMost(wish.bytes()));
    }
    return wish.format().map(variant::in).orElse(variant);
  }

  /** The first rung that is as large; the number of rungs if none is, 0 without a wish. */
  private int rung(int side, boolean isHeight) {
    int rung = 0;
    while (rung < widths.length && (isHeight ? heightOf(widths[rung]) : widths[rung]) < side) {
      rung++;
    }
    return rung;
  }

  private static int heightOf(int width) {
    return Math.max(1, (width * 9 + 8) / 16);
  }

  private static int nearest(int quality) {
    int best = QUALITIES[0];
    for (int each : QUALITIES) {
      if (Math.abs(each - quality) <= Math.abs(best - quality)) {
        best = each;
      }
    }
    return best;
  }

  private static int atMost(int bytes) {
    double decade = MIN_BYTES;
    double best = MIN_BYTES;
    while (decade <= bytes) {
      for (double step : BYTE_STEPS) {
        if (decade * step <= bytes) {
          best = decade * step;
        }
      }
      decade *= 10;
    }
    return (int) best;
  }

  /** How many steps a variant can be lowered; the deepest is the smallest rung. */
  public int stepsBelow(Variant variant) {
    return firstBelow(variant);
  }

  /**
   * The variant some rungs smaller, its quality, budget and format kept.
   *
   * @param steps 0 is the variant itself; more than there are is the smallest
   */
  public Variant below(Variant variant, int steps) {
    int rungs = firstBelow(variant);
    if (steps <= 0 || rungs == 0) {
      return variant;
    }
    int width = widths[Math.max(0, rungs - steps)];
    boolean wide = variant.maxWidth() > 0 || variant.maxHeight() == 0;
    return variant.resized(wide ? width : 0, variant.maxHeight() == 0 ? 0 : heightOf(width));
  }

  /** How many rungs are smaller than the variant. */
  private int firstBelow(Variant variant) {
    int rungs = 0;
    while (rungs < widths.length && isBelow(widths[rungs], variant)) {
      rungs++;
    }
    return rungs;
  }

  private static boolean isBelow(int width, Variant variant) {
    boolean narrower = variant.maxWidth() == 0 || width < variant.maxWidth();
    boolean lower = variant.maxHeight() == 0 || heightOf(width) < variant.maxHeight();
    return narrower && lower;
  }
}
