package io.imagebus.base;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The only place that reads the machine's clocks. Thread-safe. */
public interface Clock {

  /** Nanoseconds of a clock that never steps; only differences mean anything. */
  long nanoTime();

  /** Microseconds since 1970-01-01 UTC; may step when the machine's clock is set. */
  long epochMicros();

  /** The clock of this machine. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }

  /** The machine's clocks, unfiltered. */
  enum SystemClock implements Clock {
    INSTANCE;

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public long epochMicros() {
      return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
  }
}
