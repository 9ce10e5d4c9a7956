package io.imagebus.compression;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.VariantFeed.Pool;
import org.junit.jupiter.api.Test;

class LoadSenseTest {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final LoadSense load = new LoadSense();
  private long busyNanos;
  private long leftOut;
  private long second;

  /** A second in which two threads were busy for a share of it. */
  private void pass(double share, int busy, int waiting, long moreLeftOut) {
    second++;
    busyNanos += (long) (2 * SECOND_NANOS * share);
    leftOut += moreLeftOut;
    load.look(new Pool(2, busy, waiting, 0, busyNanos), leftOut, second * SECOND_NANOS);
  }

  @Test
  void look_quietPool_hasRoom() {
    pass(0.2, 0, 0, 0);
    assertThat(load.hasRoom()).isTrue();
    assertThat(load.leavesOut()).isFalse();
  }

  @Test
  void look_fullPoolThatKeepsUp_neitherLendsNorTakes() {
    pass(0.9, 2, 0, 0);
    assertThat(load.hasRoom()).isFalse();
    assertThat(load.leavesOut()).isFalse();
  }

  @Test
  void look_picturesLeftOutByAFullPool_isTooMuch() {
    pass(0.95, 2, 3, 10);
    assertThat(load.leavesOut()).isTrue();
    pass(0.95, 2, 3, 0);
    assertThat(load.leavesOut()).as("the count does not fall, but it stands").isFalse();
  }

  @Test
  void look_picturesLeftOutByOneSlowStream_isNoReason() {
    pass(0.5, 1, 0, 10);
    assertThat(load.leavesOut()).isFalse();
  }

  @Test
  void look_jobsThatLastForSeconds_areSeenBeforeTheyEnd() {
    pass(0, 2, 4, 5);
    assertThat(load.leavesOut()).isTrue();
    assertThat(load.hasRoom()).isFalse();
  }
}
