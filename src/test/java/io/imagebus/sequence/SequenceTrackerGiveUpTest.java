package io.imagebus.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceTrackerGiveUpTest {

  private static final long A = 17;
  private final SequenceTracker tracker = new SequenceTracker(SequenceLimits.defaults());

  @Test
  void giveUp_missingNumbers_areLostAtOnceAndOnlyThose() {
    chunks(0, 5, 9);
    assertThat(tracker.giveUp(A, 2, 6)).isEqualTo(4);
    assertCounts(10, 3, 4, 0, 0);
    assertThat(tracker.firstPending(A)).isEqualTo(1);
    assertThat(tracker.isPending(A, 1)).isTrue();
    assertThat(tracker.isPending(A, 2)).isFalse();
    assertThat(tracker.isPending(A, 7)).isTrue();
    assertThat(tracker.giveUp(A, 2, 6)).as("final is final").isZero();
  }

  @Test
  void giveUp_thenACopyComes_isLate() {
    chunks(0, 2);
    tracker.giveUp(A, 1, 1);
    assertThat(tracker.onChunk(A, 1, 0, 1)).isEqualTo(Verdict.LATE);
    assertCounts(3, 2, 1, 0, 0);
    assertThat(tracker.counts().late()).isEqualTo(1);
  }

  @Test
  void giveUp_damagedNumber_isCorrupt() {
    tracker.onChunk(A, 0, 0, 0);
    tracker.onCorrupt(A, 1, 0, 0);
    assertThat(tracker.isPending(A, 1)).isTrue();
    assertThat(tracker.giveUp(A, 0, 9)).isEqualTo(1);
    assertCounts(2, 1, 0, 1, 0);
  }

  @Test
  void giveUp_rangeWithAnnouncedSkips_callsAsManySkippedAsWereAnnounced() {
    tracker.onChunk(A, 0, 0, 0);
    tracker.onChunk(A, 6, 3, 0);
    assertThat(tracker.giveUp(A, 2, 5)).isEqualTo(1);
    assertCounts(7, 2, 1, 0, 3);
    assertThat(tracker.onChunk(A, 1, 0, 1)).isEqualTo(Verdict.REPAIRED);
    assertCounts(7, 3, 1, 0, 3);
  }

  @Test
  void giveUp_beyondWhatIsExpected_changesNothingThere() {
    chunks(0, 2);
    assertThat(tracker.giveUp(A, 0, Long.MAX_VALUE)).isEqualTo(1);
    assertThat(tracker.onChunk(A, 3, 0, 1)).isEqualTo(Verdict.FRESH);
    assertCounts(4, 3, 1, 0, 0);
    assertThat(tracker.firstPending(A)).isEqualTo(tracker.next(A)).isEqualTo(4);
  }

  @Test
  void giveUp_ofAStreamThatIsNotFollowed_changesNothing() {
    chunks(0, 2);
    assertThat(tracker.giveUp(A + 1, 0, 2)).isZero();
    assertThat(tracker.isPending(A + 1, 1)).isFalse();
    assertThat(tracker.firstPending(A + 1)).isEqualTo(tracker.next(A + 1));
    assertThat(tracker.isPending(A, 1)).isTrue();
  }

  @Test
  void firstPending_acrossTheWrap_isFound() {
    tracker.onChunk(A, -2, 0, 0);
    tracker.onChunk(A, 1, 0, 0);
    assertThat(tracker.firstPending(A)).isEqualTo(-1);
    assertThat(tracker.giveUp(A, -1, 0)).isEqualTo(2);
    assertThat(tracker.firstPending(A)).isEqualTo(tracker.next(A)).isEqualTo(2);
  }

  private void chunks(long... numbers) {
    for (long number : numbers) {
      tracker.onChunk(A, number, 0, 0);
    }
  }

  private void assertCounts(long expected, long received, long lost, long corrupt, long skipped) {
    SequenceCounts counts = tracker.counts();
    assertThat(counts.holdsIdentity()).isTrue();
    assertThat(counts.expected()).as("expected").isEqualTo(expected);
    assertThat(counts.received()).as("received").isEqualTo(received);
    assertThat(counts.lost()).as("lost").isEqualTo(lost);
    assertThat(counts.corrupt()).as("corrupt").isEqualTo(corrupt);
    assertThat(counts.skipped()).as("skipped").isEqualTo(skipped);
  }
}
