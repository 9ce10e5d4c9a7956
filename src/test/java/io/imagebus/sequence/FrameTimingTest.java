package io.imagebus.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameTimingTest {

  private static final long START = 1_700_000_000_000_000L;

  private final FrameTiming timing = new FrameTiming();

  @Test
  void timing_beforeAnyFrame_isNone() {
    assertThat(timing.timing(START)).isEqualTo(Timing.NONE);
  }

  @Test
  void jitter_ofFramesThatAreEquallyLate_isZero() {
    for (int i = 0; i < 100; i++) {
      timing.frame(START + 100_000L * i, START + 100_000L * i + 20_000);
    }
    assertThat(timing.timing(START + 10_000_000).jitterMicros()).isZero();
    assertThat(timing.timing(START + 10_000_000).ageP50Micros()).isBetween(19_800L, 20_200L);
  }

  @Test
  void jitter_ofFramesThatAlternate_tendsToTheDifference() {
    for (int i = 0; i < 200; i++) {
      timing.frame(START + 100_000L * i, START + 100_000L * i + (i % 2) * 8_000);
    }
    assertThat(timing.timing(START + 20_000_000).jitterMicros()).isBetween(7_900L, 8_000L);
  }

  @Test
  void ages_byPercentile_areOfTheLastMinuteOnly() {
    for (int i = 1; i <= 100; i++) {
      timing.frame(START, START + i * 10_000L);
    }
    Timing now = timing.timing(START + 1_000_000);
    assertThat(now.frames()).isEqualTo(100);
    assertThat(now.ageP50Micros()).isBetween(495_000L, 505_000L);
    assertThat(now.ageP95Micros()).isBetween(940_000L, 960_000L);
    assertThat(now.ageP99Micros()).isBetween(980_000L, 1_000_000L);
    assertThat(timing.timing(START + 29_000_000).frames()).isEqualTo(100);
    assertThat(timing.timing(START + 59_000_000).frames()).isEqualTo(100);
    assertThat(timing.timing(START + 92_000_000)).isEqualTo(Timing.NONE);
  }

  @Test
  void clock_framesFromTheFuture_makeItDoubtfulWhileTheyAreInTheWindow() {
    timing.frame(START, START - FrameTiming.CLOCK_TOLERANCE_MICROS);
    assertThat(timing.timing(START).clockDoubtful()).isFalse();
    timing.frame(START, START - FrameTiming.CLOCK_TOLERANCE_MICROS - 1);
    assertThat(timing.timing(START).clockDoubtful()).isTrue();
    timing.frame(START + 120_000_000, START + 120_010_000);
    assertThat(timing.timing(START + 120_010_000).clockDoubtful()).isFalse();
  }
}
