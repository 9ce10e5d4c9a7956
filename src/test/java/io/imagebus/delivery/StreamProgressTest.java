package io.imagebus.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import org.junit.jupiter.api.Test;

class StreamProgressTest {

  private static final StreamId STREAM = new StreamId(5);

  private final Chunker chunker = new Chunker(STREAM, 10);
  private final StreamProgress progress = new StreamProgress(0, 0);

  private ChunkedFrame frame(int chunks) {
    return chunker.cut(new byte[10 * chunks], 1);
  }

  @Test
  void frame_inOrder_leavesNoHole() {
    assertThat(progress.arrived(frame(3), 0)).isEmpty();
    assertThat(progress.arrived(frame(1), 0)).isEmpty();
    assertThat(progress.nextSequence()).isEqualTo(4);
  }

  @Test
  void hole_thatTheTotalExplains_isLinkCredit() {
    progress.arrived(frame(1), 0);
    frame(2);
    assertThat(progress.arrived(frame(1), 2))
        .containsExactly(new SkipRun(1, 2, 1, SkipReason.LINK_CREDIT));
  }

  @Test
  void hole_thatNobodyAnnounced_isIncomplete() {
    progress.arrived(frame(1), 0);
    frame(2);
    assertThat(progress.arrived(frame(1), 0))
        .containsExactly(new SkipRun(1, 2, 1, SkipReason.INCOMPLETE));
  }

  @Test
  void hole_partlyExplained_isSplit() {
    progress.arrived(frame(1), 0);
    frame(2);
    frame(3);
    assertThat(progress.arrived(frame(1), 3))
        .containsExactly(
            new SkipRun(1, 3, 2, SkipReason.LINK_CREDIT),
            new SkipRun(4, 5, 0, SkipReason.INCOMPLETE));
  }

  @Test
  void announcement_keepsItsReason() {
    progress.arrived(frame(1), 0);
    frame(2);
    assertThat(progress.skipped(new Skipped(STREAM, 1, 2, 1, 2, SkipReason.EXPIRED)))
        .containsExactly(new SkipRun(1, 2, 1, SkipReason.EXPIRED));
    assertThat(progress.arrived(frame(1), 2)).isEmpty();
  }

  @Test
  void announcement_afterLoss_tellsTheLossFirst() {
    progress.arrived(frame(1), 0);
    frame(2);
    frame(1);
    assertThat(progress.skipped(new Skipped(STREAM, 3, 3, 1, 1, SkipReason.EXPIRED)))
        .containsExactly(
            new SkipRun(1, 2, 0, SkipReason.INCOMPLETE), new SkipRun(3, 3, 1, SkipReason.EXPIRED));
  }

  @Test
  void announcement_ofWhatIsPast_isPassedOver() {
    progress.arrived(frame(3), 0);
    assertThat(progress.skipped(new Skipped(STREAM, 0, 2, 1, 3, SkipReason.EXPIRED))).isEmpty();
    assertThat(progress.nextSequence()).isEqualTo(3);
  }

  @Test
  void announcement_thatOverlaps_tellsTheRest() {
    progress.arrived(frame(2), 0);
    assertThat(progress.skipped(new Skipped(STREAM, 1, 4, 1, 3, SkipReason.EXPIRED)))
        .containsExactly(new SkipRun(2, 4, 1, SkipReason.EXPIRED));
  }

  @Test
  void frame_thatComesAgain_isPast() {
    ChunkedFrame frame = frame(2);
    assertThat(progress.isPast(frame)).isFalse();
    progress.arrived(frame, 0);
    assertThat(progress.isPast(frame)).isTrue();
  }

  @Test
  void total_thatFalls_isNotBelieved() {
    StreamProgress later = new StreamProgress(0, 40);
    frame(1);
    assertThat(later.arrived(frame(1), 7))
        .containsExactly(new SkipRun(0, 0, 0, SkipReason.INCOMPLETE));
    frame(1);
    assertThat(later.arrived(frame(1), 41))
        .containsExactly(new SkipRun(2, 2, 1, SkipReason.LINK_CREDIT));
  }
}
