package io.imagebus.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(new SplittableRandom(42));

  @Test
  void nextMillis_manyFailures_growsFromATenthOfASecondToFiveSeconds() {
    long ceiling = 100;
    for (int failure = 0; failure < 20; failure++) {
      assertThat(backoff.nextMillis()).isBetween(20L, ceiling);
      ceiling = Math.min(5_000, 2 * ceiling);
    }
  }

  @Test
  void nextMillis_manyClients_areSpreadOverTheWholeWait() {
    SplittableRandom random = new SplittableRandom(42);
    long[] waits = LongStream.generate(() -> new Backoff(random).nextMillis()).limit(500).toArray();

    for (long from = 20; from < 100; from += 20) {
      long begin = from;
      assertThat(LongStream.of(waits).filter(wait -> wait >= begin && wait < begin + 20).count())
          .isGreaterThan(60);
    }
  }

  @Test
  void reset_afterFailures_beginsAnew() {
    for (int failure = 0; failure < 10; failure++) {
      assertThat(backoff.nextMillis()).isPositive();
    }
    backoff.reset();

    assertThat(backoff.nextMillis()).isLessThanOrEqualTo(100);
  }
}
