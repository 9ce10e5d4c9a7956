package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.frame.SkipReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboundLinkTest {

  private static final long WINDOW_BYTES = 1_000_000;
  private static final long QUEUE_BYTES = 3_500;
  private static final long MAX_AGE_NANOS = 1_000;
  private static final int FRAME_BYTES = 900;

  private final RecordingTransport transport = new RecordingTransport();
  private final OutboundLink link =
      new OutboundLink(
          new LinkLimits(WINDOW_BYTES, QUEUE_BYTES, MAX_AGE_NANOS, SkipReason.LINK_CREDIT),
          transport);
  private final StreamInfo a = Streams.info("a", 1, "node");
  private final StreamInfo b = Streams.info("b", 2, "node");
  private final Chunker chunkerA = Streams.chunker(a);
  private final Chunker chunkerB = Streams.chunker(b);

  @Test
  void offer_withCredit_sendsAtOnceInOrder() {
    ChunkedFrame first = Streams.frame(chunkerA, FRAME_BYTES);
    link.offer(new Opened(a, 0, 0), 0);
    link.offer(new Arrived(first, 0), 0);
    link.offer(new Beat(a.id(), 1, 0, 0, 0), 0);

    assertThat(transport.take())
        .containsExactly(new Opened(a, 0, 0), new Arrived(first, 0), new Beat(a.id(), 1, 0, 0, 0));
    assertThat(link.waitingBytes()).isZero();
    assertThat(link.sentFrames()).isEqualTo(1);
  }

  @Test
  void offer_withoutCredit_keepsTheNewestAndAnnouncesTheOldestInItsPlace() {
    stall();
    for (int i = 0; i < 10; i++) {
      link.offer(new Arrived(Streams.frame(chunkerA, FRAME_BYTES), 0), 0);
      assertThat(link.waitingBytes()).isLessThanOrEqualTo(QUEUE_BYTES);
    }
    assertThat(transport.take()).isEmpty();
    transport.acknowledgeAll(link, 1);

    List<StreamEvent> sent = transport.take();
    assertThat(sent.get(0)).isEqualTo(new Skipped(a.id(), 0, 6, 7, 7, SkipReason.LINK_CREDIT));
    assertThat(sent.subList(1, 4))
        .extracting(event -> ((Arrived) event).frame().number())
        .containsExactly(7L, 8L, 9L);
    assertThat(sent).allMatch(event -> event.skippedTotal() == 7).hasSize(4);
    assertThat(link.skippedFrames()).containsExactly(Map.entry(SkipReason.LINK_CREDIT, 7L));
  }

  @Test
  void sentNumbers_ofALinkThatWasDown_countWhatPassedMeanwhileAsLeftOut() {
    link.offer(new Opened(a, 5, 0), 0);
    link.offer(new Arrived(Streams.frame(chunkerA, FRAME_BYTES), 0), 0);
    SentNumbers numbers = link.sentNumbers().get(TopicKey.of(a));
    assertThat(numbers.sent() + numbers.skipped()).isZero();

    link.down();
    link.up();
    link.offer(new Opened(a, 9, 0), 0);
    assertThat(numbers.skipped()).isEqualTo(4);
  }

  @Test
  void offer_ofSeveralStreams_theyTakeTurns() {
    stall();
    for (int i = 0; i < 2; i++) {
      link.offer(new Arrived(Streams.frame(chunkerA, 500), 0), 0);
    }
    for (int i = 0; i < 2; i++) {
      link.offer(new Arrived(Streams.frame(chunkerB, 500), 0), 0);
    }
    transport.acknowledgeAll(link, 1);
    assertThat(transport.take())
        .extracting(event -> event.stream())
        .containsExactly(a.id(), b.id(), a.id(), b.id());
  }

  @Test
  void tick_frameThatWaitedTooLong_isAnnouncedAsExpired() {
    stall();
    link.offer(new Arrived(Streams.frame(chunkerA, FRAME_BYTES), 0), 0);
    link.tick(MAX_AGE_NANOS);
    assertThat(link.waitingBytes()).isPositive();
    link.tick(MAX_AGE_NANOS + 1);

    assertThat(link.waitingBytes()).isZero();
    transport.acknowledgeAll(link, MAX_AGE_NANOS + 2);
    assertThat(transport.take())
        .containsExactly(new Skipped(a.id(), 0, 0, 1, 1, SkipReason.EXPIRED));
  }

  @Test
  void forget_streamThatWaits_freesItsBytesAndSendsNothingMoreOfIt() {
    stall();
    link.offer(new Arrived(Streams.frame(chunkerB, 500), 0), 0);
    link.offer(new Arrived(Streams.frame(chunkerA, 500), 0), 0);
    link.offer(new Beat(a.id(), 1, 0, 0, 0), 0);
    long before = link.waitingBytes();
    link.forget(a.id());

    assertThat(link.waitingBytes()).isEqualTo(before / 2);
    transport.acknowledgeAll(link, 1);
    assertThat(transport.take()).extracting(event -> event.stream()).containsExactly(b.id());
    assertThat(link.waitingBytes()).isZero();
  }

  @Test
  void offer_endOfAReplacedStream_isToldBeforeTheNewerStreamBegins() {
    StreamInfo newer = Streams.info("a", 3, "node", 2);
    stall();
    link.offer(new Arrived(Streams.frame(chunkerA, 500), 0), 0);
    link.offer(new Arrived(Streams.frame(chunkerA, 500), 0), 0);
    link.offer(new Ended(a.id(), 2, 0, EndReason.REPLACED), 0);
    link.offer(new Opened(newer, 0, 0), 0);
    transport.acknowledgeAll(link, 1);

    assertThat(transport.take())
        .containsExactly(
            new Skipped(a.id(), 0, 1, 2, 2, SkipReason.LINK_CREDIT),
            new Ended(a.id(), 2, 2, EndReason.REPLACED),
            new Opened(newer, 0, 0));
    assertThat(link.waitingBytes()).isZero();
  }

  @Test
  void offer_streamThatIsForgottenAfterItsEnd_leavesNoLane() {
    for (int i = 0; i < 1_000; i++) {
      StreamInfo info = Streams.info("a", i, "node", i);
      link.offer(new Opened(info, 0, 0), 0);
      link.offer(new Ended(info.id(), 0, 0, EndReason.PUBLISHER_GONE), 0);
      link.forget(info.id());
    }
    assertThat(link.lanes()).isZero();
  }

  @Test
  void up_afterDown_whatPassedMeanwhileCountsAsSkipped() {
    link.offer(new Opened(a, 0, 0), 0);
    link.offer(new Arrived(Streams.frame(chunkerA, FRAME_BYTES), 0), 0);
    link.down();
    for (int i = 0; i < 5; i++) {
      link.offer(new Arrived(Streams.frame(chunkerA, FRAME_BYTES), 2), 0);
    }
    transport.take();
    link.up();
    ChunkedFrame newest = Streams.frame(chunkerA, FRAME_BYTES);
    link.offer(new Opened(a, newest.firstSequence(), 2), 0);
    link.offer(new Arrived(newest, 2), 0);

    assertThat(transport.take())
        .containsExactly(new Opened(a, 6, 5, true, null), new Arrived(newest, 5));
  }

  @Test
  void offer_duringALongStall_heldEventsStayFew() {
    stall();
    for (int i = 0; i < 20_000; i++) {
      link.offer(new Arrived(Streams.frame(chunkerA, FRAME_BYTES), 0), i);
      link.offer(new Beat(a.id(), chunkerA.nextSequence(), 0, 0, 0), i);
      link.tick(i);
    }
    transport.take();
    transport.acknowledgeAll(link, 20_000);
    assertThat(transport.take()).hasSizeLessThan(200);
  }

  /** Fills the window with a frame that nobody acknowledges. */
  private void stall() {
    StreamInfo other = Streams.info("other", 99, "node");
    link.offer(
        new Arrived(Streams.frame(Streams.chunker(other), (int) WINDOW_BYTES - 60_000), 0), 0);
    while (link.window().admits(200)) {
      link.offer(new Arrived(Streams.frame(Streams.chunker(other), 100), 0), 0);
    }
    transport.take();
  }
}
