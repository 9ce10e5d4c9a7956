package io.imagebus.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.door.EncodedMessage;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.imagebus.sequence.GapRecord;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DisplaySeatTest {

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedWriter writer = new ScriptedWriter();
  private SeatScript script;
  private Display display;

  @BeforeEach
  void enter() {
    script = new SeatScript(vertx, DeliverySettings.defaults());
    display = script.display(writer);
  }

  @AfterEach
  void leave() throws Exception {
    display.close();
    script.rooms.closeAll();
    assertThat(writer.messages).allSatisfy(message -> assertThat(message.holders()).isZero());
    TestEdge.await(vertx.close());
  }

  private void subscribe() {
    script.subscribe(display, "a", VariantRequest.SOURCE);
  }

  private List<Long> frames() {
    return writer.chunks.stream().map(chunk -> chunk.header().frameNumber()).distinct().toList();
  }

  private void ack(long frame) {
    assertThat(
            display
                .seatOf(new Topic("a"))
                .orElseThrow()
                .acknowledged(frame, script.clock.nanoTime()))
        .isTrue();
  }

  @Test
  void frames_toReadyDisplay_areAllSent() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    for (int i = 0; i < 10; i++) {
      source.frame(3);
    }
    assertThat(writer.check.chunks()).isEqualTo(30);
    assertThat(writer.check.skipped()).isZero();
  }

  @Test
  void frames_toBlockedDisplay_keepTheNewestAndAnnounceTheRest() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    writer.take(1);
    source.frame(3);
    for (int i = 0; i < 5; i++) {
      source.frame(2);
    }
    writer.take(Long.MAX_VALUE);

    assertThat(frames()).containsExactly(0L, 5L);
    assertThat(writer.check.skippedByReason()).isEqualTo(Map.of("slow-display", 8L));
    JsonObject skip = writer.texts("skip").get(0);
    assertThat(skip.getLong("from")).isEqualTo(3);
    assertThat(skip.getLong("to")).isEqualTo(10);
    assertThat(skip.getLong("frames")).isEqualTo(4);
    assertThat(skip.getLong("total")).isEqualTo(8);
  }

  @Test
  void frame_onceBegun_isFinishedAlthoughNewerOnesCame() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    writer.take(2);
    source.frame(5);
    source.frame(1);
    source.frame(1);
    writer.take(Long.MAX_VALUE);
    assertThat(writer.chunks.stream().filter(chunk -> chunk.header().frameNumber() == 0))
        .hasSize(5);
    assertThat(frames()).containsExactly(0L, 2L);
  }

  @Test
  void frameThatWaitedWhileAllStoodStill_isDisplacedByTheNextOne() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    writer.take(0);
    source.frame(1);
    script.clock.pass(5_000);
    writer.take(Long.MAX_VALUE);
    assertThat(frames()).isEmpty();
    script.clock.pass(20);
    source.frame(1);
    assertThat(frames()).containsExactly(1L);
    assertThat(writer.check.skippedByReason()).isEqualTo(Map.of("expired", 1L));
  }

  @Test
  void frameThatWaitedForLong_isSentIfNoNewerOneComes() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    writer.take(0);
    source.frame(1);
    script.clock.pass(5_000);
    writer.take(Long.MAX_VALUE);
    script.clock.pass(1_000);
    display.tick(script.clock.nanoTime());
    assertThat(frames()).containsExactly(0L);
    assertThat(writer.check.skipped()).isZero();
  }

  @Test
  void numbersMissedWhileAway_standAmongTheGapsOfTheTopic() {
    subscribe();
    script.source("a", 1, 1).open().frame(1);
    DisplaySeat seat = display.seatOf(new Topic("a")).orElseThrow();
    JsonObject report = new JsonObject("{\"missed\":{\"from\":350,\"to\":361,\"away\":870000}}");
    seat.report(seat.stream().id(), DisplayReport.of(report));

    GapRecord gap =
        DeliveryLines.of("node", script.accounts(), List.of(), script.floor.absences())
            .get(0)
            .gaps()
            .get(0);
    assertThat(gap.from()).isEqualTo(350);
    assertThat(gap.to()).isEqualTo(361);
    assertThat(gap.outcome()).isEqualTo(GapRecord.Outcome.MISSED);
    assertThat(gap.settledAtMicros() - gap.openedAtMicros()).isEqualTo(870_000);
    assertThat(gap.cause()).contains("display");
  }

  @Test
  void topics_onOneSocket_takeTurnsChunkByChunk() {
    script.subscribe(display, "#", VariantRequest.SOURCE);
    SeatScript.Source big = script.source("big", 1, 1).open();
    SeatScript.Source small = script.source("small", 2, 1).open();
    writer.take(0);
    big.frame(50);
    small.frame(1);
    writer.take(Long.MAX_VALUE);
    List<Long> order =
        writer.chunks.stream().map(chunk -> chunk.header().stream().value()).toList();
    assertThat(order.indexOf(2L)).isEqualTo(1);
  }

  @Test
  void skips_fromUpstream_keepTheirReasonAndPlace() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    source.frame(1);
    source.skip(2, SkipReason.EXPIRED);
    source.cut(3);
    source.skipSilently(1);
    source.frame(1);
    assertThat(writer.check.skippedByReason())
        .isEqualTo(Map.of("expired", 2L, "link-credit", 1L, "incomplete", 3L));
    assertThat(script.accounts().get(0).expected()).isEqualTo(8);
  }

  @Test
  void skip_behindWaitingFrame_isToldAfterIt() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    writer.take(0);
    source.frame(2);
    source.skip(3, SkipReason.EXPIRED);
    writer.take(Long.MAX_VALUE);
    assertThat(writer.chunks).hasSize(2);
    source.frame(1);
    assertThat(writer.texts("skip").get(0).getLong("from")).isEqualTo(2);
  }

  @Test
  void rate_whenAskedFor_leavesFramesOutForThatReason() {
    script.subscribe(display, "a", new VariantRequest(OptionalDouble.of(5)));
    SeatScript.Source source = script.source("a", 1, 1).open();
    for (int i = 0; i < 50; i++) {
      source.frame(1);
      script.clock.pass(40);
    }
    assertThat(writer.chunks).hasSizeBetween(10, 11);
    assertThat(writer.check.skippedByReason()).containsOnlyKeys("rate");
  }

  @Test
  void lastFrame_heldByRate_isSentAtTheNextTick() {
    script.subscribe(display, "a", new VariantRequest(OptionalDouble.of(2)));
    SeatScript.Source source = script.source("a", 1, 1).open();
    source.frame(1);
    script.clock.pass(10);
    source.frame(1);
    assertThat(frames()).containsExactly(0L);
    script.clock.pass(900);
    display.tick(script.clock.nanoTime());
    assertThat(frames()).containsExactly(0L, 1L);
  }

  @Test
  void acknowledgingDisplay_onSlowLink_hasOneFrameUnderWay() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    source.frame(1);
    script.clock.pass(3000);
    ack(0);
    for (int i = 0; i < 20; i++) {
      source.frame(1);
    }
    assertThat(frames()).containsExactly(0L, 1L);
    script.clock.pass(1500);
    ack(1);
    assertThat(frames()).containsExactly(0L, 1L, 20L);
    assertThat(writer.check.skippedByReason()).isEqualTo(Map.of("slow-display", 18L));
  }

  @Test
  void displayThatNeverAcknowledges_isPacedByItsSocketAlone() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    for (int i = 0; i < 100; i++) {
      source.frame(1);
    }
    assertThat(frames()).hasSize(100);
  }

  @Test
  void heartbeat_whileFrameWaits_doesNotCountItAsSent() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    source.frame(1);
    script.clock.pass(3000);
    ack(0);
    source.frame(1);
    source.frame(1);
    source.frame(1);
    display.tick(script.clock.nanoTime());
    JsonObject beat = writer.texts("heartbeat").get(0).getJsonArray("streams").getJsonObject(0);
    assertThat(beat.getLong("next")).isEqualTo(3);
    assertThat(beat.getLong("total")).isEqualTo(1);
    assertThat(beat.getLong("frame")).isEqualTo(3);
    assertThat(beat.getString("state")).isEqualTo("live");
    assertThat(beat.getLong("captured")).isPositive();
  }

  @Test
  void heartbeat_toBlockedDisplay_isSentOnceWhenItCan() {
    subscribe();
    script.source("a", 1, 1).open().frame(1);
    writer.take(0);
    for (int i = 0; i < 5; i++) {
      display.tick(script.clock.nanoTime());
    }
    assertThat(writer.texts("heartbeat")).isEmpty();
    writer.take(Long.MAX_VALUE);
    assertThat(writer.texts("heartbeat")).hasSize(1);
  }

  @Test
  void tail_thatGotLost_isToldAtTheNextBeat() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    source.frame(1);
    source.cut(4);
    source.beat();
    display.tick(script.clock.nanoTime());
    assertThat(writer.check.skippedByReason()).isEqualTo(Map.of("incomplete", 4L));
  }

  @Test
  void newerStream_whileFrameIsBegun_waitsForItsEnd() {
    subscribe();
    SeatScript.Source old = script.source("a", 1, 1).open();
    writer.take(2);
    old.frame(4);
    old.frame(1);
    SeatScript.Source newer = script.source("a", 2, 2).open();
    newer.frame(1);
    writer.take(Long.MAX_VALUE);

    assertThat(writer.chunks.stream().map(chunk -> chunk.header().stream().value()))
        .containsExactly(1L, 1L, 1L, 1L, 2L);
    JsonObject ended = writer.texts("ended").get(0);
    assertThat(ended.getString("why")).isEqualTo("replaced");
    assertThat(ended.getLong("next")).isEqualTo(5);
    assertThat(writer.texts("stream")).hasSize(2);
  }

  @Test
  void olderStream_beside_isNotHeard() {
    subscribe();
    SeatScript.Source newer = script.source("a", 2, 7).open();
    newer.frame(1);
    script.source("a", 1, 3).open().frame(1);
    newer.frame(1);
    assertThat(writer.chunks.stream().map(chunk -> chunk.header().stream().value()))
        .containsOnly(2L);
  }

  @Test
  void streams_thatFlapWhileBlocked_leaveOnlyTheLast() {
    subscribe();
    SeatScript.Source first = script.source("a", 1, 1).open();
    first.frame(1);
    writer.take(0);
    for (int i = 2; i < 50; i++) {
      script.source("a", i, i).open().frame(1);
    }
    writer.take(Long.MAX_VALUE);
    assertThat(writer.texts("stream")).hasSize(2);
    assertThat(writer.texts("ended")).hasSize(1);
    assertThat(writer.chunks).hasSize(2);
    assertThat(script.accounts().get(0).pending()).isZero();
  }

  @Test
  void stream_thatReturns_isAnnouncedAgainAndGoesOn() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    source.frame(2);
    source.end(EndReason.NODE_LOST);
    source.skipSilently(3);
    source.open();
    source.frame(1);
    assertThat(writer.texts("stream")).hasSize(2);
    assertThat(writer.texts("stream").get(1).getLong("first")).isEqualTo(2);
    assertThat(writer.check.skippedByReason()).isEqualTo(Map.of("link-down", 3L));
  }

  @Test
  void lateJoiner_getsTheLastFrameAndItsNumbers() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    source.skip(5, SkipReason.EXPIRED);
    source.frame(2);
    source.skip(3, SkipReason.EXPIRED);
    ScriptedWriter late = new ScriptedWriter();
    Display second = script.display(late);
    script.subscribe(second, "+", VariantRequest.SOURCE);
    source.frame(1);
    assertThat(late.texts("stream").get(0).getLong("first")).isEqualTo(5);
    assertThat(late.chunks).hasSize(3);
    assertThat(late.check.skipped()).isEqualTo(3);
    second.close();
  }

  @Test
  void lateJoiner_ofEndedStream_getsThePictureAndTheEnd() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    source.frame(2);
    source.end(EndReason.IDLE);
    ScriptedWriter late = new ScriptedWriter();
    Display second = script.display(late);
    script.subscribe(second, "a", VariantRequest.SOURCE);
    assertThat(late.chunks).hasSize(2);
    assertThat(late.texts("ended").get(0).getString("why")).isEqualTo("idle");
    second.tick(script.clock.nanoTime());
    assertThat(late.texts("heartbeat").get(0).encode()).contains("\"state\":\"offline\"");
    second.close();
  }

  @Test
  void lastPicture_ofEndedStream_waitsForNoAcknowledgement() {
    subscribe();
    SeatScript.Source source = script.source("a", 1, 1).open();
    source.frame(1);
    script.clock.pass(5000);
    ack(0);
    source.frame(1);
    source.frame(1);
    assertThat(frames()).containsExactly(0L, 1L);
    source.end(EndReason.PUBLISHER_GONE);
    assertThat(frames()).containsExactly(0L, 1L, 2L);
    assertThat(writer.texts("ended")).hasSize(1);
  }

  @Test
  void topic_matchedTwice_isSentOnce() {
    Subscription first = script.subscribe(display, "a", VariantRequest.SOURCE);
    script.subscribe(display, "#", new VariantRequest(OptionalDouble.of(1)));
    SeatScript.Source source = script.source("a", 1, 1).open();
    source.frame(1);
    source.frame(1);
    assertThat(writer.chunks).hasSize(2);
    script.unsubscribe(display, first);
    source.frame(1);
    source.frame(1);
    assertThat(writer.chunks).as("the slower subscription is left").hasSize(3);
  }

  @Test
  void accounts_ofDisplayThatLeaves_moveToTheDeparted() {
    Subscription subscription = script.subscribe(display, "a", VariantRequest.SOURCE);
    SeatScript.Source source = script.source("a", 1, 1).open();
    source.frame(2);
    source.skip(1, SkipReason.EXPIRED);
    writer.take(0);
    source.frame(4);
    DisplayAccount account = script.accounts().get(0);
    assertThat(account.sent()).isEqualTo(2);
    assertThat(account.pending()).isEqualTo(4);
    assertThat(account.expected()).isEqualTo(7);
    script.unsubscribe(display, subscription);

    assertThat(script.accounts()).isEmpty();
    TopicTotals totals = script.departed.totals().get(0);
    assertThat(totals.displays()).isEqualTo(1);
    assertThat(totals.sent()).isEqualTo(2);
    assertThat(totals.expected()).isEqualTo(3);
  }

  @Test
  void chunk_toManyDisplays_isEncodedOnce() {
    subscribe();
    ScriptedWriter other = new ScriptedWriter();
    Display second = script.display(other);
    script.subscribe(second, "a", VariantRequest.SOURCE);
    script.source("a", 1, 1).open().frame(3);
    assertThat(writer.messages).hasSize(3).isEqualTo(other.messages);
    second.close();
    assertThat(other.messages.stream().map(EncodedMessage::holders)).containsOnly(1);
  }
}
