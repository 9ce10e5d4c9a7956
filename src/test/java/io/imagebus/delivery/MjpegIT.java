package io.imagebus.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.bus.FakeStages;
import io.imagebus.bus.FakeStream;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MjpegIT {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private FakeStages stages;
  private TestEdge edge;
  private HttpURLConnection connection;
  private DataInputStream in;

  private record Part(Map<String, String> headers, Buffer picture) {}

  @BeforeEach
  void start() throws Exception {
    stages = TestEdge.stages(vertx);
    edge = TestEdge.start(vertx, DeliverySettings.defaults());
  }

  @AfterEach
  void stop() throws Exception {
    TestEdge.await(vertx.close());
  }

  private void open(String path) throws IOException {
    connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + edge.port() + "/api/v1/topics/" + path)
                .toURL()
                .openConnection();
    connection.setReadTimeout(10_000);
    in = new DataInputStream(connection.getInputStream());
    assertThat(line()).isEqualTo("--imagebus-frame");
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** One part and the boundary after it, which must be there at once. */
  private Part part() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] header = line.split(": ", 2);
      headers.put(header[0], header[1]);
    }
    byte[] picture = in.readNBytes(Integer.parseInt(headers.get("Content-Length")));
    assertThat(new String(in.readNBytes(2), StandardCharsets.US_ASCII)).isEqualTo("\r\n");
    assertThat(line()).isEqualTo("--imagebus-frame");
    return new Part(headers, Buffer.buffer(picture));
  }

  @Test
  void stream_ofPictures_isMultipart() throws Exception {
    FakeStream stream = stages.open("site/gate", 1, 1);
    stream.frame(ChunkDisplayIT.picture(150_000, 1));
    open("site/gate/stream.mjpeg");
    Part first = part();
    assertThat(connection.getContentType())
        .isEqualTo("multipart/x-mixed-replace; boundary=imagebus-frame");
    assertThat(connection.getHeaderField("Cache-Control")).isEqualTo("no-store");
    assertThat(first.headers)
        .containsEntry("Content-Type", "image/jpeg")
        .containsEntry("Content-Length", "150000")
        .containsEntry("X-Timestamp", "1700000000.123456");
    assertThat(first.picture).isEqualTo(ChunkDisplayIT.picture(150_000, 1));
    stream.frame(ChunkDisplayIT.picture(100, 2));
    Part second = part();
    while (second.picture.length() > 100) {
      second = part();
    }
    assertThat(second.picture).isEqualTo(ChunkDisplayIT.picture(100, 2));
  }

  @Test
  void lastPicture_ofStillStream_isRepeatedEachSecond() throws Exception {
    stages.open("a", 1, 1).frame(ChunkDisplayIT.picture(100, 1));
    open("a/stream.mjpeg");
    long before = System.nanoTime();
    for (int i = 0; i < 3; i++) {
      assertThat(part().picture).isEqualTo(ChunkDisplayIT.picture(100, 1));
    }
    assertThat(System.nanoTime() - before).isLessThan(3_500_000_000L);
  }

  @Test
  void stream_ofUnknownTopic_is404() throws Exception {
    connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + edge.port() + "/api/v1/topics/a/stream.mjpeg")
                .toURL()
                .openConnection();
    assertThat(connection.getResponseCode()).isEqualTo(404);
    await().until(() -> edge.displays() == 0 && stages.wanted() == 0);
  }

  @Test
  void client_thatGoes_leavesNothingBehind() throws Exception {
    FakeStream stream = stages.open("a", 1, 1);
    stream.frame(ChunkDisplayIT.picture(100, 1));
    open("a/stream.mjpeg");
    part();
    assertThat(edge.accounts().get(0).outlet()).isEqualTo("mjpeg");
    connection.disconnect();
    await().until(() -> edge.displays() == 0 && stages.wanted() == 0);
    assertThat(edge.departed().get(0).sent()).isEqualTo(1);
  }

  @Test
  void client_thatReadsNothing_getsTheNewestAfterwards() throws Exception {
    FakeStream stream = stages.open("a", 1, 1);
    stream.frame(ChunkDisplayIT.picture(100, 1));
    open("a/stream.mjpeg");
    part();
    int frames = 80;
    for (int i = 1; i <= frames; i++) {
      stream.frame(ChunkDisplayIT.picture(400_000, i));
    }
    await().until(() -> edge.accounts().get(0).expected() == 1 + frames * 7);
    assertThat(edge.accounts().get(0).skipped()).isNotEmpty();
    Buffer newest = ChunkDisplayIT.picture(400_000, frames);
    int parts = 0;
    while (!part().picture.equals(newest)) {
      parts++;
    }
    assertThat(parts).isLessThan(frames);
  }

  @Test
  void rate_inTheQuery_leavesFramesOut() throws Exception {
    FakeStream stream = stages.open("a", 1, 1);
    stream.frame(ChunkDisplayIT.picture(100, 0));
    open("a/stream.mjpeg?fps=0.05");
    part();
    for (int i = 1; i <= 10; i++) {
      stream.frame(ChunkDisplayIT.picture(100, i));
    }
    await().until(() -> edge.accounts().get(0).expected() == 11);
    assertThat(edge.accounts().get(0).sent()).isEqualTo(1);
    assertThat(edge.accounts().get(0).skipped().keySet().toString()).isEqualTo("[RATE]");
    assertThat(part().picture).as("repeated").isEqualTo(ChunkDisplayIT.picture(100, 0));
  }
}
