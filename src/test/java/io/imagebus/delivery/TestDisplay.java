package io.imagebus.delivery;

import static org.awaitility.Awaitility.await;

import io.imagebus.wire.Chunk;
import io.imagebus.wire.ChunkReader;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A client that keeps what it hears, in order. */
final class TestDisplay {

  /** Text or binary, as it came. */
  record Heard(Optional<JsonObject> text, Optional<Buffer> binary) {

    boolean is(String type) {
      return text.filter(json -> type.equals(json.getString("type"))).isPresent();
    }

    JsonObject json() {
      return text.orElseThrow();
    }

    Chunk chunk() {
      return ((ChunkReader.Good) ChunkReader.read(binary.orElseThrow().getBytes())).chunk();
    }
  }

  final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final WebSocketClient client;
  private final WebSocket socket;
  private volatile boolean closed;

  private TestDisplay(WebSocketClient client, WebSocket socket) {
    this.client = client;
    this.socket = socket;
  }

  static TestDisplay connect(Vertx vertx, int port, String path) throws Exception {
    WebSocketClient client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(16 << 20)
                .setMaxMessageSize(16 << 20)
                .setReceiveBufferSize(32 << 10));
    return TestEdge.await(
        client
            .connect(new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path))
            .map(socket -> new TestDisplay(client, socket).listen()));
  }

  private TestDisplay listen() {
    socket.textMessageHandler(
        text -> heard.add(new Heard(Optional.of(new JsonObject(text)), Optional.empty())));
    socket.binaryMessageHandler(
        bytes -> heard.add(new Heard(Optional.empty(), Optional.of(bytes))));
    socket.closeHandler(any -> closed = true);
    return this;
  }

  WebSocket socket() {
    return socket;
  }

  boolean isClosed() {
    return closed;
  }

  TestDisplay say(JsonObject message) {
    socket.writeTextMessage(message.encode());
    return this;
  }

  TestDisplay subscribe(int id, String topic) {
    return say(new JsonObject().put("type", "subscribe").put("id", id).put("topic", topic));
  }

  /** Waits until something like this was heard, and gives the first. */
  Heard await_(Predicate<Heard> wanted) {
    await().until(() -> heard.stream().anyMatch(wanted));
    return heard.stream().filter(wanted).findFirst().orElseThrow();
  }

  JsonObject awaitText(String type) {
    return await_(each -> each.is(type)).json();
  }

  void awaitBinaries(int count) {
    await().until(() -> binaries().size() >= count);
  }

  List<Buffer> binaries() {
    return heard.stream().flatMap(each -> each.binary().stream()).toList();
  }

  List<Chunk> chunks() {
    return heard.stream().filter(each -> each.binary().isPresent()).map(Heard::chunk).toList();
  }

  List<JsonObject> texts(String type) {
    return heard.stream().filter(each -> each.is(type)).map(Heard::json).toList();
  }

  void close() throws Exception {
    if (!closed) {
      TestEdge.await(socket.close());
    }
    TestEdge.await(client.close());
  }
}
