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
import io.imagebus.frame.TopicFilter;
import io.imagebus.sequence.GapRecord;
import io.imagebus.sequence.SequenceCounts;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Gaps of a must-see topic between two nodes. */
class GapRepairTest {

  private static final int HEADER_AT = 4;
  private static final int BODY_AT = HEADER_AT + 64;
  private static final byte CHUNK = 1;

  private final StreamInfo info = Streams.info("site/gate", 5, "there");
  private final Chunker chunker = Streams.chunker(info);
  private LinkPair pair = pairWith(settings(1 << 20, 1 << 20, 1 << 20));
  private int requests;

  private static RepairSettings settings(long ringBytes, long bytesPerSecond, long holdBytes) {
    return new RepairSettings(
        List.of(new TopicFilter("site/#")), ringBytes, bytesPerSecond, 2_000, holdBytes, 10_000);
  }

  private LinkPair pairWith(RepairSettings settings) {
    LinkPair made =
        new LinkPair(
            new LinkLimits(2 << 20, 4 << 20, LinkPair.MAX_AGE_NANOS, SkipReason.LINK_CREDIT),
            settings,
            3);
    made.wayBack =
        message -> {
          requests++;
          return Optional.of(message);
        };
    return made;
  }

  @Test
  void onChunk_oneLost_isAskedForOnceAndHandedOnInOrder() {
    send(new Opened(info, 0, 0));
    List<ChunkedFrame> frames = List.of(next(2_500), next(1_500), next(500));
    pair.way = without(1);
    frames.forEach(frame -> send(new Arrived(frame, 0)));
    assertThat(pair.take()).as("later frames wait").containsExactly(new Opened(info, 0, 0));

    pair.way = Optional::of;
    pair.pass(60);
    assertThat(requests).isEqualTo(1);
    assertPictures(pair.take(), frames);
    assertCounts(6, 6, 0, 0);
    assertThat(pair.counts(info).reordered()).isEqualTo(1);
    assertThat(pair.line(info).repairs().repaired()).isEqualTo(1);
    assertThat(pair.answered().getLong("sentChunks")).isEqualTo(1);
  }

  @Test
  void onChunk_sentAgain_isMarkedAndElseTheSame() {
    send(new Opened(info, 0, 0));
    ChunkedFrame frame = next(2_500);
    pair.way = without(2);
    send(new Arrived(frame, 0));
    send(new Beat(info.id(), 3, 0, 0, 0));
    pair.way = Optional::of;
    pair.pass(60);
    ChunkedFrame came = ((Arrived) pair.take().get(1)).frame();
    assertThat(came.chunks())
        .map(chunk -> chunk.header().isRepaired())
        .containsExactly(false, false, true);
    assertThat(came.chunks().get(2).header().isLast()).isTrue();
    assertThat(came.chunks().get(2).header().payloadCrc())
        .isEqualTo(frame.chunks().get(2).header().payloadCrc());
    assertThat(came.picture()).isEqualTo(frame.picture());
  }

  @Test
  void onChunk_answerLost_isAskedForAgain() {
    send(new Opened(info, 0, 0));
    List<ChunkedFrame> frames = List.of(next(500), next(500), next(500));
    pair.way = without(1);
    frames.forEach(frame -> send(new Arrived(frame, 0)));
    pair.pass(60);
    assertThat(requests).isEqualTo(1);
    assertThat(pair.counts(info).pending()).isEqualTo(1);
    pair.way = Optional::of;
    pair.pass(150);
    assertThat(requests).isEqualTo(2);
    assertPictures(pair.take(), frames);
    assertCounts(3, 3, 0, 0);
  }

  @Test
  void onChunk_neverAnswered_isGivenUpAfterTheLastTry() {
    send(new Opened(info, 0, 0));
    pair.wayBack =
        message -> {
          requests++;
          return Optional.empty();
        };
    pair.way = without(1);
    List<ChunkedFrame> frames = List.of(next(500), next(500), next(500));
    frames.forEach(frame -> send(new Arrived(frame, 0)));
    pair.pass(1_990);
    assertThat(requests).isEqualTo(GapRequests.TRIES);
    assertPictures(pair.take(), List.of(frames.get(0), frames.get(2)));
    assertCounts(3, 2, 1, 0);
    assertThat(pair.line(info).repairs().unrepairable()).isEqualTo(1);
  }

