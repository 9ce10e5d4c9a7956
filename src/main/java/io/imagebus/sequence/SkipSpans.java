package io.imagebus.sequence;

/**
 * The ranges of numbers of which it is known how many were skipped, but not which.
 *
 * <p>A first-in first-out ring of ranges in ascending order. Each knows how many of its numbers are
 * {@code missing} and how many of those are {@code owed} to the sender's announcement, at most;
 * {@code doubt} is how many of the owed skips may have been settled before they were announced.
 */
final class SkipSpans {

  static final int NONE = -1;

  private final long[] froms;
  private final long[] limits;
  private final long[] missing;
  private final long[] owed;
  private final long[] doubt;
  private final int mask;
  private int head;
  private int size;

  /** Holds one span for each of {@code maxOpenNumbers} numbers, and the one that is being added. */
  SkipSpans(int maxOpenNumbers) {
    int capacity = Integer.highestOneBit(maxOpenNumbers) << 1;
    froms = new long[capacity];
    limits = new long[capacity];
    missing = new long[capacity];
    owed = new long[capacity];
    doubt = new long[capacity];
    mask = capacity - 1;
  }

  void clear() {
    size = 0;
  }

  /** Forgets the spans that lie wholly below {@code floor}. */
  void dropBelow(long floor) {
    while (size > 0 && !SequenceOrder.isBefore(floor, limits[head])) {
      head = (head + 1) & mask;
      size--;
    }
  }

  /**
   * Adds the span of the numbers from {@code from} up to, not including, {@code limit}; returns its
   * handle, or {@link #NONE} if nothing is missing there.
   */
  int add(long from, long limit, long missingNumbers, long owedSkips, long doubtfulSkips) {
    if (missingNumbers == 0) {
      return NONE;
    }
    int span = (head + size) & mask;
    froms[span] = from;
    limits[span] = limit;
    missing[span] = missingNumbers;
    owed[span] = owedSkips;
    doubt[span] = doubtfulSkips;
    size++;
    return span;
  }

  /** Returns the span in which {@code number} lies, or {@link #NONE}. */
  int find(long number) {
    for (int i = 0; i < size; i++) {
      int span = (head + i) & mask;
      if (SequenceOrder.isBefore(number, limits[span])) {
        return SequenceOrder.isBefore(number, froms[span]) ? NONE : span;
      }
    }
    return NONE;
  }

  long from(int span) {
    return froms[span];
  }

  long limit(int span) {
    return limits[span];
  }

  /** One missing number of the span turned out to have been sent. */
  void found(int span) {
    missing[span]--;
  }

  /** Whether all that is missing from the span was certainly skipped. */
  boolean isCovered(int span) {
    return missing[span] > 0 && missing[span] + doubt[span] <= owed[span];
  }

  /** Gives up {@code count} missing numbers of the span; returns how many of them were skips. */
  long giveUp(int span, long count) {
    long skips = Math.min(owed[span], count);
    missing[span] -= count;
    owed[span] -= skips;
    return skips;
  }
}
