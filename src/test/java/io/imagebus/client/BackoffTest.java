package io.imagebus.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(new SplittableRandom(42));

  @Test
  void nextMillis_manyFailures_growsFromATenthOfASecondToFiveSeconds() {
    long ceiling = 100;
    for (int failure = 0; failure < 20; failure++) {
      assertThat(backoff.nextMillis()).isBetween(ceiling / 2, ceiling);
      ceiling = Math.min(5_000, 2 * ceiling);
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
