package io.imagebus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.chunk.Chunker;
import io.imagebus.client.ServerDouble;
import io.imagebus.frame.StreamId;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsIT {

  private static final StreamId STREAM = new StreamId(0x77);

  @TempDir private Path directory;

  private final Vertx vertx = Vertx.vertx();
  private ServerDouble server;

  @BeforeEach
  void start() {
    server = ServerDouble.start(vertx);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Executed execute(String line) {
    return Executed.of((line + " --server " + server.url()).split(" "));
  }

  private CompletableFuture<Executed> begin(String line) {
    return CompletableFuture.supplyAsync(() -> execute(line)).orTimeout(20, TimeUnit.SECONDS);
  }

  private void pictures(String... names) throws IOException {
    for (String name : names) {
      Files.write(directory.resolve(name), new byte[name.length() * 1_000]);
    }
  }

  private void awaitSubscriber() {
    await().until(() -> !server.heard("subscribe").isEmpty());
  }

  private void sendFrames(String topic, int count) {
    server.toAll(ServerDouble.stream(STREAM, topic, 0));
    Chunker chunker = new Chunker(STREAM, 1_000);
    for (int i = 0; i < count; i++) {
      server.toAll(chunker.cut(new byte[1_500], 1_700_000_000_000_000L + i).chunks());
    }
  }

  @Test
  void publish_directory_sendsInTheOrderOfNamesAndEndsWell() throws IOException {
    pictures("b.jpg", "a.jpeg", "ccc.png");

    Executed executed = execute("publish --topic site/gate --fps 200 " + directory);

    assertThat(executed.exitCode()).as(executed.err()).isZero();
    assertThat(server.frames())
        .extracting(frame -> frame.pictureBytes())
        .containsExactly(6_000, 5_000, 7_000);
    assertThat(server.heard("end")).hasSize(1);
    assertThat(executed.err()).contains("3 pictures given, 3 sent", "3 accepted, 0 rejected");
    assertThat(executed.out()).isEmpty();
  }

  @Test
  void publish_loopAsFastAsAccepted_endsAfterCountWithNothingDropped() throws IOException {
    pictures("a.jpg", "b.jpg");

    Executed executed = execute("publish --topic a --fps 0 --loop --count 500 " + directory);

    assertThat(executed.exitCode()).as(executed.err()).isZero();
    assertThat(server.frames()).hasSize(500);
    assertThat(executed.err()).contains("500 accepted", "0 dropped");
  }

  @Test
  void publish_mjpegFile_isSplit() throws IOException {
    byte[] jpeg = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9};
    byte[] row = new byte[3 * jpeg.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = jpeg[i % jpeg.length];
    }
    Path file = Files.write(directory.resolve("row.mjpeg"), row);

    Executed executed = execute("publish --topic a --fps 0 " + file);

    assertThat(executed.exitCode()).as(executed.err()).isZero();
    assertThat(server.frames()).hasSize(3);
  }

  @Test
  void publish_rejected_exitCode1() throws IOException {
    pictures("a.jpg");
    server.reject(true);

    Executed executed = execute("publish --topic a " + directory);

    assertThat(executed.exitCode()).isEqualTo(1);
    assertThat(executed.err())
        .contains("not-a-picture", "these bytes are no picture", "1 rejected");
  }

  @Test
  void publish_forbidden_exitCode1WithTheServersWords() throws IOException {
    pictures("a.jpg");

    Executed executed = execute("publish --topic forbidden/a " + directory);

    assertThat(executed.exitCode()).isEqualTo(1);
    assertThat(executed.err()).contains("you may not publish here").doesNotContain("\tat ");
  }

  @Test
  void subscribe_countReached_summaryAsJson() {
    CompletableFuture<Executed> running = begin("subscribe --topic site/# --count 3 --json");
    awaitSubscriber();
    sendFrames("site/gate", 3);

    Executed executed = running.join();
    assertThat(executed.exitCode()).as(executed.err()).isZero();
    JsonObject topic = new JsonObject(executed.out()).getJsonArray("topics").getJsonObject(0);
    assertThat(topic.getString("topic")).isEqualTo("site/gate");
    assertThat(topic.getLong("frames")).isEqualTo(3);
    assertThat(topic.getLong("expected")).isEqualTo(6);
    assertThat(topic.getLong("received")).isEqualTo(6);
    assertThat(topic.getLong("lost")).isZero();
    assertThat(topic.getJsonObject("reliability").getBoolean("isLowerBound")).isTrue();
    assertThat(server.heard("report")).isNotEmpty();
  }

  @Test
  void subscribe_out_storesEachFrame() throws IOException {
    CompletableFuture<Executed> running =
        begin("subscribe --topic # --count 2 --out " + directory.resolve("new"));
    awaitSubscriber();
    sendFrames("site/gate", 2);

    Executed executed = running.join();
    assertThat(executed.exitCode()).as(executed.err()).isZero();
    try (Stream<Path> files = Files.list(directory.resolve("new/site/gate"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("000000-1700000000000000.jpg", "000001-1700000000000001.jpg");
    }
    assertThat(executed.err()).contains("2 frames stored, 0 dropped");
  }

  @Test
  void subscribe_tableEachSecond_andSummaryWithReliability() {
    CompletableFuture<Executed> running = begin("subscribe --topic # --duration 1.5");
    awaitSubscriber();
    sendFrames("site/gate", 2);

    Executed executed = running.join();
    assertThat(executed.exitCode()).as(executed.err()).isZero();
    assertThat(executed.out())
        .containsPattern("TOPIC +FPS +KB +P50 MS +P99 MS +LOST +SKIPPED +STATE")
        .containsPattern("site/gate +\\d\\.\\d +1\\.5 +.*live")
        .contains("RELIABILITY", "nothing lost of 4");
  }

  @Test
  void subscribe_tooFewFramesInTime_exitCode1() {
    Executed executed = execute("subscribe --topic # --duration 0.2 --count 1");

    assertThat(executed.exitCode()).isEqualTo(1);
    assertThat(executed.err()).contains("only 0 frames came in time");
  }

  @Test
  void snapshot_known_isStored() throws IOException {
    byte[] picture = {1, 2, 3};
    server.picture("/api/v1/topics/site/gate/snapshot.jpg", picture);
    Path file = directory.resolve("gate.jpg");

    Executed executed = execute("snapshot --topic site/gate -o " + file);

    assertThat(executed.exitCode()).as(executed.err()).isZero();
    assertThat(file).hasBinaryContent(picture);
    assertThat(executed.err()).contains("3 bytes, live");
  }

  @Test
  void snapshot_unknown_exitCode1WithTheNodesWords() {
    Executed executed = execute("snapshot --topic site/gate");

    assertThat(executed.exitCode()).isEqualTo(1);
    assertThat(executed.err()).contains("404: nobody publishes here").doesNotContain("\tat ");
  }

  @Test
  void topics_fieldsMissing_areShownAsAbsent() {
    server.page(
        "/api/v1/topics",
        new JsonObject()
            .put(
                "topics",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("topic", "site/gate")
                            .put("state", "live")
                            .put("fps", 9.96)
                            .put("lastFrameAgeMillis", 120))
                    .add(new JsonObject().put("topic", "b"))));

    Executed executed = execute("topics");

    assertThat(executed.exitCode()).as(executed.err()).isZero();
    assertThat(executed.out().lines()).hasSize(3);
    assertThat(executed.out()).containsPattern("site/gate +live +- +- +- +10\\.0 +- +0\\.1 s ago");
  }

  @Test
  void topics_json_isTheAnswer() {
    JsonObject answer = new JsonObject().put("topics", new JsonArray());
    server.page("/api/v1/topics", answer);

    assertThat(new JsonObject(execute("topics --json").out())).isEqualTo(answer);
  }

  @Test
  void topics_firstServerAway_theSecondAnswers() {
    server.page("/api/v1/topics", new JsonObject().put("topics", new JsonArray()));

    assertThat(execute("topics --server http://127.0.0.1:1").exitCode()).isZero();
  }
}
