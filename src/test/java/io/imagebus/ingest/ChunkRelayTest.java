package io.imagebus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.base.Clock;
import io.imagebus.bus.PublishedStream;
import io.imagebus.bus.StreamEvent;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.bus.StreamInfo;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.dct.DctCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkRelayTest {

  private static final StreamInfo INFO =
      new StreamInfo(
          new StreamId(3), new Topic("gate"), Variant.SOURCE, ImageFormat.JPEG, "node", 1);

  private static final PictureInfo PICTURE = new PictureInfo(ImageFormat.JPEG, 8, 8, 3, 8);

  private final List<StreamEvent> out = new ArrayList<>();
  private final ChunkRelay relay =
      new ChunkRelay(
          new IngestStream(
              new PublishedStream(INFO, out::add),
              new PicturePolicy(Unchanged.PASS, 0, false),
              new LookThread(Runnable::run, DctCodec::new, "look"),
              Clock.system()));
  private final Chunker chunker = new Chunker(INFO.id(), 100);

  @Test
  void pass_framesInOrder_goOnAsTheyAre() {
    ChunkedFrame first = frame(3);
    ChunkedFrame second = frame(1);
    assertThat(pass(first)).isTrue();
    assertThat(pass(second)).isTrue();
    assertThat(out).containsExactly(new Arrived(first, 0), new Arrived(second, 0));
  }

  @Test
  void pass_afterALostFrame_announcesItAsIncompleteFirst() {
    frame(3);
    ChunkedFrame second = frame(1);
    pass(second);
    assertThat(out).containsExactly(skip(0, 2, 3, SkipReason.INCOMPLETE), new Arrived(second, 3));
  }

  @Test
  void leaveOut_rightHere_isAnnouncedAtOnce() {
    relay.leaveOut(0, 4, 2, SkipReason.PUBLISHER);
    assertThat(out).containsExactly(new Skipped(INFO.id(), 0, 4, 2, 5, SkipReason.PUBLISHER));
  }

  @Test
  void leaveOut_fartherOn_waitsForItsPlace() {
    relay.leaveOut(3, 4, 1, SkipReason.REJECTED);
    assertThat(out).isEmpty();
    frame(5);
    ChunkedFrame next = frame(1);
    pass(next);
    assertThat(out)
        .containsExactly(
            skip(0, 2, 3, SkipReason.INCOMPLETE),
            skip(3, 4, 5, SkipReason.REJECTED),
            new Arrived(next, 5));
  }

  @Test
  void pass_frameThatThePublisherCalledLeftOut_isNotPassed() {
    relay.leaveOut(2, 50, 1, SkipReason.PUBLISHER);
    frame(5);
    assertThat(pass(frame(2))).isFalse();
    assertThat(out).hasOnlyElementsOfType(Skipped.class);
    assertThat(pass(frame(1))).isFalse();
  }

  @Test
  void closeUpTo_theEnd_accountsForEveryNumber() {
    relay.leaveOut(3, 4, 1, SkipReason.PUBLISHER);
    relay.closeUpTo(10);
    assertThat(out)
        .containsExactly(
            skip(0, 2, 3, SkipReason.INCOMPLETE),
            skip(3, 4, 5, SkipReason.PUBLISHER),
            skip(5, 9, 10, SkipReason.INCOMPLETE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void relay_contradictoryPublisher_staysGapless(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int step = 0; step < 2_000; step++) {
      long from = Math.max(0, chunker.nextSequence() + random.nextInt(-20, 40));
      switch (random.nextInt(4)) {
        case 0 -> relay.leaveOut(from, from + random.nextInt(-2, 30), 1, SkipReason.PUBLISHER);
        case 1 -> frame(random.nextInt(1, 5));
        case 2 -> relay.closeUpTo(chunker.nextSequence());
        default -> pass(frame(random.nextInt(1, 5)));
      }
    }
    long next = 0;
    long skipped = 0;
    for (StreamEvent event : out) {
      if (event instanceof Arrived arrived) {
        assertThat(arrived.frame().firstSequence()).as("seed %d", seed).isEqualTo(next);
        next = arrived.frame().nextSequence();
      } else if (event instanceof Skipped skip) {
        assertThat(skip.from()).as("seed %d", seed).isEqualTo(next);
        skipped += skip.to() - skip.from() + 1;
        next = skip.to() + 1;
      }
      assertThat(event.skippedTotal()).as("seed %d", seed).isEqualTo(skipped);
    }
  }

  private boolean pass(ChunkedFrame frame) {
    return relay.pass(frame, PICTURE).isPresent();
  }

  private ChunkedFrame frame(int chunks) {
    return chunker.cut(new byte[chunks * 100], 0);
  }

  private static Skipped skip(long from, long to, long total, SkipReason reason) {
    return new Skipped(INFO.id(), from, to, 1, total, reason);
  }
}
