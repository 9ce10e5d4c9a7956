package io.imagebus.base;

/** A clock that stands still until it is moved. Not thread-safe. */
public final class ManualClock implements Clock {

  private static final long EPOCH_MICROS = 1_767_225_600_000_000L;

  private long nanos;

  /** Lets time pass. */
  public void advance(long byNanos) {
    nanos += byNanos;
  }

  /** Lets time pass. */
  public void advanceMillis(long byMillis) {
    advance(byMillis * 1_000_000);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochMicros() {
    return EPOCH_MICROS + nanos / 1_000;
  }
}
