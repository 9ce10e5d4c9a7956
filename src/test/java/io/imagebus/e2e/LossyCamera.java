package io.imagebus.e2e;

import io.imagebus.base.Clock;
import io.imagebus.chunk.Chunker;
import io.imagebus.client.ServerUrl;
import io.imagebus.frame.StreamId;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.wire.Chunk;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A publisher whose network loses a chunk now and then: it numbers all chunks, leaves some unsent
 * without a word, and writes down which. May be read from any thread.
 */
final class LossyCamera {

  private static final int CHUNK_BYTES = 8 * 1024;
  private static final long EVERY_MILLIS = 50;

  /** Held: Vert.x closes the sockets of a client that nobody refers to. */
  private final WebSocketClient sockets;

  private final Clients clients;
  private final Footage footage;
  private final WebSocket socket;
  private final List<Long> unsent = new CopyOnWriteArrayList<>();
  private volatile long pictures;

  LossyCamera(Clients clients, Footage footage, String topic, ServerUrl server) throws Exception {
    this.clients = clients;
    this.footage = footage;
    sockets = clients.vertx().createWebSocketClient(new WebSocketClientOptions());
    socket = sockets.connect(server.port(), server.host(), "/ws").await(10, TimeUnit.SECONDS);
    socket.textMessageHandler(
        text -> {
          JsonObject message = new JsonObject(text);
          if (message.getString("type").equals("published")) {
            film(StreamId.parse(message.getString("stream")));
          }
        });
    socket.writeTextMessage(
        new JsonObject().put("type", "publish").put("id", 1).put("topic", topic).encode());
  }

  /** Without an end; the second chunk of every tenth picture gets lost until six are. */
  private void film(StreamId stream) {
    Chunker chunker = new Chunker(stream, CHUNK_BYTES);
    clients.vertx().setPeriodic(EVERY_MILLIS, timer -> shoot(chunker));
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void shoot(Chunker chunker) {
    List<Chunk> chunks =
        chunker.cut(footage.picture(pictures), Clock.system().epochMicros()).chunks();
    boolean isHit = pictures % 10 == 5 && unsent.size() < 6;
    for (int i = 0; i < chunks.size(); i++) {
      if (isHit && i == 1) {
        unsent.add(chunks.get(i).header().sequence());
      } else {
        socket.writeBinaryMessage(Buffer.buffer(chunks.get(i).bytes()));
      }
    }
    pictures++;
  }

  /** The numbers that were never sent. */
  List<Long> unsent() {
    return List.copyOf(unsent);
  }
}
