package io.imagebus.sequence;

import java.util.OptionalDouble;

/**
 * The share of the settled numbers that came whole and in time.
 *
 * <p>{@code R = 1 - (lost + corrupt) / (received + lost + corrupt)}; lost and expected as in RFC
 * 3550 appendix A.3. Skipped and pending numbers take no part in it.
 *
 * @param settled numbers received, lost or corrupt
 * @param failed numbers lost or corrupt
 */
public record Reliability(long settled, long failed) {

  /** The numerator of the rule of three: -ln(0.05), rounded. */
  private static final double RULE_OF_THREE = 3.0;

  public Reliability {
    if (failed < 0 || settled < failed) {
      throw new IllegalArgumentException("failed " + failed + " of " + settled + " settled");
    }
  }

  /** The reliability that the counts, or a difference of counts, show. */
  public static Reliability of(SequenceCounts counts) {
    long failed = counts.lost() + counts.corrupt();
    return new Reliability(counts.received() + failed, failed);
  }

  /** The measured share R; empty while nothing is settled. */
  public OptionalDouble measured() {
    return settled == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(1.0 - (double) failed / settled);
  }

  /**
   * What may honestly be claimed: the measured share, or, when nothing failed, the lower bound
   * {@code 1 - 3/n} that holds with 95 % confidence (rule of three); empty while nothing is
   * settled.
   */
  public OptionalDouble claim() {
    if (settled == 0 || failed > 0) {
      return measured();
    }
    return OptionalDouble.of(Math.max(0.0, 1.0 - RULE_OF_THREE / settled));
  }

  /** Whether {@link #claim} is a lower bound ("at least") and not a measured share. */
  public boolean isLowerBound() {
    return settled > 0 && failed == 0;
  }
}
