package io.imagebus.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.base.Clock;
import io.imagebus.bus.FakeStages;
import io.imagebus.bus.FakeStream;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.door.EncodedMessage;
import io.imagebus.frame.VariantLadder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDoorsIT {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final HttpClient client = HttpClient.newHttpClient();
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

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static JsonObject problem(HttpResponse<byte[]> response) {
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    return new JsonObject(Buffer.buffer(response.body()));
  }

  private static Buffer picture(int bytes, int seed) {
    return ChunkDisplayIT.picture(bytes, seed);
  }

  private static long nowMicros() {
    return Clock.system().epochMicros();
  }

  @ParameterizedTest
  @ValueSource(strings = {"site/hall-2/gate", "site%2Fhall-2%2Fgate", "site/hall%2D2/gate"})
  void snapshot_ofTopicHoweverWritten_isTheNewestPicture(String path) throws Exception {
    FakeStream stream = stages.open("site/hall-2/gate", 0xABC, 1);
    stream.capturedAt(nowMicros());
    stream.frame(picture(100, 1));
    Buffer newest = picture(200_000, 2);
    stream.frame(newest);
    HttpResponse<byte[]> response = get("/api/v1/topics/" + path + "/snapshot.jpg");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Buffer.buffer(response.body())).isEqualTo(newest);
    assertThat(header(response, "Content-Type")).isEqualTo("image/jpeg");
    assertThat(header(response, "ETag")).isEqualTo("\"0000000000000abc-1\"");
    assertThat(header(response, "X-Imagebus-State")).isEqualTo("live");
    assertThat(header(response, "Age")).isEqualTo("0");
    assertThat(header(response, "X-Timestamp")).matches("\\d+\\.\\d{6}");
    assertThat(header(response, "Last-Modified")).endsWith("GMT");
    await().until(() -> stages.wanted() == 0);
  }

  @Test
  void snapshot_thatTheClientHas_is304() throws Exception {
    stages.open("a", 1, 1).frame(picture(100, 1));
    String tag = header(get("/api/v1/topics/a/snapshot.jpg"), "ETag");
    HttpResponse<byte[]> again =
        get("/api/v1/topics/a/snapshot.jpg", "If-None-Match", "\"other\", W/" + tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(tag);
  }

  @Test
  void snapshot_ofPng_saysSo() throws Exception {
    stages
        .open("a", 1, 1)
        .frame(Buffer.buffer(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}));
    assertThat(header(get("/api/v1/topics/a/snapshot.jpg"), "Content-Type")).isEqualTo("image/png");
  }

  @Test
  void snapshot_ofEndedStreamThatNobodyShows_isOffline() throws Exception {
    FakeStream stream = stages.open("a", 1, 1);
    stream.frame(picture(100, 1));
    stream.end(EndReason.IDLE);
    assertThat(header(get("/api/v1/topics/a/snapshot.jpg"), "X-Imagebus-State"))
        .isEqualTo("offline");
  }

  @Test
  void snapshot_ofOldPicture_isStaleAndMayBeRefused() throws Exception {
    FakeStream stream = stages.open("a", 1, 1);
    stream.capturedAt(nowMicros() - 60_000_000);
    stream.frame(picture(100, 1));
    HttpResponse<byte[]> response = get("/api/v1/topics/a/snapshot.jpg?max_age=120");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "X-Imagebus-State")).isEqualTo("stale");
    assertThat(header(response, "Age")).isIn("60", "61");
    HttpResponse<byte[]> refused = get("/api/v1/topics/a/snapshot.jpg?max_age=5.5");
    assertThat(refused.statusCode()).isEqualTo(504);
    assertThat(problem(refused).getString("code")).isEqualTo("picture-too-old");
  }

  @Test
  void snapshot_ofUnknownTopic_is404WithinTheWait() throws Exception {
    HttpResponse<byte[]> response = get("/api/v1/topics/nobody/snapshot.jpg");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(problem(response).getString("code")).isEqualTo("unknown-topic");
    await().until(() -> stages.wanted() == 0);
  }

  @Test
  void snapshot_ofStreamWithoutPicture_is503() throws Exception {
    stages.open("a", 1, 1);
    HttpResponse<byte[]> response = get("/api/v1/topics/a/snapshot.jpg");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(problem(response).getString("code")).isEqualTo("no-picture-yet");
  }

  @ParameterizedTest
  @CsvSource({
    "a/+/snapshot.jpg, bad-topic",
    "a%23/snapshot.jpg, bad-topic",
    "a%FF/snapshot.jpg, bad-topic",
    "a%0Ab/snapshot.jpg, bad-topic",
    "a//b/snapshot.jpg, bad-topic",
    "a/snapshot.jpg?width=0, bad-query",
    "a/snapshot.jpg?quality=101, bad-query",
    "a/snapshot.jpg?quality=50&bytes=9000, bad-query",
    "a/snapshot.jpg?format=gif, unsupported-variant",
    "a/snapshot.jpg?max_age=soon, bad-query",
    "a/snapshot.jpg?max_age=-1, bad-query",
    "a/stream.mjpeg?fps=0, bad-query",
    "a/stream.mjpeg?fps=many, bad-query",
    "a/stream.mjpeg?width=1.5, bad-query",
    "a/stream.mjpeg?height=99999, bad-query",
    "%2B/stream.mjpeg, bad-topic"
  })
  void request_withMistake_saysWhich(String path, String code) throws Exception {
    HttpResponse<byte[]> response = get("/api/v1/topics/" + path);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(problem(response).getString("code")).isEqualTo(code);
    assertThat(problem(response).getString("detail")).isNotBlank();
  }

  @Test
  void pictures_overWebSocket_areWholeAndIntact() throws Exception {
    FakeStream stream = stages.open("site/gate", 1, 1);
    stream.frame(picture(150_000, 1));
    TestDisplay display =
        TestDisplay.connect(vertx, edge.port(), "/ws/subscribe/site%2Fgate?fps=1000");
    display.awaitBinaries(1);
    stream.frame(picture(50, 2));
    display.awaitBinaries(2);
    assertThat(display.binaries()).containsExactly(picture(150_000, 1), picture(50, 2));
    assertThat(edge.accounts().get(0).outlet()).isEqualTo("pictures");
    assertThat(edge.accounts().get(0).sent()).isEqualTo(4);
    EncodedMessage held = edge.ask(() -> edge.lastOf("site/gate").picture());
    display.close();
    await().until(() -> edge.displays() == 0 && stages.wanted() == 0);
    assertThat(held.holders()).isZero();
  }

  @Test
  void pictures_toClientThatReadsNothing_keepTheNewest() throws Exception {
    FakeStream stream = stages.open("a", 1, 1);
    stream.frame(picture(1000, 0));
    TestDisplay display = TestDisplay.connect(vertx, edge.port(), "/ws/subscribe/a");
    display.awaitBinaries(1);
    display.socket().pause();
    for (int i = 1; i <= 100; i++) {
      stream.frame(picture(200_000, i));
    }
    await().until(() -> edge.accounts().get(0).expected() == 1 + 100 * 4);
    display.socket().resume();
    await().until(() -> display.binaries().contains(picture(200_000, 100)));
    assertThat(display.binaries().size()).isLessThan(90);
    DisplayAccount account = edge.accounts().get(0);
    assertThat(account.pending()).isZero();
    assertThat(account.skipped().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(account.expected() - account.sent());
  }

  @Test
  void pictures_withoutWebSocket_arePointedToTheSnapshot() throws Exception {
    HttpResponse<byte[]> response = get("/ws/subscribe/a");
    assertThat(response.statusCode()).isEqualTo(426);
    assertThat(problem(response).getString("code")).isEqualTo("websocket-only");
  }

  @Test
  void page_ofTheJar_isServedWithTypeAndAskedForAgain() throws Exception {
    HttpResponse<byte[]> page = get("/page-for-test.html");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
    HttpResponse<byte[]> again = get("/page-for-test.html", "If-None-Match", header(page, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/absent.js", "/../logback.xml", "/%2e%2e/logback.xml", "/x/", "/.js"})
  void page_thatIsNone_is404(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void displays_beyondTheBound_areRefused() throws Exception {
    TestEdge small =
        TestEdge.start(
            vertx,
            new DeliverySettings(
                262_144,
                131_072,
                8,
                1000,
                1,
                1,
                65_536,
                5,
                3000,
                600,
                new VariantLadder(VariantLadder.DEFAULT_WIDTHS)));
    stages.open("a", 1, 1).frame(picture(100, 1));
    TestDisplay first = TestDisplay.connect(vertx, small.port(), "/ws").subscribe(1, "a");
    first.awaitBinaries(1);
    first.subscribe(2, "b");
    assertThat(first.awaitText("error").getString("code")).isEqualTo("too-many-subscriptions");
    TestDisplay second = TestDisplay.connect(vertx, small.port(), "/ws").subscribe(1, "a");
    assertThat(second.awaitText("error").getString("code")).isEqualTo("too-many-displays");
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:" + small.port() + "/api/v1/topics/a/stream.mjpeg"))
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(header(response, "Retry-After")).isEqualTo("5");
    first.close();
    await().until(() -> small.displays() == 0);
    second.subscribe(2, "a").awaitBinaries(1);
    assertThat(List.of(first.binaries().size(), second.binaries().size())).containsOnly(1);
  }
}
