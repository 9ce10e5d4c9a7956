package io.imagebus.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRateTest {

  private static final long SECOND = 1_000_000_000;

  private static int sentIn(FrameRate rate, int seconds, double sourceFps, double jitter) {
    Random random = new Random(11);
    int sent = 0;
    for (int i = 0; i < seconds * sourceFps; i++) {
      long now = (long) ((i + jitter * random.nextDouble()) * SECOND / sourceFps);
      if (rate.isDue(now)) {
        rate.sent(now);
        sent++;
      }
    }
    return sent;
  }

  @Test
  void unlimited_rate_letsEveryFrameThrough() {
    assertThat(sentIn(FrameRate.unlimited(), 10, 30, 0.5)).isEqualTo(300);
  }

  @ParameterizedTest
  @CsvSource({"5, 30", "10, 15", "1, 25", "7, 30", "0.5, 10"})
  void rate_belowTheSource_isTheMean(double fps, double sourceFps) {
    assertThat((double) sentIn(FrameRate.of(fps), 100, sourceFps, 0))
        .isBetween(100 * fps * 0.98 - 1, 100 * fps + 1);
  }

  @Test
  void rate_ofTheSourceItself_letsJitteringFramesThrough() {
    assertThat(sentIn(FrameRate.of(10), 100, 10, 0.4)).isGreaterThanOrEqualTo(990);
  }

  @Test
  void rate_afterSilence_doesNotCatchUp() {
    FrameRate rate = FrameRate.of(10);
    rate.sent(0);
    int sent = 0;
    for (long now = 60 * SECOND; now < 61 * SECOND; now += SECOND / 100) {
      if (rate.isDue(now)) {
        rate.sent(now);
        sent++;
      }
    }
    assertThat(sent).isBetween(10, 11);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1001, Double.NaN, Double.POSITIVE_INFINITY})
  void rate_outOfRange_isRefused(double fps) {
    assertThatThrownBy(() -> FrameRate.of(fps))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fps");
  }
}
