package io.imagebus.client;

/**
 * How far the server's clock is ahead of ours, from exchanges of four timestamps as in NTP: RFC
 * 5905 §8 for one exchange, §10 for the choice of the exchange with the least delay among the last
 * eight. Owned by one event loop.
 */
public final class ClockOffset {

  private static final int KEPT = 8;

  private final long[] offsetMicros = new long[KEPT];
  private final long[] delayMicros = new long[KEPT];
  private long samples;

  /**
   * Enters one exchange; all times in microseconds since 1970 UTC.
   *
   * @param t0 our clock when the question left
   * @param t1 the server's clock when it came
   * @param t2 the server's clock when the answer left
   * @param t3 our clock when it came
   */
  void add(long t0, long t1, long t2, long t3) {
    int slot = (int) (samples++ % KEPT);
    offsetMicros[slot] = ((t1 - t0) + (t2 - t3)) / 2;
    delayMicros[slot] = Math.max(0, (t3 - t0) - (t2 - t1));
  }

  /** Forgets all exchanges; for another server. */
  void reset() {
    samples = 0;
  }

  /** Whether there was an exchange. */
  public boolean isKnown() {
    return samples > 0;
  }

  /** Server's clock minus ours; 0 while not known. */
  public long micros() {
    return isKnown() ? offsetMicros[best()] : 0;
  }

  /** The most by which {@link #micros} can be wrong: half the delay; the longest while unknown. */
  public long errorMicros() {
    return isKnown() ? delayMicros[best()] / 2 : Long.MAX_VALUE;
  }

  private int best() {
    int best = 0;
    for (int i = 1; i < Math.min(samples, KEPT); i++) {
      if (delayMicros[i] < delayMicros[best]) {
        best = i;
      }
    }
    return best;
  }
}
