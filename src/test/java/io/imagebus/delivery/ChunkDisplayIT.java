package io.imagebus.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.bus.FakeStages;
import io.imagebus.bus.FakeStream;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.door.EncodedMessage;
import io.imagebus.wire.Chunk;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChunkDisplayIT {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private FakeStages stages;
  private TestEdge edge;

  @BeforeEach
  void start() throws Exception {
    stages = TestEdge.stages(vertx);
    edge = TestEdge.start(vertx, DeliverySettings.defaults());
  }

  @AfterEach
  void stop() throws Exception {
    TestEdge.await(vertx.close());
  }

  private TestDisplay display() throws Exception {
    return TestDisplay.connect(vertx, edge.port(), "/ws");
  }

  static Buffer picture(int bytes, int seed) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    content[0] = (byte) 0xFF;
    content[1] = (byte) 0xD8;
    content[2] = (byte) 0xFF;
    return Buffer.buffer(content);
  }

  static Buffer picture(List<Chunk> chunks) {
    return new ChunkedFrame(chunks).picture();
  }

  @Test
  void frame_ofOneChunk_arrivesIntactAfterItsStream() throws Exception {
    FakeStream stream = stages.open("site/gate", 0xF00DL, 1);
    TestDisplay display = display().subscribe(7, "site/gate");
    JsonObject announced = display.awaitText("stream");
    Buffer picture = picture(5_000, 1);
    stream.frame(picture);
    display.awaitBinaries(1);

    assertThat(picture(display.chunks())).isEqualTo(picture);
    assertThat(announced)
        .isEqualTo(
            new JsonObject(
                """
                {"type":"stream","ids":[7],"stream":"000000000000f00d","topic":"site/gate",
                 "variant":"source","contentType":"image/jpeg","source":"000000000000f00d",
                 "first":0,"total":0,"node":"node-test"}"""));
    assertThat(display.awaitText("subscribed").getInteger("id")).isEqualTo(7);
  }

  @Test
  void frame_ofManyChunks_arrivesIntactInOrder() throws Exception {
    FakeStream stream = stages.open("site/gate", 2, 1);
    TestDisplay display = display().subscribe(1, "site/#");
    display.awaitText("stream");
    Buffer picture = picture(10 * FakeStream.CHUNK_BYTES + 17, 2);
    stream.frame(picture);
    display.awaitBinaries(11);

    assertThat(picture(display.chunks())).isEqualTo(picture);
    assertThat(display.texts("skip")).isEmpty();
  }

  @Test
  void socket_ofDisplay_isWrittenDirectly() throws Exception {
    display().subscribe(1, "a").awaitText("subscribed");
    assertThat(edge.writers).containsExactly("DirectSocketWriter");
  }

  @Test
  void display_thatClosed_leavesNothingBehind() throws Exception {
    FakeStream stream = stages.open("site/gate", 3, 1);
    TestDisplay display = display().subscribe(1, "site/gate");
    stream.frame(picture(1000, 3));
    display.awaitBinaries(1);
    List<EncodedMessage> held = edge.heldMessages();
    assertThat(held).hasSize(1);
    assertThat(edge.displays()).isEqualTo(1);
    display.close();

    await().until(() -> edge.displays() == 0);
    await().until(() -> stages.wanted() == 0);
    assertThat(edge.accounts()).isEmpty();
    assertThat(edge.departed()).hasSize(1);
    assertThat(edge.departed().get(0).sent()).isEqualTo(1);
    assertThat(held.get(0).holders()).isZero();
  }

  @Test
  void display_thatVanishesUnread_leavesNothingBehind() throws Exception {
    FakeStream stream = stages.open("site/gate", 3, 1);
    TestDisplay display = display().subscribe(1, "site/gate");
    display.awaitText("stream");
    display.socket().pause();
    for (int i = 0; i < 20; i++) {
      stream.frame(picture(300_000, i));
    }
    await().until(() -> skippedOf(edge.accounts().get(0)) > 0);
    List<EncodedMessage> held = edge.heldMessages();
    edge.ask(() -> edge.sockets.get(0).shutdown(1, TimeUnit.MILLISECONDS));
    display.socket().resume();
    await().until(() -> edge.displays() == 0);
    await().untilAsserted(() -> assertThat(held).allMatch(message -> message.holders() == 0));
  }

  private static long skippedOf(DisplayAccount account) {
    return account.skipped().values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void displayThatReadsNothing_getsTheNewestAndEveryNumberExplained() throws Exception {
    FakeStream stream = stages.open("site/gate", 4, 1);
    TestDisplay slow = display().subscribe(1, "site/gate");
    TestDisplay quick = display().subscribe(1, "site/gate");
    slow.awaitText("stream");
    quick.awaitText("stream");
    slow.socket().pause();
    ChunkedFrame last = null;
    for (int i = 0; i < 60; i++) {
      last = stream.frame(picture(150_000, i));
      quick.awaitBinaries(3 * (i + 1));
    }
    slow.socket().resume();
    ChunkedFrame newest = last;
    await()
        .until(
            () ->
                slow.chunks().stream()
                    .anyMatch(c -> c.header().sequence() == newest.nextSequence() - 1));

    NumberCheck check = NumberCheck.of(slow.heard);
    assertThat(check.skippedByReason()).containsOnlyKeys("slow-display");
    assertThat(check.chunks() + check.skipped()).isEqualTo(180);
    assertThat(check.chunks()).as("latest wins").isLessThan(90);
    assertThat(NumberCheck.of(quick.heard).chunks()).isEqualTo(180);
    assertThat(quick.isClosed()).isFalse();
    assertThat(slow.isClosed()).isFalse();
  }

  @Test
  void lateJoiner_getsTheLastFrameAtOnce() throws Exception {
    FakeStream stream = stages.open("site/gate", 5, 1);
    TestDisplay first = display().subscribe(1, "site/gate");
    first.awaitText("stream");
    stream.frame(picture(100, 1));
    stream.frame(picture(100_000, 2));
    first.awaitBinaries(3);
    TestDisplay late = display().subscribe(1, "site/+");
    late.awaitBinaries(2);
    assertThat(late.awaitText("stream").getLong("first")).isEqualTo(1);
    assertThat(late.awaitText("subscribed").getJsonArray("topics")).containsExactly("site/gate");
    assertThat(picture(late.chunks())).isEqualTo(picture(100_000, 2));
    NumberCheck.of(late.heard);
  }

  @Test
  void start_next_waitsForTheNextFrame() throws Exception {
    FakeStream stream = stages.open("site/gate", 5, 1);
    TestDisplay first = display().subscribe(1, "site/gate");
    first.awaitText("stream");
    stream.frame(picture(100, 1));
    first.awaitBinaries(1);
    TestDisplay late = display();
    late.say(
        new JsonObject()
            .put("type", "subscribe")
            .put("id", 1)
            .put("topic", "site/gate")
            .put("start", "next"));
    assertThat(late.awaitText("stream").getLong("first")).isEqualTo(1);
    stream.frame(picture(100, 2));
    late.awaitBinaries(1);
    assertThat(late.chunks().get(0).header().frameNumber()).isEqualTo(1);
  }

  @Test
  void newerPublisher_takesTheTopicOver() throws Exception {
    FakeStream old = stages.open("site/gate", 6, 1);
    TestDisplay display = display().subscribe(1, "site/gate");
    display.awaitText("stream");
    old.frame(picture(100_000, 1));
    display.awaitBinaries(2);
    FakeStream newer = stages.open("site/gate", 7, 2);
    newer.frame(picture(100, 2));
    display.awaitBinaries(3);

    NumberCheck.of(display.heard);
    assertThat(display.texts("ended").get(0).getString("why")).isEqualTo("replaced");
    assertThat(display.texts("ended").get(0).getLong("next")).isEqualTo(2);
    assertThat(display.texts("stream")).hasSize(2);
  }

  @Test
  void publisherThatEnds_isToldAndMayReturn() throws Exception {
    FakeStream stream = stages.open("site/gate", 8, 1);
    TestDisplay display = display().subscribe(1, "site/gate");
    stream.frame(picture(100, 1));
    stream.end(EndReason.NODE_LOST);
    assertThat(display.awaitText("ended").getString("why")).isEqualTo("node-lost");
    display.await_(
        each -> each.is("heartbeat") && each.json().encode().contains("\"state\":\"offline\""));
    stream.reopen();
    stream.frame(picture(100, 2));
    display.awaitBinaries(2);
    NumberCheck.of(display.heard);
    assertThat(display.texts("stream")).hasSize(2);
  }

  @Test
  void heartbeats_comeLessThanASecondApart() throws Exception {
    FakeStream stream = stages.open("site/gate", 9, 1);
    TestDisplay display = display().subscribe(1, "site/gate");
    stream.frame(picture(100, 1));
    long before = System.nanoTime();
    await().until(() -> display.texts("heartbeat").size() >= 4);
    assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(5));
    JsonObject beat = display.texts("heartbeat").get(0).getJsonArray("streams").getJsonObject(0);
    assertThat(beat.getLong("next")).isEqualTo(1);
    assertThat(beat.getLong("total")).isZero();
    assertThat(beat.getLong("frame")).isZero();
    assertThat(beat.getLong("captured")).isEqualTo(1_700_000_000_123_456L);
  }

  @Test
  void displayThatAcknowledges_andStops_getsNoMoreThanItsWindow() throws Exception {
    FakeStream stream = stages.open("site/gate", 10, 1);
    TestDisplay display = display().subscribe(1, "site/gate");
    stream.frame(picture(100, 0));
    display.awaitBinaries(1);
    display.say(acknowledgement("stream", stream.id().toString(), 0));
    display.say(new JsonObject().put("type", "time").put("t0", 1)).awaitText("time");
    for (int i = 1; i <= 30; i++) {
      stream.frame(picture(100, i));
    }
    await().until(() -> edge.accounts().get(0).expected() == 31);
    // The first, and a window of up to eight: fewer where the first was long under way.
    int sent = (int) edge.accounts().get(0).sent();
    assertThat(sent).isBetween(2, 9);
    display.say(acknowledgement("topic", "site/gate", sent - 1));
    display.awaitBinaries(sent + 1);
    assertThat(display.chunks().get(sent).header().frameNumber()).isEqualTo(30);
    NumberCheck check = NumberCheck.of(display.heard);
    assertThat(check.skippedByReason()).containsOnlyKeys("slow-display");
  }

  private static JsonObject acknowledgement(String key, String value, long frame) {
    return new JsonObject().put("type", "ack").put(key, value).put("frame", frame);
  }

  @Test
  void unsubscribe_endsTheStreamAndFreesTheRoom() throws Exception {
    FakeStream stream = stages.open("site/gate", 11, 1);
    TestDisplay display = display().subscribe(1, "site/gate").subscribe(2, "#");
    stream.frame(picture(100, 1));
    display.awaitBinaries(1);
    List<EncodedMessage> held = edge.heldMessages();
    display.say(new JsonObject().put("type", "unsubscribe").put("id", 1));
    display.say(new JsonObject().put("type", "unsubscribe").put("id", 2));
    await().until(() -> display.texts("unsubscribed").size() == 2);
    await().until(() -> stages.wanted() == 0);
    assertThat(held).allMatch(message -> message.holders() == 0);
    assertThat(display.binaries()).hasSize(1);
  }

  @Test
  void badMessages_costNobodyAnything() throws Exception {
    FakeStream stream = stages.open("site/gate", 12, 1);
    TestDisplay bad = display().subscribe(1, "site/gate");
    TestDisplay good = display().subscribe(1, "site/gate");
    good.awaitText("stream");
    bad.awaitText("stream");
    List<String> nonsense =
        List.of(
            "{\"type\":\"subscribe\",\"id\":1,\"topic\":\"b\"}",
            "{\"type\":\"subscribe\",\"id\":2,\"topic\":\"b//c\"}",
            "{\"type\":\"subscribe\",\"id\":2}",
            "{\"type\":\"subscribe\",\"topic\":\"b\"}",
            "{\"type\":\"subscribe\",\"id\":2,\"topic\":\"b\",\"variant\":{\"format\":\"gif\"}}",
            "{\"type\":\"subscribe\",\"id\":2,\"topic\":\"b\",\"variant\":{\"fps\":-3}}",
            "{\"type\":\"subscribe\",\"id\":2,\"topic\":\"b\",\"variant\":{\"fps\":\"x\"}}",
            "{\"type\":\"subscribe\",\"id\":2,\"topic\":\"b\",\"start\":\"first\"}",
            "{\"type\":\"unsubscribe\",\"id\":99}",
            "{\"type\":\"update\",\"id\":99}",
            "{\"type\":\"ack\",\"topic\":\"site/gate\",\"frame\":99}",
            "{\"type\":\"ack\",\"topic\":\"site/gate\"}",
            "{\"type\":\"ack\",\"stream\":\"xyz\",\"frame\":0}",
            "{\"type\":\"ack\",\"frame\":0}",
            "{\"type\":\"report\"}",
            "{\"type\":\"report\",\"streams\":[7]}",
            "{\"type\":\"report\",\"streams\":[{\"missed\":{\"from\":7,\"to\":6}}]}",
            "{\"type\":\"report\",\"streams\":[{\"topic\":\"site/gate\",\"lost\":-1}]}",
            "{\"type\":\"time\"}",
            "{\"type\":\"dance\"}",
            "{}");
    nonsense.forEach(text -> bad.socket().writeTextMessage(text));
    await().until(() -> bad.texts("error").size() == nonsense.size());
    assertThat(bad.texts("error").stream().map(error -> error.getString("code")).limit(9))
        .containsExactly(
            "duplicate-id",
            "bad-topic",
            "bad-topic",
            "bad-message",
            "unsupported-variant",
            "bad-message",
            "bad-message",
            "bad-message",
            "unknown-id");
    stream.frame(picture(100, 1));
    good.awaitBinaries(1);
    bad.awaitBinaries(1);
    assertThat(good.texts("error")).isEmpty();
  }

  @Test
  void socket_withMessageThatIsNoJson_isClosedAlone() throws Exception {
    FakeStream stream = stages.open("site/gate", 13, 1);
    TestDisplay bad = display().subscribe(1, "site/gate");
    TestDisplay good = display().subscribe(1, "site/gate");
    good.awaitText("stream");
    bad.awaitText("stream");
    bad.socket().writeTextMessage("{nonsense");
    await().until(bad::isClosed);
    assertThat(bad.socket().closeStatusCode()).isEqualTo((short) 4400);
    stream.frame(picture(100, 1));
    good.awaitBinaries(1);
    assertThat(edge.displays()).isEqualTo(1);
  }

  @Test
  void time_isAnsweredWithTheServersClock() throws Exception {
    JsonObject answer =
        display().say(new JsonObject().put("type", "time").put("t0", 123)).awaitText("time");
    assertThat(answer.getLong("t0")).isEqualTo(123);
    assertThat(answer.getLong("t2")).isGreaterThanOrEqualTo(answer.getLong("t1"));
    assertThat(answer.getLong("t1")).isGreaterThan(1_700_000_000_000_000L);
  }

  @Test
  void report_ofDisplay_standsInItsAccount() throws Exception {
    FakeStream stream = stages.open("site/gate", 14, 1);
    TestDisplay display = display().subscribe(1, "site/gate");
    stream.frame(picture(100, 1));
    display.awaitBinaries(1);
    display.say(
        new JsonObject(
            """
            {"type":"report","streams":[{"stream":"000000000000000e","highest":0,"received":1,
             "lost":2,"duplicate":3,"late":4,"corrupt":5,"skipped":6,"shown":1,
             "latency":{"p50":1000,"p95":2000,"p99":3000}}]}"""));
    await().until(() -> edge.accounts().get(0).reported().received() == 1);
    assertThat(edge.accounts().get(0).reported().expected()).isEqualTo(14);
    display.close();
    await().until(() -> edge.departed().size() == 1);
    assertThat(edge.departed().get(0).reported().lost()).isEqualTo(2);
  }

  @Test
  void update_changesTheRateOnTheWay() throws Exception {
    FakeStream stream = stages.open("site/gate", 15, 1);
    TestDisplay display = display().subscribe(1, "site/gate");
    stream.frame(picture(100, 1));
    display.awaitBinaries(1);
    display.say(new JsonObject("{\"type\":\"update\",\"id\":1,\"variant\":{\"fps\":0.02}}"));
    await().until(() -> display.texts("subscribed").size() == 2);
    stream.frame(picture(100, 2));
    stream.frame(picture(100, 3));
    stream.frame(picture(100, 4));
    await().until(() -> edge.accounts().get(0).expected() == 4);
    assertThat(edge.accounts().get(0).sent()).isEqualTo(2);
  }
}
