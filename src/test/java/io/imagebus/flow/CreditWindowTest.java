package io.imagebus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreditWindowTest {

  private static final long MAX = 1_000_000;
  private static final long MIN = 50_000;
  private static final long TARGET_NANOS = 250;

  private final CreditWindow window = new CreditWindow(MAX, MIN, TARGET_NANOS);

  @Test
  void admits_untilFull_thenRefuses() {
    for (int i = 0; i < 10; i++) {
      assertThat(window.admits(100_000)).isTrue();
      window.sent(100_000, 0);
    }
    assertThat(window.admits(1)).isFalse();
    assertThat(window.inFlightBytes()).isEqualTo(MAX);
    assertThat(window.acknowledged(100_000, 1)).isTrue();
    assertThat(window.admits(100_000)).isTrue();
    assertThat(window.admits(100_001)).isFalse();
  }

  @Test
  void admits_itemLargerThanTheWindow_passesAlone() {
    assertThat(window.admits(MAX * 5)).isTrue();
    long end = window.sent(MAX * 5, 0);
    assertThat(window.admits(1)).isFalse();
    window.acknowledged(end, 1);
    assertThat(window.admits(MAX * 5)).isTrue();
    window.sent(1, 1);
    assertThat(window.admits(MAX * 5)).isFalse();
  }

  @Test
  void acknowledged_whatIsOldOrWasNeverSent_tellsNothing() {
    window.sent(100, 0);
    assertThat(window.acknowledged(101, 1)).isFalse();
    assertThat(window.acknowledged(0, 1)).isFalse();
    assertThat(window.acknowledged(100, 1)).isTrue();
    assertThat(window.acknowledged(100, 1)).isFalse();
    assertThat(window.inFlightBytes()).isZero();
  }

  @Test
  void acknowledged_late_halvesOncePerWindowDownToTheMinimum() {
    window.sent(1_000, 0);
    long second = window.sent(1_000, 0);
    window.acknowledged(1_000, TARGET_NANOS + 1);
    assertThat(window.limitBytes()).isEqualTo(MAX / 2);
    window.acknowledged(second, TARGET_NANOS + 1);
    assertThat(window.limitBytes()).as("the same window").isEqualTo(MAX / 2);
    for (int i = 0; i < 20; i++) {
      window.acknowledged(window.sent(1_000, 1_000), 2_000);
    }
    assertThat(window.limitBytes()).isEqualTo(MIN);
  }

  @Test
  void acknowledged_soonWhileTheWindowLimits_growsBackToTheMaximum() {
    for (int i = 0; i < 20; i++) {
      window.acknowledged(window.sent(1_000, 0), TARGET_NANOS * 2);
    }
    int roundTrips = 0;
    while (window.limitBytes() < MAX) {
      long end = 0;
      while (window.admits(10_000)) {
        end = window.sent(10_000, 0);
      }
      window.acknowledged(end, 1);
      assertThat(++roundTrips).isLessThan(10);
    }
    assertThat(window.limitBytes()).isEqualTo(MAX);
  }

  @Test
  void acknowledged_soonWhileNothingWaits_doesNotGrow() {
    window.acknowledged(window.sent(1_000, 0), TARGET_NANOS * 2);
    for (int i = 0; i < 20; i++) {
      window.acknowledged(window.sent(1_000, 0), 1);
    }
    assertThat(window.limitBytes()).isEqualTo(MAX / 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void inFlight_inRandomTraffic_staysWithinTheLimit(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ArrayDeque<Long> unacknowledged = new ArrayDeque<>();
    long now = 0;
    for (int step = 0; step < 20_000; step++) {
      now += random.nextInt(100);
      long bytes = random.nextLong(1, 200_000);
      if (window.admits(bytes)) {
        boolean alone = window.inFlightBytes() == 0;
        unacknowledged.add(window.sent(bytes, now));
        assertThat(alone || window.inFlightBytes() <= MAX).as("seed %d", seed).isTrue();
      } else if (random.nextBoolean()) {
        long end = unacknowledged.pollFirst();
        while (!unacknowledged.isEmpty() && random.nextBoolean()) {
          end = unacknowledged.pollFirst();
        }
        window.acknowledged(end, now);
      }
      assertThat(window.limitBytes()).as("seed %d", seed).isBetween(MIN, MAX);
    }
  }

  @Test
  void window_minimumAboveMaximum_isTheMaximum() {
    CreditWindow small = new CreditWindow(10, 100, TARGET_NANOS);
    small.acknowledged(small.sent(5, 0), TARGET_NANOS * 2);
    assertThat(small.limitBytes()).isEqualTo(10);
  }
}
