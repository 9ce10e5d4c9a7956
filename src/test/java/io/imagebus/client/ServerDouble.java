package io.imagebus.client;

import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.frame.StreamId;
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.sequence.SequenceLimits;
import io.imagebus.sequence.SequenceTracker;
import io.imagebus.wire.Chunk;
import io.imagebus.wire.ChunkReader;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A node as far as a client sees it: the server's half of {@code imagebus.v1}, and canned answers
 * for HTTP. The switches may be set from the test's thread.
 */
public final class ServerDouble implements AutoCloseable {

  public static final int CHUNK_BYTES = 1_000;
  public static final int FRAME_BYTES = 100_000;

  private final Vertx vertx;
  private final HttpServer server;
  private final List<JsonObject> heard = new CopyOnWriteArrayList<>();
  private final List<ChunkedFrame> frames = new CopyOnWriteArrayList<>();
  private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
  private final Map<StreamId, Inbound> streams = new ConcurrentHashMap<>();
  private final Map<StreamId, Object> publishIds = new ConcurrentHashMap<>();
  private final Map<String, JsonObject> pages = new ConcurrentHashMap<>();
  private final Map<String, Buffer> pictures = new ConcurrentHashMap<>();
  private volatile List<String> otherNodes = List.of();
  private volatile boolean accepts = true;
  private volatile boolean rejects;
  private final AtomicLong nextStream = new AtomicLong(0xabc0_0000_0000_0000L);

  private static final class Inbound {
    final SequenceTracker tracker = new SequenceTracker(SequenceLimits.defaults());
    final FrameAssembler assembler =
        new FrameAssembler(new FrameAssembler.Limits(FRAME_BYTES, FRAME_BYTES, 1_000_000_000L));
    long lastFrame = -1;
  }

