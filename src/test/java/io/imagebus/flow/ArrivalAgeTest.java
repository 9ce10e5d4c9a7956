package io.imagebus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalAgeTest {

  private static final long WINDOW = 1_000;

  private final ArrivalAge age = new ArrivalAge(WINDOW);

  @Test
  void nanosOf_fastestMessage_isZeroWhateverTheClocksSay() {
    for (long offset : new long[] {0, 5_000_000, -5_000_000}) {
      assertThat(new ArrivalAge(WINDOW).nanosOf(100 + offset, 130)).isZero();
    }
  }

  @Test
  void nanosOf_slowerMessage_isWhatItTookLonger() {
    age.nanosOf(100, 130);
    assertThat(age.nanosOf(200, 280)).isEqualTo(50);
    assertThat(age.nanosOf(300, 320)).isZero();
    assertThat(age.nanosOf(400, 430)).isEqualTo(10);
  }

  @Test
  void nanosOf_afterALongPause_isStillTheWholePause() {
    age.nanosOf(0, 10);
    assertThat(age.nanosOf(100, 50_110)).isEqualTo(50_000);
  }

  @Test
  void nanosOf_clocksThatDrift_areForgivenAfterTwoWindows() {
    long now = 0;
    long drifted = 0;
    for (int i = 0; i < 10_000; i++) {
      now += 100;
      drifted = now / 100;
      assertThat(age.nanosOf(now, now + drifted)).isLessThanOrEqualTo(2 * WINDOW / 100 + 2);
    }
    assertThat(drifted).isEqualTo(10_000);
  }

  @Test
  void nanosOf_wrappingClocks_areSubtracted() {
    age.nanosOf(Long.MAX_VALUE - 5, Long.MIN_VALUE + 5);
    assertThat(age.nanosOf(Long.MAX_VALUE - 1, Long.MIN_VALUE + 29)).isEqualTo(20);
  }
}
