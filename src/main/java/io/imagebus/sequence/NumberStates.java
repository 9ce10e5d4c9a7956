package io.imagebus.sequence;

/**
 * The states of the last numbers of a stream, as many as the history is long.
 *
 * <p>A ring of bytes; a slot speaks for the newest number that was written to it, so the owner asks
 * only for numbers inside the history.
 */
final class NumberStates {

  /** No copy yet; not given up. */
  static final byte MISSING = 0;

  /** Only damaged copies yet; not given up. */
  static final byte DAMAGED = 1;

  /** A good copy came. */
  static final byte RECEIVED = 2;

  /** Lost, corrupt or skipped, finally. */
  static final byte SETTLED = 3;

  private final byte[] states;
  private final int mask;

  NumberStates(int history) {
    states = new byte[history];
    mask = history - 1;
  }

  byte get(long number) {
    return states[(int) number & mask];
  }

  boolean isMissing(long number) {
    return get(number) == MISSING;
  }

  boolean isPending(long number) {
    return get(number) <= DAMAGED;
  }

  void set(long number, byte state) {
    states[(int) number & mask] = state;
  }

  /** Counts the numbers in this state from {@code from} up to, not including, {@code limit}. */
  long count(long from, long limit, byte state) {
    long count = 0;
    for (long number = from; SequenceOrder.isBefore(number, limit); number++) {
      if (get(number) == state) {
        count++;
      }
    }
    return count;
  }

  /** Writes {@code state} to every number from {@code from} up to, not including, {@code limit}. */
  void fill(long from, long limit, byte state) {
    long start = limit - from > states.length ? limit - states.length : from;
    for (long number = start; number != limit; number++) {
      set(number, state);
    }
  }
}
