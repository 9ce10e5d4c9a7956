package io.imagebus.e2e;

import io.imagebus.client.ServerUrl;
import io.imagebus.testbed.Clients;
import io.imagebus.wire.Chunk;
import io.imagebus.wire.ChunkReader;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A display without the client library: one socket for as long as it lasts, no acknowledgements,
 * and a ledger of all that it was sent or told. Follows one stream. May be read from any thread.
 */
final class RawDisplay {

  /** Held: Vert.x closes the sockets of a client that nobody refers to. */
  private final WebSocketClient sockets;

  private final Clients clients;
  private final WebSocket socket;
  private final List<JsonObject> skips = new CopyOnWriteArrayList<>();
  private volatile long first = -1;
  private volatile long chunks;
  private volatile long frames;
  private volatile long newestFrame = -1;
  private volatile String ended = "";
  private volatile boolean closed;

  RawDisplay(Clients clients, String topic, ServerUrl server) throws Exception {
    this.clients = clients;
    WebSocketClientOptions options =
        new WebSocketClientOptions().setReceiveBufferSize(64 * 1024).setMaxFrameSize(1 << 20);
    sockets = clients.vertx().createWebSocketClient(options);
    socket =
        sockets
            .connect(server.port(), server.host(), "/ws")
            .onSuccess(this::listen)
            .await(10, TimeUnit.SECONDS);
    socket.writeTextMessage(
        new JsonObject().put("type", "subscribe").put("id", 1).put("topic", topic).encode());
  }

  private void listen(WebSocket opened) {
    opened
        .textMessageHandler(text -> onControl(new JsonObject(text)))
        .binaryMessageHandler(bytes -> onChunk(bytes.getBytes()))
        .closeHandler(any -> closed = true);
  }

  private void onControl(JsonObject message) {
    switch (message.getString("type")) {
      case "stream" -> {
        ended = "";
        if (first < 0) {
          first = message.getLong("first");
        }
      }
      case "skip" -> skips.add(message);
      case "ended" -> ended = message.getString("why");
      default -> {}
    }
  }

  /** All on one event loop, so that the counts need not be atomic. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void onChunk(byte[] message) {
    if (ChunkReader.read(message) instanceof ChunkReader.Good good) {
      Chunk chunk = good.chunk();
      chunks++;
      if (chunk.header().isLast()) {
        newestFrame = chunk.header().frameNumber();
        frames++;
      }
    }
  }

  /** Reads nothing from now on. */
  void pause() {
    clients.run(socket::pause);
  }

  void resume() {
    clients.run(socket::resume);
  }

  /** The first number that was promised to it. */
  long first() {
    return first;
  }

  long frames() {
    return frames;
  }

  long newestFrame() {
    return newestFrame;
  }

  /** Numbers that came, or that it was told to do without. */
  long accounted() {
    return chunks + skips.stream().mapToLong(s -> s.getLong("to") - s.getLong("from") + 1).sum();
  }

  /** Frames that it was told to do without. */
  long skippedFrames() {
    return skips.stream().mapToLong(skip -> skip.getLong("frames")).sum();
  }

  /** Why frames were left out. */
  List<String> skipReasons() {
    return skips.stream().map(skip -> skip.getString("reason")).distinct().toList();
  }

  /** Why the stream is over; empty while it is not. */
  String ended() {
    return ended;
  }

  boolean isClosed() {
    return closed;
  }
}
