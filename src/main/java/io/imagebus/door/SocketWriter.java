package io.imagebus.door;

import io.vertx.core.buffer.Buffer;

/**
 * Writes whole WebSocket messages to one client, in the order of the calls. Bound to the event loop
 * of its socket; to be called from nowhere else.
 */
public interface SocketWriter {

  /**
   * Sends one message whose WebSocket frame was encoded before, for many sockets at once.
   *
   * @param frame borrowed; the writer retains what it needs
   */
  void write(EncodedMessage frame);

  /** Sends one text message. */
  void writeText(String text);

  /** Hands what was written to the kernel. */
  void flush();

  /** Whether the socket takes more without queueing beyond its watermark. */
  boolean isWritable();

  /** Called on the event loop each time {@link #isWritable()} turns to true. */
  void onWritable(Runnable handler);

  /** Ends the connection at once, also when its peer reads nothing. */
  void abort();

  /** One binary message for any number of sockets, encoded once. */
  interface EncodedMessage {

    /** The payload of the message,. */
    Buffer payload();
  }
}
