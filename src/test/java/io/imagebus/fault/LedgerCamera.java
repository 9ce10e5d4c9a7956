package io.imagebus.fault;

import io.imagebus.base.Clock;
import io.imagebus.chunk.ChunkedFrame;
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
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A publisher of numbered chunks without the program's client: writes down every picture that it
 * sends, holds back rather than run ahead of the node, ends its stream well when the node drains,
 * and goes on as a new stream at the next of its servers. Owned by one event loop; what it says may
 * be read from any thread.
 */
final class LedgerCamera {

  private static final long RETRY_MILLIS = 200;
  private static final long HEARTBEAT_MILLIS = 1_000;

  /** The most unconfirmed pictures: what a stopped node finds waiting is this old at most. */
  private static final long MOST_AHEAD = 8;

  private final Clients clients;
  private final Footage footage;
  private final Ledger ledger;
  private final String topic;
  private final List<ServerUrl> servers;
  private final WebSocketClient sockets;
  private final long heartbeats;
  private @Nullable WebSocket socket;
  private @Nullable OfferedStream stream;
  private @Nullable Chunker chunker;
  private int turn;
  private int chunkBytes;
  private long filmTimer = -1;
  private boolean filming;
  private boolean leaving;
  private boolean stubborn;
  private boolean closed;
  private long pictures;
  private volatile long heldBack;

  /**
   * Connects to the first server.
   *
   * @param servers in the order in which it tries them; one, if it belongs to that node whatever
   *     happens
   */
  LedgerCamera(
      Clients clients, Footage footage, Ledger ledger, String topic, List<ServerUrl> servers) {
    this.clients = clients;
    this.footage = footage;
    this.ledger = ledger;
    this.topic = topic;
    this.servers = List.copyOf(servers);
    this.sockets = clients.vertx().createWebSocketClient(new WebSocketClientOptions());
    this.heartbeats =
        clients.call(() -> clients.vertx().setPeriodic(HEARTBEAT_MILLIS, any -> heartbeat()));
    clients.run(this::connect);
  }

  private void connect() {
    ServerUrl server = servers.get(turn % servers.size());
    sockets
        .connect(server.port(), server.host(), "/ws")
        .onSuccess(this::opened)
        .onFailure(any -> retry());
  }

  private void retry() {
    turn++;
    if (!closed) {
      clients.vertx().setTimer(RETRY_MILLIS, any -> connect());
    }
  }

  private void opened(WebSocket opened) {
    socket = opened;
    opened.exceptionHandler(any -> {});
    opened.textMessageHandler(text -> onControl(opened, new JsonObject(text)));
    opened.closeHandler(any -> onClosed());
  }

  private void onControl(WebSocket from, JsonObject message) {
    switch (message.getString("type")) {
      case "welcome" -> {
        chunkBytes = message.getJsonObject("limits").getInteger("chunkBytes");
        from.writeTextMessage(
            new JsonObject().put("type", "publish").put("id", 1).put("topic", topic).encode());
      }
      case "published" -> begin(message);
      case "accepted" -> ifOpen(s -> s.accepted(message.getLong("frame")));
      case "ended" -> onEnded(from, message.getString("why"));
      case "drain" -> leave(from);
      default -> {}
    }
  }

  private void onEnded(WebSocket from, String why) {
    if (!leaving) {
      // What is under way at this moment is not taken any more.
      ifOpen(OfferedStream::broke);
    }
    ifOpen(s -> s.ended(why));
    if (!stubborn) {
      chunker = null;
    }
    if (leaving) {
      from.close();
    }
  }

  /** Ends the stream well, to begin anew at another server. */
  private void leave(WebSocket from) {
    if (stream == null || chunker == null) {
      from.close();
      return;
    }
    leaving = true;
    from.writeTextMessage(
        new JsonObject()
            .put("type", "end")
            .put("stream", stream.id().toString())
            .put("next", chunker.nextSequence())
            .encode());
    chunker = null;
  }