  @Test
  void onChunk_ringHasForgottenIt_isLostAtOnce() {
    pair = pairWith(settings(1_200, 1 << 20, 1 << 20));
    send(new Opened(info, 0, 0));
    pair.way = without(1);
    List<ChunkedFrame> frames = List.of(next(500), next(500), next(500), next(500));
    frames.forEach(frame -> send(new Arrived(frame, 0)));
    pair.pass(60);
    assertThat(requests).isEqualTo(1);
    assertPictures(pair.take(), List.of(frames.get(0), frames.get(2), frames.get(3)));
    assertCounts(4, 3, 1, 0);
    assertThat(pair.line(info).repairs().unrepairable()).isEqualTo(1);
    assertThat(pair.answered().getLong("refusedChunks")).isEqualTo(1);
    assertThat(pair.line(info).gaps())
        .singleElement()
        .satisfies(gap -> assertThat(gap.outcome()).isEqualTo(GapRecord.Outcome.UNREPAIRABLE));
  }

  @Test
  void onChunk_budgetExhausted_isPutOffAndComesWithALaterTry() {
    pair = pairWith(settings(1 << 20, 5_000, 1 << 20));
    send(new Opened(info, 0, 0));
    pair.way = without(0, 1, 2, 3, 4, 5, 6);
    List<ChunkedFrame> frames = List.of(next(7_000), next(500));
    frames.forEach(frame -> send(new Arrived(frame, 0)));
    pair.way = Optional::of;
    pair.pass(60);
    assertThat(pair.answered().getLong("sentChunks")).isEqualTo(4);
    assertThat(pair.answered().getLong("putOffChunks")).isEqualTo(3);
    pair.pass(1_800);
    assertPictures(pair.take(), frames);
    assertCounts(8, 8, 0, 0);
  }

  @Test
  void onChunk_moreThanMayBeHeld_givesTheOldestGapUpAndGoesOnInOrder() {
    pair = pairWith(settings(1 << 20, 1 << 20, 3_000));
    send(new Opened(info, 0, 0));
    pair.wayBack = message -> Optional.empty();
    pair.way = without(1);
    List<ChunkedFrame> frames =
        List.of(next(500), next(500), next(1_000), next(1_000), next(1_000));
    frames.subList(0, 4).forEach(frame -> send(new Arrived(frame, 0)));
    assertThat(pair.take()).hasSize(2);
    send(new Arrived(frames.get(4), 0));
    assertPictures(pair.take(), frames.subList(2, 5));
    assertCounts(5, 4, 1, 0);
  }

  @Test
  void onChunk_payloadDamaged_isAskedForToo() {
    send(new Opened(info, 0, 0));
    pair.way = Damage.ofByte(BODY_AT + 60);
    ChunkedFrame frame = next(500);
    send(new Arrived(frame, 0));
    pair.way = Optional::of;
    pair.pass(60);
    assertPictures(pair.take(), List.of(frame));
    assertCounts(1, 1, 0, 0);
  }

  @Test
  void onEvent_tailLost_isFoundByTheHeartbeatWhichWaits() {
    send(new Opened(info, 0, 0));
    ChunkedFrame frame = next(1_500);
    pair.way = without(1);
    send(new Arrived(frame, 0));
    pair.way = Optional::of;
    Beat beat = new Beat(info.id(), 2, 0, 0, 9);
    send(beat);
    assertThat(pair.take()).containsExactly(new Opened(info, 0, 0));
    pair.pass(60);
    List<StreamEvent> out = pair.take();
    assertPictures(out.subList(0, 1), List.of(frame));
    assertThat(out.get(1)).isEqualTo(beat);
  }

  @Test
  void onEvent_cleanEndWithTheTailMissing_waitsForTheTail() {
    send(new Opened(info, 0, 0));
    ChunkedFrame frame = next(500);
    pair.way = without(0);
    send(new Arrived(frame, 0));
    pair.way = Optional::of;
    Ended end = new Ended(info.id(), 1, 0, EndReason.PUBLISHER_GONE);
    send(end);
    pair.take();
    pair.pass(60);
    List<StreamEvent> out = pair.take();
    assertThat(out).hasSize(2).endsWith(end);
    assertCounts(1, 1, 0, 0);
    assertThat(pair.counts(info).unknownTails()).isZero();
  }

  @Test
  void up_chunksThatWereInFlightWhenTheLinkBroke_areRepairedAndTheRestStaysSkipped() {
    send(new Opened(info, 0, 0));
    ChunkedFrame before = next(1_500);
    send(new Arrived(before, 0));
    ChunkedFrame inFlight = next(2_500);
    pair.way = message -> Optional.empty();
    send(new Arrived(inFlight, 0));
    pair.outbound.down();
    next(1_500);
    ChunkedFrame last = next(500);
    pair.pass(4_000);

    pair.way = Optional::of;
    pair.outbound.up();
    send(new Opened(info, last.firstSequence(), 0));
    send(new Arrived(last, 0));
    pair.pass(60);
    List<StreamEvent> out = pair.take();
    assertPictures(out, List.of(before, inFlight, last));
    assertThat(out).contains(new Opened(info, 7, 2, true, null));
    assertCounts(8, 6, 0, 2);
    assertThat(pair.line(info).repairs().unrepairable()).isZero();
  }

