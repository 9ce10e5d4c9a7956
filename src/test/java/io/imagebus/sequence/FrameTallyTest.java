package io.imagebus.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.frame.SkipReason;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Frames of three chunks each, sent over a hop that loses some. */
class FrameTallyTest {

  private static final int CHUNKS = 3;
  private static final long EPOCH = 7;

  private final TopicAccount account = new TopicAccount();
  private long nowNanos;
  private long skippedTotal;

  FrameTallyTest() {
    account.tracker().announce(EPOCH, 0, 0, 0);
  }

  private void chunk(long frame, int index) {
    long number = frame * CHUNKS + index;
    account.tracker().onChunk(EPOCH, number, skippedTotal, nowNanos);
    account.chunk(frame, frame * CHUNKS, CHUNKS);
  }

  private void whole(long frame) {
    nowNanos += TimeUnit.MILLISECONDS.toNanos(10);
    for (int index = 0; index < CHUNKS; index++) {
      chunk(frame, index);
    }
    account.whole(frame, 0, 0);
  }

  private void skip(long frame, boolean heard) {
    skippedTotal += CHUNKS;
    if (heard) {
      account.skipped(SkipReason.LINK_CREDIT, frame * CHUNKS, CHUNKS, 1);
      account.tracker().onHeartbeat(EPOCH, (frame + 1) * CHUNKS, skippedTotal, false, nowNanos);
    }
  }

  private void end(long frames) {
    nowNanos += TimeUnit.SECONDS.toNanos(1);
    account.tracker().onHeartbeat(EPOCH, frames * CHUNKS, skippedTotal, true, nowNanos);
    account.tick(nowNanos);
  }

  private void wait1s() {
    nowNanos += TimeUnit.SECONDS.toNanos(1);
    account.tick(nowNanos);
  }

  @Test
  void whole_allOfThem_areGood() {
    whole(0);
    whole(1);
    end(2);
    assertThat(account.frames()).isEqualTo(new FrameCounts(2, 0, 0));
  }

  @Test
  void frame_ofWhichOneChunkIsLost_hasFailed() {
    whole(0);
    chunk(1, 0);
    chunk(1, 2);
    whole(2);
    wait1s();
    whole(3);
    wait1s();
    assertThat(account.frames()).isEqualTo(new FrameCounts(3, 1, 0));
  }

  @Test
  void frame_ofWhichNothingCame_hasFailed() {
    whole(0);
    whole(2);
    end(3);
    assertThat(account.frames()).isEqualTo(new FrameCounts(2, 1, 0));
  }

  @Test
  void frames_leftOutWithoutAWordThatArrived_areSkippedByTheTotal() {
    whole(0);
    skip(1, false);
    skip(2, false);
    whole(3);
    end(4);
    assertThat(account.frames()).isEqualTo(new FrameCounts(2, 0, 2));
  }

  @Test
  void frames_oneLeftOutUnheardAndOneLost_areOneOfEach() {
    whole(0);
    skip(1, false);
    whole(3);
    end(4);
    assertThat(account.counts().lost()).isEqualTo(3);
    assertThat(account.frames()).isEqualTo(new FrameCounts(2, 1, 1));
  }

  @Test
  void frames_lostAtTheHeadAndTheTail_haveFailed() {
    whole(2);
    end(5);
    assertThat(account.frames()).isEqualTo(new FrameCounts(1, 4, 0));
  }

  @Test
  void frames_ofTheNextStream_areAdded() {
    whole(0);
    end(2);
    account.tracker().announce(EPOCH + 1, 0, 0, nowNanos);
    account.tracker().onHeartbeat(EPOCH + 1, 0, 0, true, nowNanos);
    assertThat(account.frames()).isEqualTo(new FrameCounts(1, 1, 0));
  }

  @Test
  void frames_atRandom_addUpToWhatWasOffered() {
    for (long seed = 1; seed <= 300; seed++) {
      new Run(seed).play();
    }
  }

  /** A run of some hundred frames against what really happened to each. */
  private static final class Run {
    private final FrameTallyTest hop = new FrameTallyTest();
    private final SplittableRandom random;
    private final long seed;
    private long good;
    private long failed;
    private long skipped;

    Run(long seed) {
      this.seed = seed;
      random = new SplittableRandom(seed);
    }

    void play() {
      int frames = random.nextInt(1, 400);
      FrameCounts before = FrameCounts.ZERO;
      for (int frame = 0; frame < frames; frame++) {
        step(frame);
        FrameCounts now = hop.account.frames();
        assertThat(now.minus(before)).as("seed %d", seed).satisfies(Run::isNoFall);
        before = now;
      }
      hop.end(frames);
      FrameCounts counted = hop.account.frames();
      assertThat(counted.good()).as("seed %d", seed).isEqualTo(good);
      assertThat(counted.failed() + counted.skipped())
          .as("seed %d", seed)
          .isEqualTo(failed + skipped);
      // Side by side in one half second, a loss of a part of a frame may pass for a skip.
      assertThat(counted.failed())
          .as("seed %d", seed)
          .isBetween(failed - failed / 10 - 1, failed + failed / 10 + 1);
    }

    private static void isNoFall(FrameCounts growth) {
      assertThat(Math.min(growth.good(), Math.min(growth.failed(), growth.skipped())))
          .isNotNegative();
    }

    private void step(int frame) {
      switch (random.nextInt(12)) {
        case 0 -> {
          failed++;
          hop.nowNanos += TimeUnit.MILLISECONDS.toNanos(10);
        }
        case 1 -> {
          failed++;
          hop.chunk(frame, random.nextInt(CHUNKS));
        }
        case 2, 3 -> {
          skipped++;
          hop.skip(frame, random.nextInt(4) > 0);
        }
        case 4 -> {
          good++;
          hop.whole(frame);
          hop.wait1s();
        }
        default -> {
          good++;
          hop.whole(frame);
        }
      }
    }
  }
}
