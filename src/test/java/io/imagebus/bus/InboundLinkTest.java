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
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.GapRecord;
import io.imagebus.sequence.SequenceCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InboundLinkTest {

  private final LinkPair pair = new LinkPair();
  private final StreamInfo info = Streams.info("site/gate", 5, "there");
  private final Chunker chunker = Streams.chunker(info);

  @Test
  void onMessage_everyKindOfEvent_comesOutAsItWentIn() {
    ChunkedFrame frame = Streams.frame(chunker, 2_500);
    List<StreamEvent> events =
        List.of(
            new Opened(info, 0, 0),
            new Arrived(frame, 0),
            new Skipped(info.id(), 3, 5, 2, 3, SkipReason.PUBLISHER),
            new Beat(info.id(), 6, 3, 2, 99),
            new Ended(info.id(), 6, 3, EndReason.PUBLISHER_GONE));
    events.forEach(this::send);

    List<StreamEvent> out = pair.take();
    assertThat(out).hasSize(5);
    assertThat(out.get(0)).isEqualTo(events.get(0));
    assertThat(((Arrived) out.get(1)).frame().picture().getBytes())
        .isEqualTo(frame.picture().getBytes());
    assertThat(out.subList(2, 5)).isEqualTo(events.subList(2, 5));
    assertThat(pair.line(info).skippedByReason()).containsEntry(SkipReason.PUBLISHER, 3L);
    assertThat(pair.counts(info)).satisfies(InboundLinkTest::holds);
  }

  @Test
  void onChunk_announcementLostButInTheDirectory_opensTheStream() {
    pair.way = message -> Optional.empty();
    send(new Opened(info, 0, 0));
    pair.way = Optional::of;
    ChunkedFrame unknown = Streams.frame(chunker, 500);
    send(new Arrived(unknown, 0));
    assertThat(pair.take()).isEmpty();

    pair.directory.put(info.id(), info);
    ChunkedFrame frame = Streams.frame(chunker, 500);
    send(new Arrived(frame, 0));
    assertThat(pair.take()).hasSize(2).startsWith(new Opened(info, 1, 0));
  }

  @Test
  void onChunk_frameThatWasLongUnderWay_isAnnouncedAsExpired() {
    send(new Opened(info, 0, 0));
    send(new Arrived(Streams.frame(chunker, 1_500), 0));
    pair.take();
    pair.outbound.offer(new Arrived(Streams.frame(chunker, 1_500), 0), pair.clock.nanoTime());
    pair.clock.advance(LinkPair.MAX_AGE_NANOS + 1_000_000);
    pair.deliver();
    assertThat(pair.take()).containsExactly(new Skipped(info.id(), 2, 3, 1, 2, SkipReason.EXPIRED));

    ChunkedFrame fresh = Streams.frame(chunker, 500);
    send(new Arrived(fresh, 0));
    assertThat(pair.take())
        .singleElement()
        .satisfies(event -> assertThat(event.skippedTotal()).isEqualTo(2));
    assertThat(pair.counts(info).received()).as("the hop itself lost nothing").isEqualTo(5);
  }

  @Test
  void onChunk_ofAStreamThatWasReplaced_doesNotBringItBack() {
    StreamInfo newer = Streams.info("site/gate", 6, "there", 2);
    pair.directory.put(info.id(), info);
    send(new Opened(info, 0, 0));
    send(new Opened(newer, 0, 0));
    pair.take();
    send(new Arrived(Streams.frame(chunker, 500), 0));
    send(new Opened(info, 0, 0));
    assertThat(pair.take()).isEmpty();

    send(new Arrived(Streams.frame(Streams.chunker(newer), 500), 0));
    assertThat(pair.take()).hasSize(1).hasOnlyElementsOfType(Arrived.class);
  }

  @Test
  void onChunk_damaged_isCountedForWhatIsKnown() {
    send(new Opened(info, 0, 0));
    pair.way = Damage.ofByte(4 + 64 + 52);
    send(new Arrived(Streams.frame(chunker, 500), 0));
    pair.way = Damage.ofByte(4 + 64 + 20);
    send(new Arrived(Streams.frame(chunker, 500), 0));
    pair.way = Damage.ofByte(4 + 40);
    send(new Arrived(Streams.frame(chunker, 500), 0));
    pair.way = Optional::of;
    send(new Arrived(Streams.frame(chunker, 500), 0));
    settle();

    SequenceCounts counts = pair.counts(info);
    assertThat(counts.expected()).isEqualTo(4);
    assertThat(counts.received()).isEqualTo(1);
    assertThat(counts.corrupt()).isEqualTo(1);
    assertThat(counts.lost()).isEqualTo(2);
    assertThat(counts.unattributable()).isEqualTo(1);
    assertThat(pair.unattributable).isEqualTo(1);
  }

  @Test
  void forget_topicNoLongerFollowed_keepsItsCountsAndStartsAfreshNextTime() {
    send(new Opened(info, 0, 0));
    send(new Arrived(Streams.frame(chunker, 500), 0));
    pair.inbound.forget(TopicKey.of(info), pair.clock.nanoTime());
    for (int i = 0; i < 10; i++) {
      Streams.frame(chunker, 500);
    }
    send(new Opened(info, 11, 0));
    send(new Arrived(Streams.frame(chunker, 500), 0));
    settle();
    SequenceCounts counts = pair.counts(info);
    assertThat(counts.expected()).isEqualTo(2);
    assertThat(counts.received()).isEqualTo(2);
  }

  @Test
  void forget_senderHasNotHeardOfIt_whatItStillSendsIsUnwanted() {
    send(new Opened(info, 0, 0));
    send(new Arrived(Streams.frame(chunker, 500), 0));
    pair.inbound.forget(TopicKey.of(info), pair.clock.nanoTime());
    send(new Arrived(Streams.frame(chunker, 1_500), 0));
    send(new Skipped(info.id(), 3, 5, 1, 3, SkipReason.LINK_CREDIT));
    send(new Beat(info.id(), 6, 3, 2, 99));
    assertThat(pair.line(info).skippedByReason())
        .containsExactly(Map.entry(SkipReason.UNWANTED, 5L));
    assertThat(pair.counts(info).expected()).as("all that was on its way").isEqualTo(6);
    assertThat(pair.counts(info).holdsIdentity()).isTrue();

    pair.outbound.forget(info.id());
    for (int i = 0; i < 5; i++) {
      Streams.frame(chunker, 500);
    }
    send(new Opened(info, 8, 3));
    send(new Arrived(Streams.frame(chunker, 500), 3));
    settle();
    assertThat(pair.counts(info).expected()).isEqualTo(7);
    assertThat(pair.counts(info).received()).isEqualTo(2);
  }

  @Test
  void opened_lostWithTheFirstFrames_isMadeUpForWithTheFirstSignOfLife() {
    pair.way = message -> Optional.empty();
    send(new Opened(info, 0, 0));
    send(new Arrived(Streams.frame(chunker, 2_500), 0));
    pair.way = Optional::of;
    pair.directory.put(info.id(), info);
    send(new Arrived(Streams.frame(chunker, 500), 0));
    assertThat(pair.take()).first().isEqualTo(new Opened(info, 3, 0));
    send(new Beat(info.id(), 4, 0, 1, 99));
    settle();

    SequenceCounts counts = pair.counts(info);
    assertThat(counts.expected()).isEqualTo(4);
    assertThat(counts.received()).isEqualTo(1);
    assertThat(counts.lost()).isEqualTo(3);
    assertThat(counts.holdsIdentity()).isTrue();
    assertThat(pair.take()).as("nobody else need know").hasOnlyElementsOfType(Beat.class);
  }

  @Test
  void opened_afreshWithALaterNumber_theNumbersBetweenWereNeverOnTheirWay() {
    send(new Opened(info, 0, 0));
    send(new Arrived(Streams.frame(chunker, 500), 0));
    pair.outbound.forget(info.id());
    for (int i = 0; i < 10; i++) {
      Streams.frame(chunker, 500);
    }
    send(new Opened(info, 11, 0));
    send(new Arrived(Streams.frame(chunker, 500), 0));
    settle();
    SequenceCounts counts = pair.counts(info);
    assertThat(counts.expected()).isEqualTo(2);
    assertThat(counts.received()).isEqualTo(2);
    assertThat(counts.unknownTails()).isZero();
  }

  @Test
  void lose_streamTakenOverElsewhere_hasAnUnknownTailAndNoOther() {
    send(new Opened(info, 0, 0));
    send(new Arrived(Streams.frame(chunker, 500), 0));
    pair.inbound.lose(pair.clock.nanoTime());
    assertThat(pair.line(info).unverifiedSinceMicros()).isPositive();
    assertThat(pair.counts(info).unknownTails()).as("it may come back").isZero();

    pair.inbound.superseded(info.id(), pair.clock.nanoTime());
    assertThat(pair.counts(info).unknownTails()).isEqualTo(1);
    assertThat(pair.line(info).unverifiedSinceMicros()).isPositive();
    pair.inbound.forget(TopicKey.of(info), pair.clock.nanoTime());
    assertThat(pair.counts(info).unknownTails()).isEqualTo(1);
  }

  @Test
  void lose_streamThatComesBack_hasNoUnknownTail() {
    send(new Opened(info, 0, 0));
    send(new Arrived(Streams.frame(chunker, 500), 0));
    pair.inbound.lose(pair.clock.nanoTime());
    send(new Arrived(Streams.frame(chunker, 500), 0));
    assertThat(pair.line(info).unverifiedSinceMicros()).isZero();
    send(new Ended(info.id(), 2, 0, EndReason.PUBLISHER_GONE));
    assertThat(pair.counts(info).unknownTails()).isZero();
    assertThat(pair.counts(info).received()).isEqualTo(2);
  }

  @Test
  void ended_lost_isNoticedByTheDirectoryAfterASilence() {
    pair.directory.put(info.id(), info);
    send(new Opened(info, 0, 0));
    send(new Arrived(Streams.frame(chunker, 500), 0));
    pair.inbound.tick(pair.clock.nanoTime());
    pair.directory.remove(info.id());
    pair.inbound.tick(pair.clock.nanoTime());
    pair.take();
    settle();
    assertThat(pair.take()).containsExactly(new Ended(info.id(), 1, 0, EndReason.UNKNOWN));
    assertThat(pair.counts(info).unknownTails()).isEqualTo(1);
  }

  @Test
  void ended_toldTwice_isHandedOnOnce() {
    send(new Opened(info, 0, 0));
    send(new Ended(info.id(), 0, 0, EndReason.DRAIN));
    send(new Ended(info.id(), 0, 0, EndReason.DRAIN));
    assertThat(pair.take()).hasSize(2);
    assertThat(pair.counts(info).stale()).isZero();
  }

  @Test
  void frames_someDamagedSomeLeftOut_areCountedWhole() {
    send(new Opened(info, 0, 0));
    send(new Arrived(Streams.frame(chunker, 2_500), 0));
    pair.way = Damage.ofByte(4 + 64 + 52);
    send(new Arrived(Streams.frame(chunker, 2_500), 0));
    pair.way = Optional::of;
    send(new Skipped(info.id(), 6, 8, 1, 3, SkipReason.PUBLISHER));
    send(new Arrived(Streams.frame(chunkerAfter(3), 2_500), 3));
    send(new Ended(info.id(), 12, 3, EndReason.PUBLISHER_GONE));
    settle();
    assertThat(pair.line(info).frames()).isEqualTo(new FrameCounts(2, 1, 1));
    assertThat(pair.line(info).gaps()).extracting(GapRecord::cause).contains("damaged chunk");
    assertThat(pair.line(info).timing().frames()).isEqualTo(2);
  }

  private Chunker chunkerAfter(int frames) {
    Chunker later = Streams.chunker(info);
    for (int i = 0; i < frames; i++) {
      Streams.frame(later, 2_500);
    }
    return later;
  }

  @Test
  void expire_topicThatIsDead_losesItsLine() {
    send(new Opened(info, 0, 0));
    send(new Ended(info.id(), 0, 0, EndReason.DRAIN));
    pair.inbound.expire(10_000_000_000L, pair.clock.nanoTime());
    assertThat(pair.inbound.hasAccounts()).isTrue();
    pair.clock.advanceMillis(10_001);
    pair.inbound.expire(10_000_000_000L, pair.clock.nanoTime());
    assertThat(pair.inbound.hasAccounts()).isFalse();
  }

  private void send(StreamEvent event) {
    pair.outbound.offer(event, pair.clock.nanoTime());
    pair.deliverAndAcknowledge();
  }

  private void settle() {
    pair.clock.advanceMillis(10_000);
    pair.inbound.tick(pair.clock.nanoTime());
  }

  private static void holds(SequenceCounts counts) {
    assertThat(counts.holdsIdentity()).isTrue();
    assertThat(counts.expected()).isEqualTo(6);
    assertThat(counts.received()).isEqualTo(3);
    assertThat(counts.skipped()).isEqualTo(3);
  }
}
