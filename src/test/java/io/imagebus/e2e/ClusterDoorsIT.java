package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simple doors of a cluster: what comes in by one node goes out by each, byte for byte. */
class ClusterDoorsIT {

  private static TestCluster cluster;
  private static List<NodeProcess> nodes;
  private static Footage footage;

  private Clients clients;

  @BeforeAll
  static void startNodes() throws Exception {
    footage = new Footage(0);
    cluster = new TestCluster();
    nodes = cluster.start(3);
  }

  @AfterAll
  static void stopNodes() {
    cluster.close();
  }

  @BeforeEach
  void start() {
    clients = new Clients();
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  private static void post(int node, String topic, long number) throws Exception {
    HttpResponse<byte[]> answer = nodes.get(node).post(topic, footage.picture(number));
    assertThat(answer.statusCode()).as(new String(answer.body())).isEqualTo(202);
  }

  private static String stateOf(NodeProcess node, String topic) throws Exception {
    return node.json("/api/v1/topics").getJsonArray("topics").stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("topic").equals(topic))
        .map(each -> each.getString("state"))
        .findFirst()
        .orElse("unknown");
  }

  @Test
  void postedPicture_isTheSnapshotOfEveryNode() throws Exception {
    post(0, "door/posted", 1);
    for (NodeProcess node : nodes) {
      HttpResponse<byte[]> snapshot = node.get("/api/v1/topics/door/posted/snapshot.jpg");
      assertThat(snapshot.statusCode()).isEqualTo(200);
      assertThat(snapshot.headers().firstValue("Content-Type")).contains("image/jpeg");
      assertThat(snapshot.body()).isEqualTo(footage.picture(1));
    }
    post(2, "door/posted", 2);
    for (NodeProcess node : nodes) {
      await()
          .until(
              () ->
                  node.get("/api/v1/topics/door/posted/snapshot.jpg").body().length
                      == footage.picture(2).length);
      assertThat(node.get("/api/v1/topics/door/posted/snapshot.jpg").body())
          .isEqualTo(footage.picture(2));
    }
  }

  @Test
  void lateJoiner_ofSilentPublisher_getsTheLastFrameAtOnce() throws Exception {
    String topic = "door/silent";
    Camera camera = new Camera(clients, footage, topic, List.of(nodes.get(0).server()));
    camera.film(10, 10);
    await().until(() -> camera.isAccepted(10));
    await().until(() -> stateOf(nodes.get(1), topic).equals("stale"));
    for (NodeProcess node : nodes) {
      Screen late = new Screen(clients, topic, List.of(node.server()));
      await().atMost(Duration.ofSeconds(2)).until(() -> !late.shown(topic).isEmpty());
      late.assertShown(camera.newestStream(), footage, 9, 10);
      assertThat(late.status(topic).orElseThrow().chunks().lost()).isZero();
    }
  }

  @Test
  void mjpeg_onAnotherNode_carriesTheLastPictureAndTheNext() throws Exception {
    String topic = "door/mjpeg";
    post(0, topic, 1);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(nodes.get(1).url() + "/api/v1/topics/" + topic + "/stream.mjpeg"))
            .timeout(Duration.ofSeconds(10))
            .build();
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    try (DataInputStream body = new DataInputStream(answer.body())) {
      assertThat(nextPart(body)).isEqualTo(footage.picture(1));
      post(2, topic, 2);
      byte[] part = nextPart(body);
      while (Footage.numberOf(part) == 1) {
        part = nextPart(body);
      }
      assertThat(part).isEqualTo(footage.picture(2));
    }
  }

  /** Reads to the next part and through it, by its Content-Length. */
  private static byte[] nextPart(DataInputStream body) throws IOException {
    int length = -1;
    String line = line(body);
    while (!line.isEmpty() || length < 0) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring("Content-Length: ".length()));
      }
      line = line(body);
    }
    return body.readNBytes(length);
  }

  private static String line(DataInputStream body) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = body.readUnsignedByte();
    while (next != '\n') {
      if (next != '\r') {
        line.append((char) next);
      }
      next = body.readUnsignedByte();
    }
    return line.toString();
  }

  @Test
  void wholePictureSockets_onTwoNodes_arePublisherAndDisplay() throws Exception {
    String topic = "door/socket";
    BlockingQueue<byte[]> shown = new LinkedBlockingQueue<>();
    var sockets = clients.vertx().createWebSocketClient();
    var in = nodes.get(0).server();
    var publisher =
        sockets.connect(in.port(), in.host(), "/ws/publish/" + topic).await(10, TimeUnit.SECONDS);
    publisher.writeBinaryMessage(Buffer.buffer(footage.picture(1)));
    var out = nodes.get(2).server();
    sockets
        .connect(out.port(), out.host(), "/ws/subscribe/" + topic)
        .onSuccess(socket -> socket.binaryMessageHandler(bytes -> shown.add(bytes.getBytes())))
        .await(10, TimeUnit.SECONDS);
    assertThat(shown.poll(10, TimeUnit.SECONDS)).isEqualTo(footage.picture(1));
    publisher.writeBinaryMessage(Buffer.buffer(footage.picture(2)));
    assertThat(shown.poll(10, TimeUnit.SECONDS)).isEqualTo(footage.picture(2));
  }
}
