package io.imagebus.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockOffsetTest {

  private final ClockOffset offset = new ClockOffset();

  @Test
  void micros_symmetricDelay_isTheDifferenceOfTheClocks() {
    offset.add(1_000, 51_100, 51_150, 1_250);

    assertThat(offset.micros()).isEqualTo(50_000);
    assertThat(offset.errorMicros()).isEqualTo(100);
  }

  @Test
  void micros_severalExchanges_theQuickestIsBelieved() {
    offset.add(0, 5_900, 5_900, 10_000);
    offset.add(0, 510, 510, 20);
    offset.add(0, 9_000, 9_000, 9_000);

    assertThat(offset.micros()).isEqualTo(500);
    assertThat(offset.errorMicros()).isEqualTo(10);
  }

  @Test
  void micros_nineExchanges_theFirstIsForgotten() {
    offset.add(0, 7, 7, 0);
    for (int i = 0; i < 8; i++) {
      offset.add(0, 120, 120, 200);
    }

    assertThat(offset.micros()).isEqualTo(20);
  }

  @Test
  void micros_noExchange_isUnknown() {
    assertThat(offset.isKnown()).isFalse();
    assertThat(offset.micros()).isZero();
    assertThat(offset.errorMicros()).isEqualTo(Long.MAX_VALUE);
  }
}
