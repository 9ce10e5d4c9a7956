package io.imagebus.flow;

/**
 * How long messages were under way beyond the shortest way seen, without a common clock: the
 * difference of the two clocks is in every reading, and so in the smallest one too (the base delay
 * of LEDBAT, RFC 6817 §3.4.2). Owned by one event loop.
 */
public final class ArrivalAge {

  private final long windowNanos;
  private long windowStartNanos;
  private long current = Long.MAX_VALUE;
  private long previous = Long.MAX_VALUE;

  /**
   * Nothing seen yet.
   *
   * @param windowNanos the base delay is the smallest of the last one to two windows, so that
   *     clocks may drift
   */
  public ArrivalAge(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  /**
   * Takes one reading.
   *
   * @param sentNanos the sender's clock
   * @param nowNanos this side's clock
   * @return nanoseconds beyond the base delay; 0 for the fastest
   */
  public long nanosOf(long sentNanos, long nowNanos) {
    long difference = nowNanos - sentNanos;
    if (current == Long.MAX_VALUE) {
      windowStartNanos = nowNanos;
    } else if (nowNanos - windowStartNanos > windowNanos) {
      previous = current;
      current = Long.MAX_VALUE;
      windowStartNanos = nowNanos;
    }
    current = Math.min(current, difference);
    return difference - Math.min(current, previous);
  }
}
