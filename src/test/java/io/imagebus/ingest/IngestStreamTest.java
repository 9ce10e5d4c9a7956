package io.imagebus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.base.Clock;
import io.imagebus.bus.PublishedStream;
import io.imagebus.bus.StreamEvent;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
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
import io.imagebus.image.PictureLimits;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Pictures;
import io.imagebus.image.Probed;
import io.imagebus.image.dct.DctCodec;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IngestStreamTest {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final byte[] FIRST = Pictures.baselineJpeg(64, 48);
  private static final byte[] OTHER = Pictures.grayJpeg(80, 48);
  private static final StreamInfo INFO =
      new StreamInfo(
          new StreamId(3), new Topic("gate"), Variant.SOURCE, ImageFormat.JPEG, "node", 1);

  private final List<StreamEvent> out = new ArrayList<>();
  private final BlockingQueue<Runnable> eventLoop = new LinkedBlockingQueue<>();
  private final LookThread thread = new LookThread(eventLoop::add, DctCodec::new, "look");
  private final Chunker chunker = new Chunker(INFO.id(), 100);
  private final List<Future<Verdict>> verdicts = new ArrayList<>();
  private long nowNanos = 100 * SECOND_NANOS;

  @AfterEach
  void close() {
    thread.close();
  }

  private IngestStream stream(Unchanged unchanged, boolean refusesDamaged) {
    Clock clock =
        new Clock() {
          @Override
          public long nanoTime() {
            return nowNanos;
          }

          @Override
          public long epochMicros() {
            return nowNanos / 1_000;
          }
        };
    return new IngestStream(
        new PublishedStream(INFO, out::add),
        new PicturePolicy(unchanged, SECOND_NANOS, refusesDamaged),
        thread,
        clock);
  }

  private void pass(IngestStream stream, byte[] picture) {
    Probed probed =
        PictureProbe.probe(picture, 0, picture.length, new PictureLimits(1 << 20, 1 << 20));
    PictureInfo info = ((Probed.Accepted) probed).info();
    ChunkedFrame frame = chunker.cut(picture, 0);
    verdicts.add(stream.pass(frame, info));
  }

  /** Lets so many looks come back to the event loop. */
  private void look(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      Runnable back = eventLoop.poll(20, TimeUnit.SECONDS);
      assertThat(back).as("look %d", i).isNotNull();
      back.run();
    }
  }

  private List<String> told() {
    List<String> words = new ArrayList<>();
    long next = 0;
    long skipped = 0;
    for (StreamEvent event : out) {
      if (event instanceof Arrived arrived) {
        assertThat(arrived.frame().firstSequence()).isEqualTo(next);
        next = arrived.frame().nextSequence();
        words.add("frame " + arrived.frame().number());
      } else if (event instanceof Skipped skip) {
        assertThat(skip.from()).isEqualTo(next);
        skipped += skip.to() - skip.from() + 1;
        next = skip.to() + 1;
        words.add(skip.reason().label());
      } else if (event instanceof Ended end) {
        assertThat(end.nextSequence()).isEqualTo(next);
        words.add("end");
      }
      assertThat(event.skippedTotal()).isEqualTo(skipped);
    }
    return words;
  }

  @Test
  void pass_topicThatAsksNothing_goesOnAtOnce() {
    IngestStream stream = stream(Unchanged.PASS, false);
    pass(stream, FIRST);
    pass(stream, FIRST);
    assertThat(told()).containsExactly("frame 0", "frame 1");
    assertThat(verdicts.get(1).result()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void pass_repeatsToBeDropped_areAnnounced() throws Exception {
    IngestStream stream = stream(Unchanged.DROP, false);
    for (byte[] picture : List.of(FIRST, FIRST, OTHER, OTHER, FIRST)) {
      pass(stream, picture);
      look(1);
      nowNanos += 60 * SECOND_NANOS;
    }
    assertThat(told()).containsExactly("frame 0", "unchanged", "frame 2", "unchanged", "frame 4");
    assertThat(verdicts.get(1).result()).isEqualTo(Verdict.UNCHANGED);
  }

  @Test
  void pass_repeatsToBeThinnedOut_goOnOnceInAHeartbeat() throws Exception {
    IngestStream stream = stream(Unchanged.THIN, false);
    for (int i = 0; i < 7; i++) {
      pass(stream, FIRST);
      look(1);
      nowNanos += SECOND_NANOS / 3 + 1;
    }
    assertThat(told())
        .containsExactly(
            "frame 0", "unchanged", "unchanged", "frame 3", "unchanged", "unchanged", "frame 6");
  }

  @Test
  void whatHappensDuringALook_waitsBehindIt() throws Exception {
    IngestStream stream = stream(Unchanged.DROP, false);
    pass(stream, FIRST);
    stream.skip(chunker.nextSequence(), 1, SkipReason.PUBLISHER);
    assertThat(out).isEmpty();
    assertThat(stream.nextSequence()).isEqualTo(chunker.nextSequence() + 1);
    look(1);
    assertThat(told()).containsExactly("frame 0", "publisher");
  }

  @Test
  void pass_moreThanCanWait_goesOnUnseen_andIsNotTakenForAnOlderOne() throws Exception {
    IngestStream stream = stream(Unchanged.DROP, false);
    for (int i = 0; i < IngestStream.MAX_WAITING; i++) {
      pass(stream, FIRST);
    }
    pass(stream, OTHER);
    assertThat(out).as("the first look is not back").isEmpty();
    look(IngestStream.MAX_WAITING + 1);
    pass(stream, FIRST);
    look(1);
    assertThat(told())
        .containsExactly("frame 0", "unchanged", "unchanged", "unchanged", "frame 4", "frame 5");
  }

  @Test
  void end_duringLooks_isTheLastThatIsTold() throws Exception {
    IngestStream stream = stream(Unchanged.DROP, false);
    pass(stream, FIRST);
    pass(stream, OTHER);
    stream.end(EndReason.DRAIN);
    look(2);
    assertThat(told()).containsExactly("frame 0", "frame 1", "end");
    assertThat(verdicts).allMatch(Future::succeeded);
  }

  @Test
  void pass_damagedPicture_isRefusedWhereItsTopicWantsThat() throws Exception {
    byte[] damaged = FIRST.clone();
    for (int at = damaged.length / 2; at < damaged.length - 2; at++) {
      damaged[at] = 0x55;
    }
    IngestStream stream = stream(Unchanged.PASS, true);
    pass(stream, FIRST);
    pass(stream, damaged);
    pass(stream, FIRST);
    look(3);
    assertThat(told()).containsExactly("frame 0", "rejected", "frame 2");
    assertThat(verdicts.get(1).result()).isEqualTo(Verdict.DAMAGED);
  }
}
