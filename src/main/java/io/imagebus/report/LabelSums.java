package io.imagebus.report;

import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Timing;
import java.util.concurrent.TimeUnit;

/**
 * The sum of the lines that share their labels in the metrics. What lines counted that are over
 * stays in it. Owned by one event loop.
 */
final class LabelSums {

  private static final double MICROS_PER_SECOND = TimeUnit.SECONDS.toMicros(1);

  /** How many of the frames were not older. */
  enum Quantile {
    HALF("0.5"),
    MOST("0.95"),
    NEARLY_ALL("0.99");

    private final String label;

    Quantile(String label) {
      this.label = label;
    }

    private long micros(Timing timing) {
      return switch (this) {
        case HALF -> timing.ageP50Micros();
        case MOST -> timing.ageP95Micros();
        case NEARLY_ALL -> timing.ageP99Micros();
      };
    }

    String label() {
      return label;
    }
  }

  private Totals retired = Totals.ZERO;
  private Totals present = Totals.ZERO;
  private Timing timing = Timing.NONE;
  private int unverified;

  /** Forgets the lines that are present, and not what lines counted that are over. */
  void clear() {
    present = Totals.ZERO;
    timing = Timing.NONE;
    unverified = 0;
  }

  /** A line that is present, with everything that was ever counted on it. */
  void add(AccountLine line, Totals total) {
    present = present.plus(total);
    timing = timing.worse(line.timing());
    unverified += line.unverifiedSinceMicros() > 0 ? 1 : 0;
  }

  /** What was counted on a line that is over. */
  void retire(Totals total) {
    retired = retired.plus(total);
  }

  Totals total() {
    return retired.plus(present);
  }

  long pending() {
    return present.counts().pending();
  }

  int unverified() {
    return unverified;
  }

  /** NaN while no frame came lately. */
  double jitterSeconds() {
    return timing.frames() == 0 ? Double.NaN : timing.jitterMicros() / MICROS_PER_SECOND;
  }

  /** NaN while no frame came lately, and while the clocks disagree. */
  double ageSeconds(Quantile quantile) {
    return timing.frames() == 0 || timing.clockDoubtful()
        ? Double.NaN
        : quantile.micros(timing) / MICROS_PER_SECOND;
  }
}
