package io.imagebus.client;

import static io.imagebus.client.ClientFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.TopicFilter;
import io.imagebus.sequence.SequenceCounts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionIT {

  private static final StreamId STREAM = new StreamId(0x1234);

  private final ClientFixture fixture = new ClientFixture();
  private final List<ReceivedFrame> received = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final Chunker chunker = new Chunker(STREAM, ServerDouble.CHUNK_BYTES);
  private ServerDouble server;
  private BusClient client;
  private Subscription subscription;

  @BeforeEach
  void subscribe() {
    server = ServerDouble.start(fixture.vertx);
    client = fixture.connected(server.url());
    subscription = subscribe("site/#", true);
    soon().until(() -> server.heard("subscribe").size() == 1);
  }

  private Subscription subscribe(String filter, boolean acknowledge) {
    return fixture.loop.call(
        () ->
            client.subscribe(
                new TopicFilter(filter),
                acknowledge,
                new SubscriptionListener() {
                  @Override
                  public void onFrame(ReceivedFrame frame) {
                    received.add(frame);
                  }

                  @Override
                  public void onWarning(String why) {
                    warnings.add(why);
                  }

                  @Override
                  public void onFailed(String why) {
                    warnings.add("failed: " + why);
                  }
                }));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private ChunkedFrame frame(int bytes) {
    return chunker.cut(new byte[bytes], System.currentTimeMillis() * 1_000);
  }

  private void send(ChunkedFrame frame) {
    server.toAll(frame.chunks());
  }

  private void announce(long first) {
    server.toAll(ServerDouble.stream(STREAM, "site/gate", first));
  }

  private TopicStatus status() {
    return fixture.loop.call(() -> subscription.topics().get(0));
  }

  private SequenceCounts chunks() {
    return status().chunks();
  }

  private void awaitFrames(int count) {
    soon().until(() -> received.size() == count);
  }

  @Test
  void frames_allCome_arePutTogetherCountedAndAcknowledged() {
    announce(0);
    send(frame(2_500));
    send(frame(10));
    awaitFrames(2);

    assertThat(received.get(0).topic().name()).isEqualTo("site/gate");
    assertThat(received.get(0).contentType()).isEqualTo("image/jpeg");
    assertThat(received.get(0).frame().pictureBytes()).isEqualTo(2_500);
    assertThat(received.get(0).latencyMicros()).isBetween(-1_000_000L, 5_000_000L);
    assertThat(chunks().received()).isEqualTo(4);
    assertThat(chunks().lost()).isZero();
    assertThat(status().frameBytes()).isEqualTo(2_510);
    assertThat(status().state()).isEqualTo("live");
    soon()
        .until(
            () ->
                server.heard("ack").stream()
                    .anyMatch(
                        ack ->
                            ack.getLong("frame") == 1
                                && ack.getString("stream").equals(STREAM.toString())));
  }

  @Test
  void noAcknowledge_framesCome_noneIsSent() {
    Subscription silent = subscribe("quiet", false);
    StreamId other = new StreamId(7);
    server.toAll(ServerDouble.stream(other, "quiet", 0));
    server.toAll(new Chunker(other, 100).cut(new byte[10], 1).chunks());
    awaitFrames(1);
    fixture.loop.run(silent::close);

    soon().until(() -> !server.heard("unsubscribe").isEmpty());
    assertThat(server.heard("ack")).isEmpty();
  }

  @Test
  void frames_oneLostOneSkipped_countersTellWhich() {
    announce(0);
    send(frame(10));
    frame(10);
    ChunkedFrame skipped = frame(2_000);
    server.toAll(
        ServerDouble.about(STREAM, "skip")
            .put("from", skipped.firstSequence())
            .put("to", skipped.nextSequence() - 1)
            .put("frames", 1)
            .put("total", 2)
            .put("reason", "slow-display"));
    send(frame(10));
    awaitFrames(2);

    soon().until(() -> chunks().lost() == 1);
    assertThat(chunks().expected()).isEqualTo(5);
    assertThat(chunks().received()).isEqualTo(2);
    assertThat(chunks().skipped()).isEqualTo(2);
    assertThat(chunks()).matches(SequenceCounts::holdsIdentity);
    assertThat(status().skippedFrames()).containsEntry("slow-display", 1L);
  }

  @Test
  void heartbeat_tailMissing_isLoss() {
    announce(0);
    send(frame(10));
    frame(10);
    server.toAll(
        new JsonObject()
            .put("type", "heartbeat")
            .put(
                "streams",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("stream", STREAM.toString())
                            .put("next", 2)
                            .put("total", 0)
                            .put("state", "stale"))));

    soon().until(() -> !subscription.topics().isEmpty() && chunks().lost() == 1);
    assertThat(status().state()).isEqualTo("stale");
  }

  @Test
  void payload_changedOnTheWay_isCorruptAndStillAcknowledged() {
    announce(0);
    send(frame(10));
    byte[] damaged = frame(10).chunks().get(0).bytes().clone();
    damaged[damaged.length - 1] ^= 1;
    server.toAll(damaged);
    send(frame(10));
    awaitFrames(2);

    soon().until(() -> chunks().corrupt() == 1);
    assertThat(chunks().lost()).isZero();
  }

  @Test
  void header_changedOnTheWay_isUnattributable() {
    announce(0);
    byte[] damaged = frame(10).chunks().get(0).bytes().clone();
    damaged[5] ^= 1;
    server.toAll(damaged);

    soon().until(() -> fixture.loop.call(subscription::unattributable) == 1);
  }

  @Test
  void stream_replaced_newOneIsFollowedFromItsFirst() {
    announce(0);
    send(frame(10));
    StreamId newer = new StreamId(99);
    server.toAll(ServerDouble.stream(newer, "site/gate", 5));
    Chunker other = new Chunker(newer, 1);
    other.skip(5);
    server.toAll(other.cut(new byte[1], 1).chunks());
    awaitFrames(2);

    assertThat(chunks().epochs()).isEqualTo(2);
    assertThat(chunks().lost()).isZero();
    assertThat(chunks().received()).isEqualTo(2);
  }

  /** As when the variant changes to and fro, faster than reports go. */
  @Test
  void streamThatWasLeft_andIsTurnedToAgain_isShown_andItsTotalsGoOn() {
    StreamId other = new StreamId(99);
    Chunker smaller = new Chunker(other, 1);
    for (long turn = 0; turn < 3; turn++) {
      announce(turn);
      send(frame(10));
      server.toAll(leaving(STREAM, turn + 1));
      server.toAll(ServerDouble.stream(other, "site/gate", turn));
      server.toAll(smaller.cut(new byte[1], 1).chunks());
      server.toAll(leaving(other, turn + 1));
    }
    awaitFrames(6);
    assertThat(chunks().stale()).isZero();
    fixture.loop.run(subscription::close);

    soon().until(() -> !server.heard("report").isEmpty());
    List<JsonObject> words =
        server.heard("report").get(0).getJsonArray("streams").stream()
            .map(JsonObject.class::cast)
            .toList();
    assertThat(words)
        .extracting(word -> word.getString("stream"))
        .containsExactly(STREAM.toString(), other.toString());
    assertThat(words).allMatch(word -> word.getLong("received") == 3);
    assertThat(words).allMatch(word -> word.getJsonObject("frames").getLong("good") == 3);
  }

  private static JsonObject leaving(StreamId stream, long next) {
    return ServerDouble.about(stream, "ended")
        .put("next", next)
        .put("total", 0)
        .put("why", "variant");
  }

  @Test
  void ended_stateSaysWhy() {
    announce(0);
    send(frame(10));
    server.toAll(
        ServerDouble.about(STREAM, "ended").put("next", 1).put("total", 0).put("why", "idle"));

    soon().until(() -> !subscription.topics().isEmpty() && status().state().equals("ended: idle"));
    assertThat(chunks().lost()).isZero();
  }

  @Test
  void endedStream_announcedAgain_isLiveAgain() {
    announce(0);
    send(frame(10));
    server.toAll(
        ServerDouble.about(STREAM, "ended").put("next", 1).put("total", 0).put("why", "node-lost"));
    soon()
        .until(
            () -> !subscription.topics().isEmpty() && status().state().equals("ended: node-lost"));
    announce(1);
    send(frame(10));
    awaitFrames(2);

    assertThat(status().state()).isEqualTo("live");
    assertThat(chunks().epochs()).isEqualTo(1);
  }

  @Test
  void connectionLost_framesMissedMeanwhile_areNotThisHopsLoss() {
    announce(0);
    send(frame(10));
    awaitFrames(1);
    server.closeAll(1011, "");
    soon().until(() -> server.heard("subscribe").size() == 2);
    assertThat(status().state()).isEqualTo("offline");
    for (int i = 0; i < 10; i++) {
      frame(10);
    }
    announce(11);
    send(frame(10));
    awaitFrames(2);

    assertThat(chunks().expected()).isEqualTo(2);
    assertThat(chunks().received()).isEqualTo(2);
    assertThat(chunks().lost()).isZero();
    assertThat(status().missed().numbers()).isEqualTo(10);

    fixture.loop.run(subscription::close);
    soon().until(() -> server.heard("unsubscribe").size() == 1);
    JsonObject missed =
        server.heard("report").stream()
            .map(report -> report.getJsonArray("streams").getJsonObject(0))
            .filter(stream -> stream.containsKey("missed"))
            .map(stream -> stream.getJsonObject("missed"))
            .reduce((first, second) -> fail("told twice: " + first + second))
            .orElseThrow();
    assertThat(missed.getLong("from")).isEqualTo(1);
    assertThat(missed.getLong("to")).isEqualTo(10);
    assertThat(missed.getLong("away")).isPositive();
  }

  @Test
  void newConnection_beforeItsStreamIsAnnounced_nothingIsReportedOfTheOldOne() {
    announce(0);
    send(frame(10));
    awaitFrames(1);
    server.closeAll(1011, "");
    soon().until(() -> server.heard("subscribe").size() == 2);
    int before = server.heard("report").size();
    fixture.loop.run(subscription::close);

    soon().until(() -> server.heard("unsubscribe").size() == 1);
    assertThat(server.heard("report")).hasSize(before);
  }

  @Test
  void close_sendsLastReportWithTheStreamsCounters() {
    announce(0);
    send(frame(10));
    send(frame(2_000));
    awaitFrames(2);
    fixture.loop.run(subscription::close);

    soon().until(() -> !server.heard("report").isEmpty());
    JsonObject report = server.heard("report").get(0).getJsonArray("streams").getJsonObject(0);
    assertThat(report.getString("stream")).isEqualTo(STREAM.toString());
    assertThat(report.getLong("highest")).isEqualTo(2);
    assertThat(report.getLong("received")).isEqualTo(3);
    assertThat(report.getLong("lost")).isZero();
    assertThat(report.getLong("shown")).isEqualTo(2);
    assertThat(report.getJsonObject("latency").getLong("p50")).isNotNegative();
    assertThat(server.heard("unsubscribe")).hasSize(1);
    assertThat(status().state()).isEqualTo("live");
  }

  @Test
  void error_afterConfirmation_isAWarning() {
    server.toAll(
        new JsonObject().put("type", "error").put("id", 1).put("message", "too many topics"));

    soon().until(() -> !warnings.isEmpty());
    assertThat(warnings).containsExactly("too many topics");
  }
}