  private void begin(JsonObject published) {
    StreamId id = new StreamId(Long.parseUnsignedLong(published.getString("stream"), 16));
    OfferedStream begun = new OfferedStream(id, topic, published.getString("node"));
    stream = begun;
    chunker = new Chunker(id, chunkBytes);
    ledger.opened(begun);
  }

  private void ifOpen(Consumer<OfferedStream> action) {
    if (stream != null) {
      action.accept(stream);
    }
  }

  private void onClosed() {
    ifOpen(OfferedStream::broke);
    socket = null;
    stream = null;
    chunker = null;
    if (leaving) {
      leaving = false;
      turn++;
      connect();
    } else {
      retry();
    }
  }

  /** Sends a picture every so many milliseconds from now on, beginning after a wait. */
  void film(long afterMillis, long everyMillis) {
    clients.run(
        () -> {
          filming = true;
          clients.vertx().cancelTimer(filmTimer);
          filmTimer = clients.vertx().setPeriodic(afterMillis, everyMillis, any -> shoot());
        });
  }

  /** No more pictures; the stream stays open. */
  void stop() {
    clients.run(
        () -> {
          filming = false;
          clients.vertx().cancelTimer(filmTimer);
        });
  }

  /** A socket that is closed says so before it tells its handler. */
  private boolean isOpen() {
    return socket != null && !socket.isClosed();
  }

  private void shoot() {
    if (!filming || !isOpen() || chunker == null || socket == null || stream == null) {
      return;
    }
    boolean ahead = stream.frames() - stream.acceptedFrames() >= MOST_AHEAD;
    if (socket.writeQueueFull() || (ahead && !stubborn)) {
      heldBack++;
      return;
    }
    for (Chunk chunk : next(stream, chunker).chunks()) {
      socket.writeBinaryMessage(Buffer.buffer(chunk.bytes()));
    }
  }

  private ChunkedFrame next(OfferedStream to, Chunker numbers) {
    byte[] picture = footage.picture(pictures++);
    ChunkedFrame frame = numbers.cut(picture, Clock.system().epochMicros());
    to.offered(OfferedStream.Offer.of(frame, picture, System.nanoTime()));
    return frame;
  }

  /** Sends one more picture, but of its chunks only so many. */
  void shootPart(int chunks) {
    clients.run(
        () -> {
          if (socket != null && stream != null && chunker != null) {
            for (Chunk chunk : next(stream, chunker).chunks().subList(0, chunks)) {
              socket.writeBinaryMessage(Buffer.buffer(chunk.bytes()));
            }
          }
        });
  }

  private void heartbeat() {
    if (isOpen() && socket != null && stream != null && chunker != null) {
      socket.writeTextMessage(
          new JsonObject()
              .put("type", "heartbeat")
              .put("stream", stream.id().toString())
              .put("next", chunker.nextSequence())
              .put("total", 0)
              .encode());
    }
  }

  /** Goes on with its stream from now on, also when it is told that another one has its topic. */
  void insist() {
    clients.run(() -> stubborn = true);
  }

  /** Ends the stream well, if it is not at the first server, and goes on there. */
  void goHome() {
    clients.run(
        () -> {
          if (turn % servers.size() != 0 && socket != null && isOpen()) {
            turn = -1;
            leave(socket);
          }
        });
  }

  /** Breaks the connection off, as a camera does that loses its power; it comes back. */
  void flap() {
    clients.run(
        () -> {
          if (socket != null) {
            socket.shutdown();
          }
        });
  }

  String topic() {
    return topic;
  }

  /** Where it began. */
  ServerUrl server() {
    return servers.get(0);
  }

  /** The stream that it sends now. */
  Optional<OfferedStream> stream() {
    return clients.call(() -> Optional.ofNullable(stream));
  }

  /** Pictures that were due while the node was not ready for them. */
  long heldBack() {
    return heldBack;
  }

  void close() {
    clients.run(
        () -> {
          closed = true;
          clients.vertx().cancelTimer(heartbeats);
          clients.vertx().cancelTimer(filmTimer);
          if (socket != null) {
            socket.close();
          }
        });
  }
}