  @Test
  void onEvent_framesLeftOutForWantOfCredit_areNotAskedFor() {
    send(new Opened(info, 0, 0));
    send(new Arrived(next(500), 0));
    next(1_500);
    send(new Skipped(info.id(), 1, 2, 1, 2, SkipReason.LINK_CREDIT));
    send(new Arrived(next(500), 2));
    pair.pass(2_500);
    assertThat(requests).isZero();
    assertThat(pair.take()).hasSize(4);
    assertCounts(4, 2, 0, 2);
  }

  @Test
  void onChunk_skippedAndLostTogether_onlyTheLostIsSentAgain() {
    send(new Opened(info, 0, 0));
    send(new Arrived(next(500), 0));
    ChunkedFrame lost = next(500);
    pair.way = message -> Optional.empty();
    send(new Arrived(lost, 0));
    next(500);
    send(new Skipped(info.id(), 2, 2, 1, 1, SkipReason.LINK_CREDIT));
    pair.way = Optional::of;
    send(new Arrived(next(500), 1));
    pair.pass(60);
    assertCounts(4, 3, 0, 1);
    assertThat(pair.line(info).repairs().unrepairable()).isZero();
  }

  @Test
  void onChunk_olderThanTheLinkAllows_isHandedOnUpToTheTopicsOwnAge() {
    send(new Opened(info, 0, 0));
    send(new Arrived(next(500), 0));
    pair.outbound.offer(new Arrived(next(500), 0), pair.clock.nanoTime());
    pair.clock.advanceMillis(5_000);
    pair.deliver();
    assertThat(pair.take()).hasSize(3).last().isInstanceOf(Arrived.class);
    pair.outbound.offer(new Arrived(next(500), 0), pair.clock.nanoTime());
    pair.clock.advanceMillis(10_001);
    pair.deliver();
    assertThat(pair.take()).containsExactly(new Skipped(info.id(), 2, 2, 1, 1, SkipReason.EXPIRED));
  }

  @Test
  void onEvent_newerStreamOnTheTopic_endsTheWaitOfTheOlder() {
    send(new Opened(info, 0, 0));
    pair.way = without(0);
    next(500);
    ChunkedFrame waiting = next(500);
    send(new Arrived(waiting, 0));
    pair.way = Optional::of;
    pair.take();
    StreamInfo newer = Streams.info("site/gate", 6, "there", 2);
    send(new Opened(newer, 0, 0));
    List<StreamEvent> out = pair.take();
    assertPictures(out, List.of(waiting));
    assertThat(out).endsWith(new Opened(newer, 0, 0));
  }

  @Test
  void onChunk_ofAnotherTopic_isNeitherAskedForNorHeld() {
    StreamInfo other = Streams.info("yard", 8, "there");
    Chunker chunks = Streams.chunker(other);
    send(new Opened(other, 0, 0));
    pair.way = without(0);
    send(new Arrived(Streams.frame(chunks, 500), 0));
    pair.way = Optional::of;
    send(new Arrived(Streams.frame(chunks, 500), 0));
    assertThat(pair.take()).hasSize(2);
    pair.pass(2_000);
    assertThat(requests).isZero();
    assertThat(pair.counts(other).lost()).isEqualTo(1);
  }

  private ChunkedFrame next(int bytes) {
    return Streams.frame(chunker, bytes);
  }

  private void send(StreamEvent event) {
    pair.outbound.offer(event, pair.clock.nanoTime());
    pair.deliverAndAcknowledge();
  }

  /** A way that loses these chunks, each time they are sent. */
  private static LinkPair.Way without(long... numbers) {
    Set<Long> lost = LongStream.of(numbers).boxed().collect(Collectors.toSet());
    return message ->
        message[HEADER_AT + 1] == CHUNK
                && lost.contains(ByteBuffer.wrap(message).getLong(BODY_AT + 12))
            ? Optional.empty()
            : Optional.of(message);
  }

  private static void assertPictures(List<StreamEvent> events, List<ChunkedFrame> frames) {
    assertThat(
            events.stream()
                .filter(Arrived.class::isInstance)
                .map(event -> ((Arrived) event).frame().picture()))
        .containsExactlyElementsOf(frames.stream().map(ChunkedFrame::picture).toList());
  }

  private void assertCounts(long expected, long received, long lost, long skipped) {
    SequenceCounts counts = pair.counts(info);
    assertThat(counts.holdsIdentity()).isTrue();
    assertThat(List.of(counts.expected(), counts.received(), counts.lost(), counts.skipped()))
        .as("expected, received, lost, skipped")
        .containsExactly(expected, received, lost, skipped);
    assertThat(counts.pending()).isZero();
  }
}
