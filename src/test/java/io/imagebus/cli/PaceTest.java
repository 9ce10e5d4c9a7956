package io.imagebus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long START_NANOS = 5_000;

  private final Pace.Evenly pace = new Pace.Evenly(30);

  @Test
  void dueNanos_manyPictures_doNotDrift() {
    assertThat(pace.dueNanos(START_NANOS, 30 * 3_600))
        .isEqualTo(START_NANOS + TimeUnit.HOURS.toNanos(1));
  }

  @Test
  void firstFrom_betweenTwoPictures_isTheSecond() {
    long halfway = (pace.dueNanos(START_NANOS, 7) + pace.dueNanos(START_NANOS, 8)) / 2;

    assertThat(pace.firstFrom(START_NANOS, halfway)).isEqualTo(8);
  }
}
