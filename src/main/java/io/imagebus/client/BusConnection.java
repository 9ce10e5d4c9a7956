package io.imagebus.client;

import io.imagebus.wire.Chunk;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/**
 * One socket, from the attempt to its end. Tells its {@link Events} the welcome first and the end
 * last and once. Owned by one event loop.
 */
final class BusConnection {

  /** What comes from a socket. */
  interface Events {

    /** Control after the welcome. */
    void onControl(ServerMessage message);

    /** Control that breaks the protocol; the connection goes on. */
    void onFault(String why);

    /** A binary message. */
    void onBinary(byte[] bytes);

    /** More can be written again. */
    void onWritable();

    /** The end of a connection that was welcomed. */
    void onClosed(CloseCause cause);
  }

  private static final String PROTOCOL = "imagebus.v1";
  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
  private static final long WELCOME_TIMEOUT_MILLIS = 3_000;
  private static final int WRITE_QUEUE_BYTES = 256 * 1024;

  private final ClientWebSocket socket;
  private final ServerUrl server;
  private final Events events;
  private final Promise<Welcome> welcomed = Promise.promise();
  private Welcome.Limits limits = Welcome.Limits.UNKNOWN;
  private boolean over;
  private long heard;

  private BusConnection(ClientWebSocket socket, ServerUrl server, Events events) {
    this.socket = socket;
    this.server = server;
    this.events = events;
  }

  /** An attempt; the welcome tells how it went. */
  static BusConnection open(Vertx vertx, WebSocketClient sockets, ServerUrl server, Events events) {
    BusConnection connection = new BusConnection(sockets.webSocket(), server, events);
    connection.listen();
    connection.connect(vertx);
    return connection;
  }

  private void listen() {
    socket
        .textMessageHandler(this::onText)
        .binaryMessageHandler(this::onBinary)
        .frameHandler(any -> heard++)
        .exceptionHandler(failure -> {})
        .closeHandler(any -> onClosed());
  }

  private void connect(Vertx vertx) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(server.host())
            .setPort(server.port())
            .setSsl(server.tls())
            .setURI("/ws")
            .addSubProtocol(PROTOCOL)
            .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
            .setTimeout(CONNECT_TIMEOUT_MILLIS);
    socket
        .connect(options)
        .onSuccess(
            open -> {
              open.setWriteQueueMaxSize(WRITE_QUEUE_BYTES).drainHandler(any -> events.onWritable());
              if (over) {
                abort("given up");
              } else if (!PROTOCOL.equals(open.subProtocol())) {
                abort("does not speak the subprotocol " + PROTOCOL);
              }
            })
        .onFailure(failure -> end(CloseCause.lost(String.valueOf(failure.getMessage()))));
    vertx.setTimer(
        CONNECT_TIMEOUT_MILLIS + WELCOME_TIMEOUT_MILLIS,
        any -> {
          if (!welcomed.future().isComplete()) {
            abort("did not send its welcome in time");
          }
        });
  }

  /** Succeeds with the server's first message; fails if the connection ends before. */
  Future<Welcome> welcome() {
    return welcomed.future();
  }

  private void onText(String text) {
    if (over) {
      return;
    }
    try {
      ServerMessage message = ServerMessage.parse(text);
      if (welcomed.future().isComplete()) {
        events.onControl(message);
      } else if (message.type().equals("welcome")) {
        Welcome welcome = Welcome.of(message);
        limits = welcome.limits();
        welcomed.complete(welcome);
      } else {
        abort("sent " + message.type() + " before its welcome");
      }
    } catch (IllegalArgumentException e) {
      onFault(String.valueOf(e.getMessage()));
    }
  }

  private void onFault(String why) {
    if (welcomed.future().isComplete()) {
      events.onFault(why);
    } else {
      abort(why);
    }
  }

  private void onBinary(Buffer message) {
    if (!over && welcomed.future().isComplete()) {
      events.onBinary(message.getBytes());
    }
  }

  private void onClosed() {
    Short code = socket.closeStatusCode();
    String reason = socket.closeReason();
    end(
        code == null
            ? CloseCause.lost("connection lost")
            : new CloseCause(Short.toUnsignedInt(code), reason == null ? "" : reason));
  }

  private void end(CloseCause cause) {
    if (over) {
      return;
    }
    over = true;
    if (!welcomed.tryFail(server + ": " + cause)) {
      events.onClosed(cause);
    }
  }

  /** Sends one control message. */
  void send(JsonObject message) {
    if (!over) {
      socket.writeTextMessage(message.encode());
    }
  }

  /** Sends one chunk. */
  void send(Chunk chunk) {
    if (!over) {
      socket.writeBinaryMessage(Buffer.buffer(chunk.bytes()));
    }
  }

  /** Whether more was written than the socket takes now; a socket that has closed takes nothing. */
  boolean isCongested() {
    return over || socket.isClosed() || socket.writeQueueFull();
  }

  /** Asks the server for a sign of life. */
  void ping() {
    if (!over) {
      socket.writePing(Buffer.buffer());
    }
  }

  /** How many signs of life there were. */
  long heard() {
    return heard;
  }

  ServerUrl server() {
    return server;
  }

  /** What the node takes. */
  Welcome.Limits limits() {
    return limits;
  }

  /** Says goodbye and ends the connection. */
  Future<Void> close() {
    if (over) {
      return Future.succeededFuture();
    }
    Future<Void> closed = socket.shutdown(1, TimeUnit.SECONDS, (short) 1000);
    end(new CloseCause(1000, ""));
    return closed;
  }

  /** Ends the connection without waiting for the server. */
  void abort(String why) {
    end(CloseCause.lost(why));
    socket.close().onFailure(any -> {});
  }
}
