package io.imagebus.client;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: hardly at all after a connection that was lost, then up
 * to a bound that doubles with each failure. The whole wait is random, so that the clients of a
 * node that died do not come back all at once. Owned by one event loop.
 */
final class Backoff {

  private static final long SHORTEST_MILLIS = 20;
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 5_000;

  private final RandomGenerator random;
  private long ceilingMillis = FIRST_MILLIS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait after one more failure. */
  long nextMillis() {
    long wait = random.nextLong(SHORTEST_MILLIS, ceilingMillis + 1);
    ceilingMillis = Math.min(LONGEST_MILLIS, 2 * ceilingMillis);
    return wait;
  }

  /** Forgets the failures. */
  void reset() {
    ceilingMillis = FIRST_MILLIS;
  }
}
