package io.imagebus.client;

import java.util.concurrent.TimeUnit;

/** Something to be done again after a fixed time. Owned by one event loop. */
final class Cadence {

  private final long intervalNanos;
  private long lastNanos;

  Cadence(long intervalMillis, long nowNanos) {
    this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
    this.lastNanos = nowNanos;
  }

  /** Whether it is time; if so, the next interval begins. */
  boolean isDue(long nowNanos) {
    if (nowNanos - lastNanos < intervalNanos) {
      return false;
    }
    lastNanos = nowNanos;
    return true;
  }
}
