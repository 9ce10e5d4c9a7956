package io.imagebus.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.bus.StreamEvent;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.frame.StreamId;
import io.imagebus.image.Pictures;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HttpDoorsIT {

  private static final byte[] PICTURE = Pictures.baselineJpeg(32, 32);

  private Vertx vertx;
  private IngestEdge edge;
  private Bystander bystander;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    edge = IngestEdge.start(vertx);
    bystander = new Bystander(edge);
  }

  @AfterEach
  void stop() throws Exception {
    IngestEdge.await(vertx.close());
  }

  @Test
  void post_picture_isAcceptedWithStreamAndFrame() throws Exception {
    for (int frame = 0; frame < 3; frame++) {
      HttpResponse<String> response = post("site/hall%202/gate", "image/jpeg", PICTURE);
      assertThat(response.statusCode()).isEqualTo(202);
      JsonObject answer = new JsonObject(response.body());
      assertThat(answer.getString("topic")).isEqualTo("site/hall 2/gate");
      assertThat(answer.getLong("frame")).isEqualTo(frame);
    }
    await().until(() -> frames("site/hall 2/gate").size() == 3);
    assertThat(frames("site/hall 2/gate"))
        .allSatisfy(f -> assertThat(f.frame().picture().getBytes()).isEqualTo(PICTURE));
  }

  static Stream<Arguments> badPictures() {
    return Stream.of(
        Arguments.of(
            "image/jpeg", "hello".getBytes(ISO_8859_1), 415, "not-a-picture", "start with"),
        Arguments.of("image/jpeg", BadPictures.truncated(), 400, "truncated", "breaks off after"),
        Arguments.of(
            "image/jpeg", BadPictures.tooLong(), 413, "too-many-bytes", "262144 bytes (frames.max"),
        Arguments.of(
            "image/jpeg", BadPictures.huge(), 413, "too-many-pixels", "60000 x 60000 is 3,600"),
        Arguments.of("image/jpeg", new byte[0], 400, "empty", "no bytes"),
        Arguments.of(
            "text/plain", PICTURE, 415, "unsupported-content-type", "send image/jpeg, image/png"),
        Arguments.of(
            "image/gif", PICTURE, 415, "unsupported-content-type", "Content-Type is image/gif"));
  }

  @ParameterizedTest
  @MethodSource("badPictures")
  void post_badPicture_isRefusedInWordsAndNobodyElseNotices(
      String type, byte[] body, int status, String code, String detail) throws Exception {
    assertProblem(post("gate", type, body), status, code, detail);
    assertThat(frames("gate")).isEmpty();
    bystander.assertUndisturbed();
  }

  @ParameterizedTest
  @CsvSource({
    "site/+/gate, has a wildcard",
    "site/%2B/gate, has a wildcard",
    "site/%23, has a wildcard",
    "site//gate, has an empty level",
    "site/, has an empty level",
    "LONG, has 300 bytes; at most 255 are allowed",
    "a%00b, has the control character U+0000 at position 1",
    "a%0Ab, has the control character U+000A at position 1",
    "a%7Fb, has the control character U+007F at position 1",
    "a%ffb, is not valid UTF-8",
    "a%C3b, is not valid UTF-8",
    "a%ED%A0%80b, is not valid UTF-8",
  })
  void post_badTopic_isRefusedInWordsAndNobodyElseNotices(String topic, String detail)
      throws Exception {
    String name = topic.equals("LONG") ? "a".repeat(300) : topic;
    assertProblem(post(name, "image/jpeg", PICTURE), 400, "bad-request", detail);
    HttpResponse<String> stream =
        TestPublisher.post(
            edge.port(),
            "/api/v1/topics/" + name + "/stream",
            "multipart/x-mixed-replace; boundary=b",
            PICTURE);
    assertProblem(stream, 400, "bad-request", detail);
    bystander.assertUndisturbed();
  }

  @Test
  void post_emptyTopic_isRefused() throws Exception {
    HttpResponse<String> response =
        TestPublisher.post(edge.port(), "/api/v1/topics//frames", "image/jpeg", PICTURE);
    assertProblem(response, 400, "bad-request", "topic is empty");
  }

  @ParameterizedTest
  @CsvSource({"1, HTTP_1_1", "3, HTTP_1_1", "1, HTTP_2", "3, HTTP_2"})
  void stream_finiteMultipart_isAnsweredWithItsFramesAndEnds(int parts, HttpClient.Version version)
      throws Exception {
    HttpResponse<String> response =
        TestPublisher.post(
            version,
            edge.port(),
            "/api/v1/topics/gate/stream",
            "multipart/x-mixed-replace; boundary=b",
            multipart(parts));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(response.body()).getInteger("frames")).isEqualTo(parts);
    await().until(() -> ends("gate").size() == 1);
    assertThat(frames("gate")).hasSize(parts);
    bystander.assertUndisturbed();
  }

  @Test
  void stream_wrongContentType_isRefused() throws Exception {
    HttpResponse<String> response =
        TestPublisher.post(edge.port(), "/api/v1/topics/gate/stream", "image/jpeg", PICTURE);
    assertProblem(response, 415, "unsupported-content-type", "boundary=NAME");
  }

  @Test
  void stream_endlessWithoutABoundary_isRefusedAfterABoundedRead() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", edge.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      begin(out, "gate");
      long sent = writeUntilRefused(out, new byte[16 * 1024], 64 << 20);
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("bad-multipart", "no boundary");
      assertThat(sent).as("bytes that the node took").isLessThan(16 << 20);
    }
    bystander.assertUndisturbed();
  }

  @Test
  void stream_partThatNeverEnds_isRefusedAtTheLimit() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", edge.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      begin(out, "gate");
      chunk(out, "--b\r\nContent-Type: image/jpeg\r\n\r\n".getBytes(ISO_8859_1));
      writeUntilRefused(out, new byte[16 * 1024], 64 << 20);
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("frames.max-bytes");
    }
    bystander.assertUndisturbed();
  }

  @Test
  void stream_connectionCutInAPicture_endsTheStream() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", edge.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      begin(out, "gate");
      chunk(out, multipart(2));
      await().until(() -> frames("gate").size() == 2);
      chunk(out, "\r\n--b\r\nContent-Length: 500\r\n\r\nabc".getBytes(ISO_8859_1));
    }
    await().until(() -> ends("gate").size() == 1);
    assertThat(ends("gate").get(0).why()).isEqualTo(EndReason.PUBLISHER_GONE);
    bystander.assertUndisturbed();
  }

  @Test
  void stream_newerPublisherOnItsTopic_isAnswered409AndDoesNotComeBack() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", edge.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      begin(out, "gate");
      chunk(out, multipart(1));
      await().until(() -> frames("gate").size() == 1);
      assertThat(post("gate", "image/jpeg", PICTURE).statusCode()).isEqualTo(202);
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answer)
          .startsWith("HTTP/1.1 409")
          .contains("a newer publisher has taken topic gate over");
    }
    assertThat(post("gate", "image/jpeg", PICTURE).statusCode()).isEqualTo(202);
    await().until(() -> frames("gate").size() == 3);
    assertThat(ends("gate")).extracting(Ended::why).containsExactly(EndReason.REPLACED);
    bystander.assertUndisturbed();
  }

  private HttpResponse<String> post(String topic, String type, byte[] body) throws Exception {
    return TestPublisher.post(edge.port(), "/api/v1/topics/" + topic + "/frames", type, body);
  }

  private static void assertProblem(
      HttpResponse<String> response, int status, String code, String detail) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonObject problem = new JsonObject(response.body());
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getString("detail")).contains(detail);
  }

  private List<Arrived> frames(String topic) {
    return edge.events().stream()
        .filter(event -> event instanceof Arrived && isOf(event.stream(), topic))
        .map(Arrived.class::cast)
        .toList();
  }

  private List<Ended> ends(String topic) {
    return edge.events().stream()
        .filter(event -> event instanceof Ended && isOf(event.stream(), topic))
        .map(Ended.class::cast)
        .toList();
  }

  private boolean isOf(StreamId stream, String topic) {
    for (StreamEvent event : edge.events()) {
      if (event instanceof Opened opened && opened.stream().equals(stream)) {
        return opened.info().topic().name().equals(topic);
      }
    }
    return false;
  }

  private static byte[] multipart(int parts) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < parts; i++) {
      body.writeBytes(
          ("--b\r\nContent-Type: image/jpeg\r\nContent-Length: " + PICTURE.length + "\r\n\r\n")
              .getBytes(ISO_8859_1));
      body.write(PICTURE);
      body.writeBytes("\r\n".getBytes(ISO_8859_1));
    }
    return body.toByteArray();
  }

  private static void begin(OutputStream out, String topic) throws IOException {
    out.write(
        ("POST /api/v1/topics/"
                + topic
                + "/stream HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n"
                + "Content-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n")
            .getBytes(ISO_8859_1));
    out.flush();
  }

  private static void chunk(OutputStream out, byte[] data) throws IOException {
    out.write((Integer.toHexString(data.length) + "\r\n").getBytes(ISO_8859_1));
    out.write(data);
    out.write("\r\n".getBytes(ISO_8859_1));
    out.flush();
  }

  private static long writeUntilRefused(OutputStream out, byte[] piece, long most) {
    long sent = 0;
    try {
      for (; sent < most; sent += piece.length) {
        chunk(out, piece);
      }
    } catch (IOException e) {
      return sent;
    }
    return sent;
  }
}
