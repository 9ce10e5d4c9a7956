package io.imagebus.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FreshnessTest {

  private final Freshness freshness = new Freshness(3000, 0);

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private Freshness.State at(long millis) {
    return freshness.at(millis(millis));
  }

  @Test
  void stream_withFrames_isLive() {
    freshness.frame(0, millis(100));
    freshness.frame(0, millis(200));
    assertThat(at(3000)).isEqualTo(Freshness.State.LIVE);
  }

  @Test
  void stream_withoutSign_isStaleAfterTheLimit() {
    freshness.frame(0, 0);
    assertThat(at(3000)).isEqualTo(Freshness.State.LIVE);
    assertThat(at(3001)).isEqualTo(Freshness.State.STALE);
    freshness.frame(0, millis(4000));
    assertThat(at(4001)).isEqualTo(Freshness.State.LIVE);
  }

  @Test
  void stream_thatOnlyBeats_isStale() {
    freshness.frame(0, 0);
    freshness.frame(0, millis(40));
    freshness.sign(millis(3500));
    assertThat(at(3600)).isEqualTo(Freshness.State.STALE);
  }

  @Test
  void stream_whosePicturesAreLeftOutAsUnchanged_isLive() {
    freshness.frame(0, 0);
    freshness.frame(0, millis(40));
    for (int tenth = 1; tenth <= 100; tenth++) {
      freshness.unchanged(millis(tenth * 100L));
    }
    assertThat(at(10_500)).isEqualTo(Freshness.State.LIVE);
    freshness.sign(millis(14_000));
    assertThat(at(14_000)).as("no picture at all").isEqualTo(Freshness.State.STALE);
  }

  @Test
  void slowStream_thatBeats_isLiveForFourIntervals() {
    for (int second = 0; second <= 50; second += 10) {
      freshness.frame(0, millis(second * 1000L));
    }
    freshness.sign(millis(85_000));
    assertThat(at(86_000)).isEqualTo(Freshness.State.LIVE);
    freshness.sign(millis(91_000));
    assertThat(at(92_000)).isEqualTo(Freshness.State.STALE);
  }

  @Test
  void firstPicture_thatIsOld_isStale() {
    freshness.frame(TimeUnit.MINUTES.toMicros(5), 0);
    assertThat(at(1)).isEqualTo(Freshness.State.STALE);
    freshness.frame(TimeUnit.MINUTES.toMicros(5), millis(100));
    assertThat(at(101)).isEqualTo(Freshness.State.LIVE);
  }

  @Test
  void stream_thatEnded_isOfflineUntilItOpens() {
    freshness.frame(0, 0);
    freshness.ended();
    assertThat(at(1)).isEqualTo(Freshness.State.OFFLINE);
    freshness.opened(millis(10));
    freshness.frame(0, millis(11));
    assertThat(at(12)).isEqualTo(Freshness.State.LIVE);
  }
}
