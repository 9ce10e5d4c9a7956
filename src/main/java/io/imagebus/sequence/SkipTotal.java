package io.imagebus.sequence;

/**
 * The newest running total of skips that a sender told, and up to which number it holds.
 *
 * <p>A total never falls: a lower one is a protocol error and is taken for the highest so far.
 */
final class SkipTotal {

  /** Stands for a total that the input does not tell. */
  static final long UNTOLD = -1;

  private final CountTally tally;
  private long total;
  private long knownTo;

  SkipTotal(CountTally tally) {
    this.tally = tally;
  }

  void begin(long first, long firstTotal) {
    knownTo = first;
    total = firstTotal == UNTOLD ? 0 : firstTotal;
  }

  /** The number below which all skips are known. */
  long knownTo() {
    return knownTo;
  }

  /** Whether this total, told of the numbers below {@code limit}, is news. */
  boolean isNews(long limit, long newTotal) {
    return newTotal != UNTOLD && !SequenceOrder.isBefore(limit, knownTo);
  }

  /** Takes the total in; returns how many more numbers below {@code limit} were skipped. */
  long learn(long limit, long newTotal) {
    long rise = newTotal - total;
    if (rise < 0 || rise > limit - knownTo) {
      tally.skipMismatch++;
    }
    knownTo = limit;
    if (rise <= 0) {
      return 0;
    }
    total = newTotal;
    return rise;
  }

  /** The number just above the known ones was sent, hence not skipped. */
  void sent(long number) {
    if (knownTo == number) {
      knownTo = number + 1;
    }
  }
}