  private ServerDouble(Vertx vertx, int port) {
    this.vertx = vertx;
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setMaxWebSocketFrameSize(1 << 20)
                    .setMaxWebSocketMessageSize(1 << 20)
                    .addWebSocketSubProtocol("imagebus.v1"))
            .webSocketHandler(this::onSocket)
            .requestHandler(this::onRequest);
  }

  /** A double on a free port. */
  public static ServerDouble start(Vertx vertx) {
    return start(vertx, 0);
  }

  public static ServerDouble start(Vertx vertx, int port) {
    ServerDouble started = new ServerDouble(vertx, port);
    started.server.listen().await();
    return started;
  }

  public ServerUrl url() {
    return new ServerUrl("127.0.0.1", server.actualPort(), false);
  }

  private void onSocket(ServerWebSocket socket) {
    sockets.add(socket);
    socket.textMessageHandler(text -> onControl(socket, new JsonObject(text)));
    socket.binaryMessageHandler(message -> onChunk(socket, message));
    socket.closeHandler(any -> sockets.remove(socket));
    send(
        socket,
        new JsonObject()
            .put("type", "welcome")
            .put("node", "double-" + server.actualPort())
            .put("session", "s1")
            .put("nodes", new JsonArray(otherNodes))
            .put(
                "limits",
                new JsonObject()
                    .put("chunkBytes", CHUNK_BYTES)
                    .put("frameBytes", FRAME_BYTES)
                    .put("controlBytes", 10_000)));
  }

  private void onControl(ServerWebSocket socket, JsonObject message) {
    heard.add(message);
    switch (message.getString("type")) {
      case "publish" -> onPublish(socket, message);
      case "skip" -> pass(message, message.getLong("to") + 1, false);
      case "heartbeat" -> pass(message, message.getLong("next"), false);
      case "end" -> onEnd(socket, message);
      case "subscribe" ->
          send(
              socket, new JsonObject().put("type", "subscribed").put("id", message.getValue("id")));
      case "time" -> onTime(socket, message);
      default -> {}
    }
  }

  private void onPublish(ServerWebSocket socket, JsonObject message) {
    if (message.getString("topic").startsWith("forbidden")) {
      send(
          socket,
          new JsonObject()
              .put("type", "error")
              .put("id", message.getValue("id"))
              .put("code", "forbidden")
              .put("message", "you may not publish here"));
      return;
    }
    StreamId stream = new StreamId(nextStream.getAndIncrement());
    Inbound inbound = new Inbound();
    inbound.tracker.announce(stream.value(), 0, 0, System.nanoTime());
    streams.put(stream, inbound);
    publishIds.put(stream, message.getValue("id"));
    send(
        socket,
        about(stream, "published")
            .put("id", message.getValue("id"))
            .put("topic", message.getValue("topic"))
            .put("node", "double"));
  }

  private void onChunk(ServerWebSocket socket, Buffer message) {
    Chunk chunk = ((ChunkReader.Good) ChunkReader.read(message.getBytes())).chunk();
    StreamId id = chunk.header().stream();
    Inbound inbound = streams.get(id);
    inbound.tracker.onChunk(id.value(), chunk.header().sequence(), System.nanoTime());
    if (inbound.assembler.add(chunk, System.nanoTime())
        instanceof FrameAssembler.Complete complete) {
      frames.add(complete.frame());
      inbound.lastFrame = complete.frame().number();
      answer(socket, id, inbound);
    }
  }

  private void answer(ServerWebSocket socket, StreamId id, Inbound inbound) {
    if (rejects) {
      send(
          socket,
          about(id, "rejected")
              .put("frame", inbound.lastFrame)
              .put("code", "not-a-picture")
              .put("message", "these bytes are no picture"));
    } else if (accepts) {
      send(socket, about(id, "accepted").put("frame", inbound.lastFrame));
    }
  }

  private void pass(JsonObject message, long next, boolean end) {
    StreamId id = StreamId.parse(message.getString("stream"));
    long total = message.getLong("total", 0L);
    Inbound inbound = streams.get(id);
    inbound.tracker.onHeartbeat(id.value(), next, total, end, System.nanoTime());
  }

  private void onEnd(ServerWebSocket socket, JsonObject message) {
    if (!accepts) {
      return;
    }
    send(
        socket,
        about(StreamId.parse(message.getString("stream")), "ended")
            .put("id", publishIds.get(StreamId.parse(message.getString("stream"))))
            .put("next", message.getValue("next"))
            .put("why", "publisher-gone"));
  }

  private void onTime(ServerWebSocket socket, JsonObject message) {
    long now = System.currentTimeMillis() * 1_000;
    send(
        socket,
        new JsonObject()
            .put("type", "time")
            .put("t0", message.getValue("t0"))
            .put("t1", now)
            .put("t2", now));
  }

  private void onRequest(HttpServerRequest request) {
    JsonObject page = pages.get(request.path());
    Buffer picture = pictures.get(request.path());
    if (page != null) {
      request.response().putHeader("Content-Type", "application/json").end(page.toBuffer());
    } else if (picture != null) {
      request
          .response()
          .putHeader("Content-Type", "image/jpeg")
          .putHeader("X-Imagebus-State", "live")
          .end(picture);
    } else {
      request
          .response()
          .setStatusCode(404)
          .putHeader("Content-Type", "application/problem+json")
          .end(new JsonObject().put("detail", "nobody publishes here").toBuffer());
    }
  }

  /** Answers a GET with JSON. */
  public void page(String path, JsonObject answer) {
    pages.put(path, answer);
  }

  /** Answers a GET with a picture. */
  public void picture(String path, byte[] bytes) {
    pictures.put(path, Buffer.buffer(bytes));
  }

  /** Whether frames are accepted at once; turned on again, all that came since are accepted. */
  public void accept(boolean wanted) {
    accepts = wanted;
    if (wanted) {
      streams.forEach((id, in) -> toAll(about(id, "accepted").put("frame", in.lastFrame)));
    }
  }

  public void reject(boolean wanted) {
    rejects = wanted;
  }

  public void nameOthers(ServerUrl... others) {
    otherNodes = List.of(others).stream().map(ServerUrl::toString).toList();
  }

  public static JsonObject about(StreamId stream, String type) {
    return new JsonObject().put("type", type).put("stream", stream.toString());
  }

  public static JsonObject stream(StreamId stream, String topic, long first) {
    return about(stream, "stream")
        .put("topic", topic)
        .put("variant", "source")
        .put("contentType", "image/jpeg")
        .put("first", first);
  }

  /** Sends control to every client, in order. */
  public void toAll(JsonObject message) {
    onLoop(() -> sockets.forEach(socket -> send(socket, message)));
  }

  /** Sends bytes to every client, in order with the control. */
  public void toAll(byte[] bytes) {
    onLoop(() -> sockets.forEach(socket -> socket.writeBinaryMessage(Buffer.buffer(bytes))));
  }

  /** Sends chunks to every client. */
  public void toAll(List<Chunk> chunks) {
    chunks.forEach(chunk -> toAll(chunk.bytes()));
  }

  /** Closes every connection with a code. */
  public void closeAll(int code, String reason) {
    onLoop(() -> sockets.forEach(socket -> socket.close((short) code, reason)));
  }

  private void onLoop(Runnable action) {
    vertx.runOnContext(any -> action.run());
  }

  private static void send(ServerWebSocket socket, JsonObject message) {
    socket.writeTextMessage(message.encode());
  }

  /** The control messages of one type, oldest first. */
  public List<JsonObject> heard(String type) {
    return heard.stream().filter(message -> message.getString("type").equals(type)).toList();
  }

  /** The whole frames that came, oldest first. */
  public List<ChunkedFrame> frames() {
    return frames;
  }

  /** The account of all streams published here. */
  public SequenceCounts counts() {
    return streams.values().stream()
        .map(inbound -> inbound.tracker.counts())
        .reduce(SequenceCounts.ZERO, SequenceCounts::plus);
  }

  public int streamsPublished() {
    return streams.size();
  }

  public int clients() {
    return sockets.size();
  }

  @Override
  public void close() {
    server.close().await();
  }
}
