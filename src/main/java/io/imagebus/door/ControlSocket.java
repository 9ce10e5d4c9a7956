package io.imagebus.door;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One {@code imagebus.v1} connection: text messages are JSON control, binary messages are chunks.
 * The stages register the control types that they answer to. Owned by one event loop.
 */
public final class ControlSocket {

  /** What an error repeats of the message that it is about. */
  private static final List<String> ECHOED = List.of("id", "stream", "frame");

  private final ServerWebSocket socket;
  private final SocketWriter writer;
  private final int maxControlBytes;
  private final Map<String, Consumer<JsonObject>> handlers = new HashMap<>();
  private final List<Runnable> closeHandlers = new ArrayList<>();
  private boolean closing;
  private int waitingReplyBytes;

  /**
   * Starts to read the socket's text messages.
   *
   * @param maxControlBytes longest control message, bytes; and how many bytes of answers may wait
   *     for a client that does not read them before its questions wait too
   */
  public ControlSocket(ServerWebSocket socket, SocketWriter writer, int maxControlBytes) {
    this.socket = socket;
    this.writer = writer;
    this.maxControlBytes = maxControlBytes;
    socket.textMessageHandler(this::onText);
    OversizedMessages.watch(socket, this::close);
    writer.onWritable(this::onWritable);
    socket.closeHandler(
        ignored -> {
          closing = true;
          closeHandlers.forEach(Runnable::run);
        });
  }

  /** Answers to control messages of one type. */
  public ControlSocket on(String type, Consumer<JsonObject> handler) {
    if (handlers.putIfAbsent(type, handler) != null) {
      throw new IllegalStateException("two handlers for the control message " + type);
    }
    return this;
  }

  /** Takes the binary messages. */
  public ControlSocket onBinary(Consumer<Buffer> handler) {
    socket.binaryMessageHandler(handler::accept);
    return this;
  }

  /** Runs once when the connection is over; several may be given. */
  public ControlSocket onClose(Runnable handler) {
    closeHandlers.add(handler);
    return this;
  }

  private void onText(String text) {
    if (closing) {
      return;
    }
    if (text.length() > maxControlBytes) {
      close(
          CloseCode.TOO_BIG,
          "control message of " + text.length() + " characters; the limit is " + maxControlBytes);
      return;
    }
    JsonObject message;
    try {
      message = new JsonObject(text);
    } catch (DecodeException | ClassCastException e) {
      error("bad-json", "a text message is one JSON object, such as {\"type\":\"ack\"}");
      close(CloseCode.BAD_MESSAGE, "text that is not a JSON object");
      return;
    }
    dispatch(message);
  }

  private void dispatch(JsonObject message) {
    Consumer<JsonObject> handler =
        message.getValue("type") instanceof String type ? handlers.get(type) : null;
    if (handler == null) {
      error(
          message,
          "unknown-type",
          "control type "
              + message.getValue("type")
              + " is not one of "
              + handlers.keySet().stream().sorted().toList());
      return;
    }
    try {
      handler.accept(message);
    } catch (IllegalArgumentException e) {
      error(message, "bad-message", String.valueOf(e.getMessage()));
    } catch (ClassCastException e) {
      error(
          message,
          "bad-message",
          "a field of " + message.getValue("type") + " is not of the type that it should have");
    }
  }

  /**
   * Shows the client that the node is there, and has the kernel find out whether the client is.
   * There is no need to while other things wait for it.
   */
  public void ping() {
    if (!closing && writer.isWritable()) {
      socket.writePing(Buffer.buffer());
    }
  }

  /** Sends one control message. */
  public void send(JsonObject message) {
    if (closing) {
      return;
    }
    String text = message.encode();
    writer.writeText(text);
    writer.flush();
    if (!writer.isWritable()) {
      waitingReplyBytes += text.length();
      if (waitingReplyBytes > maxControlBytes) {
        socket.pause();
      }
    }
  }

  private void onWritable() {
    if (waitingReplyBytes > maxControlBytes) {
      socket.resume();
    }
    waitingReplyBytes = 0;
  }

  /** Tells the client what was wrong with its message, naming it by its id, stream, frame. */
  public void error(JsonObject cause, String code, String text) {
    JsonObject error = new JsonObject().put("type", "error").put("code", code).put("message", text);
    for (String field : ECHOED) {
      if (cause.containsKey(field)) {
        error.put(field, cause.getValue(field));
      }
    }
    send(error);
  }

  /** Tells the client what was wrong where no message had an {@code id}. */
  public void error(String code, String text) {
    error(new JsonObject(), code, text);
  }

  /** Closes after what was written; the reason is cut to what a close frame holds. */
  public void close(CloseCode code, String reason) {
    if (closing) {
      return;
    }
    closing = true;
    writer.close(code, reason);
  }

  /** The writer that shares the order with {@link #send}. */
  public SocketWriter writer() {
    return writer;
  }
}
