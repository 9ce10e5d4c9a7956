package io.imagebus.image.change;

import io.imagebus.image.dct.DcMap;
import java.util.Arrays;

/*
 * The blocks of two pictures of a still scene differ by the noise of the sensor and by rounding. The
 * median of the differences is that noise even while something moves through less than half of the
 * picture. Differences come in whole quantisation steps; each stands for half a step around it, and
 * the median is interpolated within, so that coarse pictures have a noise too. For noise of normal
 * distribution the median of the amounts is 0.6745 standard deviations.
 *
 * The estimate falls quickly and rises slowly: a camera that turns for a second must not make it
 * blind to what comes after, while dusk, which raises the noise over minutes, is followed. At first,
 * for want of anything better, it is the least of what it was shown. It has a ceiling: where every
 * block differs, as when the light is switched off, that is no noise.
 */
/**
 * How much the blocks of a camera's pictures differ when nothing has changed. Owned by one thread.
 */
final class NoiseEstimate {
  private static final double MEDIAN_OF_DEVIATION = 0.6745;
  private static final int LARGEST = 4096;

  /** Three grey levels: what a block has of a sensor whose pixels deviate by 16 of them. */
  private static final double CEILING = 24;

  private static final int LEARNING_PICTURES = 8;
  private static final double RISE = 1.03;
  private static final double FALL_SHARE = 0.2;

  private final int[] counts = new int[LARGEST];
  private double deviation = Double.POSITIVE_INFINITY;
  private int pictures;

  /**
   * The standard deviation of the difference of a block, in eighths of a grey level.
   *
   * @param now of the same size as {@code before}
   */
  double update(DcMap now, DcMap before) {
    double step = Math.max(now.unit(), before.unit());
    double measured =
        Math.min(median(now, before, step) / MEDIAN_OF_DEVIATION, Math.max(CEILING, step));
    if (pictures < LEARNING_PICTURES) {
      pictures++;
      deviation = Math.min(deviation, measured);
    } else if (measured < deviation) {
      deviation += (measured - deviation) * FALL_SHARE;
    } else {
      deviation = Math.min(measured, deviation * RISE);
    }
    return deviation;
  }

  private double median(DcMap now, DcMap before, double step) {
    Arrays.fill(counts, 0);
    for (int y = 0; y < now.height(); y++) {
      for (int x = 0; x < now.width(); x++) {
        counts[Math.min(Math.abs(now.level(x, y) - before.level(x, y)), LARGEST - 1)]++;
      }
    }
    double half = now.width() * (double) now.height() / 2;
    double below = 0;
    int steps = 0;
    while (true) {
      // The amounts around so many steps; those around none are half as wide.
      double low = Math.max(0, (steps - 0.5) * step);
      double high = (steps + 0.5) * step;
      double within = countBetween(low, high);
      if (below + within >= half) {
        return low + (high - low) * (half - below) / within;
      }
      below += within;
      steps++;
    }
  }

  private int countBetween(double low, double high) {
    int count = 0;
    for (int amount = (int) Math.ceil(low); amount < high && amount < LARGEST; amount++) {
      count += counts[amount];
    }
    return count;
  }
}
