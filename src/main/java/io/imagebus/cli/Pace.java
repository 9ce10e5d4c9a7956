package io.imagebus.cli;

import java.util.concurrent.TimeUnit;

/** When the next picture is to be published. */
sealed interface Pace {

  /** When it has come: the input has a clock of its own. */
  record AsItComes() implements Pace {}

  /** When the server has accepted enough of those before. */
  record AsAccepted() implements Pace {}

  /** At even intervals. */
  record Evenly(double picturesPerSecond) implements Pace {

    /** The time of the nth picture after the first. */
    long dueNanos(long startNanos, long nth) {
      return startNanos + (long) (nth * TimeUnit.SECONDS.toNanos(1) / picturesPerSecond);
    }

    /** The number of the first picture that is not due before a time. */
    long firstFrom(long startNanos, long nowNanos) {
      double elapsed = (nowNanos - startNanos) * picturesPerSecond;
      return (long) Math.ceil(elapsed / TimeUnit.SECONDS.toNanos(1));
    }
  }
}
