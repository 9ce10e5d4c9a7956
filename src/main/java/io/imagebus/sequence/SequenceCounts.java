package io.imagebus.sequence;

/**
 * A snapshot of what one hop, or the sum of several, has counted.
 *
 * <p>Every counter but {@code pending} is monotone, and after every input {@code expected =
 * received + lost + corrupt + skipped + pending} (expected versus received as in RFC 3550 appendix
 * A.3).
 *
 * @param expected numbers that should have come, or were announced as left out
 * @param received numbers of which a good copy came in time
 * @param lost numbers given up without any copy and without an announcement
 * @param corrupt numbers of which only damaged copies came in time
 * @param skipped numbers left out on purpose and announced
 * @param pending numbers missing or damaged that are not given up yet; negative in a difference
 * @param duplicate further copies of a number that was here already
 * @param late copies that came after their number was settled
 * @param reordered received numbers that closed a gap in time
 * @param stale inputs of a replaced stream, or after the subscription was closed
 * @param preBase chunks below the number at which this receiver joined
 * @param tooOld chunks older than the history
 * @param unattributable chunks whose damaged header names no stream and no number
 * @param skipMismatch announced totals of skips that fell, or rose by more than there are numbers
 * @param implausible jumps too wide to be believed at once
 * @param epochs streams followed
 * @param unknownTails streams replaced without having said where they end
 */
public record SequenceCounts(
    long expected,
    long received,
    long lost,
    long corrupt,
    long skipped,
    long pending,
    long duplicate,
    long late,
    long reordered,
    long stale,
    long preBase,
    long tooOld,
    long unattributable,
    long skipMismatch,
    long implausible,
    long epochs,
    long unknownTails) {

  /** Nothing counted yet. */
  public static final SequenceCounts ZERO =
      new SequenceCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** One piece of a replaced stream. */
  static final SequenceCounts ONE_STALE =
      new SequenceCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);

  /** Numbers that were left out, and nothing else. */
  static SequenceCounts skipped(long numbers) {
    return new SequenceCounts(numbers, 0, 0, 0, numbers, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  public SequenceCounts {
    long signs =
        (expected | received | lost | corrupt | skipped)
            | (duplicate | late | reordered | stale | preBase | tooOld)
            | (unattributable | skipMismatch | implausible | epochs | unknownTails);
    if (signs < 0) {
      throw new IllegalArgumentException("a monotone counter is negative");
    }
  }

  /** Whether every expected number is accounted for exactly once. */
  public boolean holdsIdentity() {
    return expected == received + lost + corrupt + skipped + pending;
  }

  /** The counts of two hops taken together. */
  public SequenceCounts plus(SequenceCounts other) {
    return combine(other, 1);
  }

  /**
   * What was counted since {@code earlier}.
   *
   * @throws IllegalArgumentException if a monotone counter is higher in {@code earlier}
   */
  public SequenceCounts minus(SequenceCounts earlier) {
    return combine(earlier, -1);
  }

  /** Whether this may be a later snapshot of the same counters: none of them is lower. */
  public boolean mayFollow(SequenceCounts earlier) {
    return expected >= earlier.expected
        && received >= earlier.received
        && lost >= earlier.lost
        && corrupt >= earlier.corrupt
        && skipped >= earlier.skipped
        && duplicate >= earlier.duplicate
        && late >= earlier.late
        && reordered >= earlier.reordered
        && stale >= earlier.stale
        && preBase >= earlier.preBase
        && tooOld >= earlier.tooOld
        && unattributable >= earlier.unattributable
        && skipMismatch >= earlier.skipMismatch
        && implausible >= earlier.implausible
        && epochs >= earlier.epochs
        && unknownTails >= earlier.unknownTails;
  }

  private SequenceCounts combine(SequenceCounts other, int sign) {
    return new SequenceCounts(
        expected + sign * other.expected,
        received + sign * other.received,
        lost + sign * other.lost,
        corrupt + sign * other.corrupt,
        skipped + sign * other.skipped,
        pending + sign * other.pending,
        duplicate + sign * other.duplicate,
        late + sign * other.late,
        reordered + sign * other.reordered,
        stale + sign * other.stale,
        preBase + sign * other.preBase,
        tooOld + sign * other.tooOld,
        unattributable + sign * other.unattributable,
        skipMismatch + sign * other.skipMismatch,
        implausible + sign * other.implausible,
        epochs + sign * other.epochs,
        unknownTails + sign * other.unknownTails);
  }
}
