package io.imagebus.browser;

import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.frame.StreamId;
import io.imagebus.wire.Chunk;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What the wall page sees of a node, said by the test line by line: the page's files, and an {@code
 * imagebus.v1} socket with one topic at most.
 */
final class ScriptedNode implements AutoCloseable {

  private static final String SUBPROTOCOL = "imagebus.v1";
  private static final int CHUNK_BYTES = 8 * 1024;

  private final Vertx vertx = Vertx.vertx();
  private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
  private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
  private final StreamId stream = new StreamId(0xfedc_ba98_7654_3210L);
  private final Chunker chunker = new Chunker(stream, CHUNK_BYTES);
  private final HttpServer server;

  ScriptedNode() throws Exception {
    Router router = Router.router(vertx);
    router.route("/ws").handler(request -> request.request().toWebSocket().onSuccess(this::greet));
    router.route().handler(StaticHandler.create("webroot").setCachingEnabled(false));
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .addWebSocketSubProtocol(SUBPROTOCOL);
    server =
        vertx
            .createHttpServer(options)
            .requestHandler(router)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/";
  }

  private void greet(ServerWebSocket socket) {
    sockets.add(socket);
    socket.closeHandler(ignored -> sockets.remove(socket));
    socket.textMessageHandler(text -> answer(socket, new JsonObject(text)));
    say(
        socket,
        new JsonObject()
            .put("type", "welcome")
            .put("node", "scripted")
            .put("session", "1")
            .put("limits", new JsonObject())
            .put("nodes", new JsonArray()));
  }

  private void answer(ServerWebSocket socket, JsonObject message) {
    heard.add(message);
    switch (message.getString("type")) {
      case "subscribe" ->
          say(socket, new JsonObject().put("type", "subscribed").put("id", message.getValue("id")));
      case "time" ->
          say(
              socket,
              message.copy().put("t1", message.getLong("t0")).put("t2", message.getLong("t0")));
      default -> {}
    }
  }

  private static void say(ServerWebSocket socket, JsonObject message) {
    socket.writeTextMessage(message.encode());
  }

  private void say(JsonObject message) {
    sockets.forEach(socket -> say(socket, message));
  }

  /** Announces the one stream; its numbers go on from where they are. */
  void announce(String topic) {
    say(
        about("stream")
            .put("topic", topic)
            .put("variant", "source")
            .put("contentType", "image/jpeg")
            .put("first", chunker.nextSequence())
            .put("total", 0));
  }

  /** Sends a picture as the next frame, without the first {@code lost} of its chunks. */
  void picture(byte[] jpeg, int lost) {
    ChunkedFrame frame =
        chunker.cut(jpeg, TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));
    for (Chunk chunk : frame.chunks().subList(lost, frame.chunks().size())) {
      sockets.forEach(socket -> socket.writeBinaryMessage(Buffer.buffer(chunk.bytes())));
    }
  }

  /** Says that the stream is over. */
  void end() {
    say(
        about("ended")
            .put("next", chunker.nextSequence())
            .put("total", 0)
            .put("why", "publisher-gone"));
  }

  private JsonObject about(String type) {
    return new JsonObject().put("type", type).put("stream", stream.toString());
  }

  /** Cuts every connection. */
  void cut() {
    sockets.forEach(ServerWebSocket::close);
  }

  /** Waits for the next message of a type and passes over others. */
  JsonObject hear(String type) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (true) {
      JsonObject message = heard.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        throw new AssertionError("the page sent no " + type + " in 10 s");
      }
      if (message.getString("type").equals(type)) {
        return message;
      }
    }
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
