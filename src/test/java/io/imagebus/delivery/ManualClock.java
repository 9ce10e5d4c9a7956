package io.imagebus.delivery;

import io.imagebus.base.Clock;
import java.util.concurrent.TimeUnit;

/** A clock that stands until it is moved. */
final class ManualClock implements Clock {

  private long nanos = 1_000_000_000L;

  void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochMicros() {
    return 1_700_000_000_000_000L + TimeUnit.NANOSECONDS.toMicros(nanos);
  }
}
