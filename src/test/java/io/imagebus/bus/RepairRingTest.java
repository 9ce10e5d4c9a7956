package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import org.junit.jupiter.api.Test;

class RepairRingTest {

  private static final long MAX_AGE_NANOS = 10_000_000_000L;
  private final StreamInfo info = Streams.info("site/gate", 5, "here");
  private final Chunker chunker = Streams.chunker(info);

  @Test
  void find_chunkInTheMiddleOfAFrame_isThatChunkAsItWasSent() {
    RepairRing ring = new RepairRing(1 << 20, MAX_AGE_NANOS);
    ring.sent("a", new Arrived(Streams.frame(chunker, 500), 7), 1);
    ChunkedFrame frame = Streams.frame(chunker, 2_500);
    ring.sent("a", new Arrived(frame, 9), 2);
    assertThat(ring.find("a", info.id(), 2))
        .contains(new RepairRing.Sent(frame.chunks().get(1), 9, 2));
    assertThat(ring.find("a", info.id(), 4)).isEmpty();
    assertThat(ring.find("a", Streams.info("x", 6, "here").id(), 2)).isEmpty();
  }

  @Test
  void find_frameThatWentToAnotherNodeOnly_isNotThere() {
    RepairRing ring = new RepairRing(1 << 20, MAX_AGE_NANOS);
    ChunkedFrame frame = Streams.frame(chunker, 500);
    ring.sent("a", new Arrived(frame, 0), 1);
    assertThat(ring.find("b", info.id(), 0)).isEmpty();
    long bytes = ring.bytes();
    ring.sent("b", new Arrived(frame, 3), 2);
    assertThat(ring.find("b", info.id(), 0)).map(RepairRing.Sent::skippedTotal).contains(3L);
    assertThat(ring.find("a", info.id(), 0)).map(RepairRing.Sent::skippedTotal).contains(0L);
    assertThat(ring.bytes()).as("kept once").isEqualTo(bytes).isEqualTo(frame.wireBytes());
  }

  @Test
  void sent_moreThanItHolds_forgetsTheOldest() {
    RepairRing ring = new RepairRing(3_500, MAX_AGE_NANOS);
    for (int i = 0; i < 10; i++) {
      ring.sent("a", new Arrived(Streams.frame(chunker, 1_000), 0), i);
      assertThat(ring.bytes()).isLessThanOrEqualTo(3_500);
    }
    assertThat(ring.find("a", info.id(), 6)).isEmpty();
    assertThat(ring.find("a", info.id(), 7)).isPresent();
    assertThat(ring.find("a", info.id(), 9)).isPresent();
  }

  @Test
  void expire_framesOlderThanAnybodyWants_givesTheirMemoryBack() {
    RepairRing ring = new RepairRing(1 << 20, MAX_AGE_NANOS);
    ring.sent("a", new Arrived(Streams.frame(chunker, 1_000), 0), 0);
    ring.sent("a", new Arrived(Streams.frame(chunker, 1_000), 0), 5);
    ring.expire(MAX_AGE_NANOS + 1);
    assertThat(ring.find("a", info.id(), 0)).isEmpty();
    assertThat(ring.find("a", info.id(), 1)).isPresent();
    ring.expire(MAX_AGE_NANOS + 6);
    assertThat(ring.bytes()).isZero();
  }
}
