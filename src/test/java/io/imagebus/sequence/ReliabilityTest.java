package io.imagebus.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReliabilityTest {

  @Test
  void measured_nothingSettled_isUnknown() {
    Reliability reliability = Reliability.of(SequenceCounts.ZERO);

    assertThat(reliability.measured()).isEmpty();
    assertThat(reliability.claim()).isEmpty();
    assertThat(reliability.isLowerBound()).isFalse();
  }

  @Test
  void claim_nothingFailed_isRuleOfThree() {
    Reliability reliability = new Reliability(3_000, 0);

    assertThat(reliability.measured()).hasValue(1.0);
    assertThat(reliability.claim()).hasValue(0.999);
    assertThat(reliability.isLowerBound()).isTrue();
  }

  @Test
  void claim_fewerThanThreeSettled_isNotNegative() {
    assertThat(new Reliability(2, 0).claim()).hasValue(0.0);
  }

  @Test
  void claim_somethingFailed_isMeasuredShare() {
    Reliability reliability = new Reliability(8, 2);

    assertThat(reliability.claim()).hasValue(0.75);
    assertThat(reliability.isLowerBound()).isFalse();
  }

  @Test
  void of_skippedAndPending_leavesThemOut() {
    SequenceTracker tracker = new SequenceTracker(SequenceLimits.defaults());
    tracker.onChunk(1, 0, 0, 0);
    tracker.onChunk(1, 3, 2, 0);
    tracker.onCorrupt(1, 4, 2, 0);
    tracker.onChunk(1, 6, 2, 0);
    tracker.tick(SequenceLimits.defaults().settleNanos());
    tracker.onChunk(1, 8, 2, SequenceLimits.defaults().settleNanos());

    Reliability reliability = Reliability.of(tracker.counts());

    assertThat(reliability).isEqualTo(new Reliability(6, 2));
    assertThat(reliability.measured().getAsDouble()).isCloseTo(4.0 / 6, within(1e-12));
  }

  @Test
  void construct_moreFailedThanSettled_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Reliability(1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Reliability(1, -1));
  }
}
