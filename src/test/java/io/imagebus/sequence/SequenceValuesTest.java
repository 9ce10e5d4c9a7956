package io.imagebus.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The values around the tracker: limits, counts, states. */
class SequenceValuesTest {

  private static final SequenceCounts PRIMES =
      new SequenceCounts(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59);

  @Test
  void defaults_areThoseOfTheSpecification() {
    assertThat(SequenceLimits.defaults())
        .isEqualTo(new SequenceLimits(1_024, 500_000_000L, 8_192, 1_048_576, 3_000_000_000L, 8));
  }

  @Test
  void forFrameInterval_slowCamera_waitsTwoFrames() {
    SequenceLimits slow = SequenceLimits.defaults().forFrameIntervalNanos(1_000_000_000L);
    SequenceLimits fast = SequenceLimits.defaults().forFrameIntervalNanos(40_000_000L);

    assertThat(slow.settleNanos()).isEqualTo(2_000_000_000L);
    assertThat(fast).isEqualTo(SequenceLimits.defaults());
  }

  @Test
  void construct_badLimit_isRefusedWithItsName() {
    assertRefused("reorderWindow", 0, 1, 64, 1, 1, 1);
    assertRefused("reorderWindow", 65, 1, 64, 1, 1, 1);
    assertRefused("settleNanos", 1, 0, 64, 1, 1, 1);
    assertRefused("history", 1, 1, 0, 1, 1, 1);
    assertRefused("history", 1, 1, 63, 1, 1, 1);
    assertRefused("history", 1, 1, Integer.MIN_VALUE, 1, 1, 1);
    assertRefused("maxJump", 1, 1, 64, 0, 1, 1);
    assertRefused("silenceNanos", 1, 1, 64, 1, 0, 1);
    assertRefused("retiredStreams", 1, 1, 64, 1, 1, 0);
  }

  @Test
  void plusAndMinus_anyCounts_undoEachOther() {
    assertThat(SequenceCounts.ZERO.plus(PRIMES)).isEqualTo(PRIMES);
    assertThat(PRIMES.plus(PRIMES).minus(PRIMES)).isEqualTo(PRIMES);
    assertThat(PRIMES.minus(PRIMES)).isEqualTo(SequenceCounts.ZERO);
  }

  @Test
  void minus_laterCounts_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SequenceCounts.ZERO.minus(PRIMES))
        .withMessageContaining("negative");
  }

  @Test
  void holdsIdentity_numberUnaccountedFor_isFalse() {
    assertThat(PRIMES.holdsIdentity()).isFalse();
    assertThat(SequenceCounts.ZERO.holdsIdentity()).isTrue();
  }

  @Test
  void become_backToIdle_throws() {
    assertThatIllegalStateException().isThrownBy(() -> StreamState.LIVE.become(StreamState.IDLE));
  }

  @Test
  void become_silentWithoutHavingBeenLive_throws() {
    assertThatIllegalStateException()
        .isThrownBy(() -> StreamState.CLOSED.become(StreamState.SILENT));
    assertThatIllegalStateException().isThrownBy(() -> StreamState.IDLE.become(StreamState.SILENT));
  }

  @Test
  void newTracker_nothingHeard_isIdleHoweverLong() {
    SequenceTracker tracker = new SequenceTracker(SequenceLimits.defaults());

    tracker.tick(TimeUnit.HOURS.toNanos(1));

    assertThat(tracker.state()).isEqualTo(StreamState.IDLE);
    assertThat(tracker.counts()).isEqualTo(SequenceCounts.ZERO);
  }

  private static void assertRefused(
      String name, int window, long settle, int history, long jump, long silence, int retired) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SequenceLimits(window, settle, history, jump, silence, retired))
        .withMessageContaining(name);
  }
}
