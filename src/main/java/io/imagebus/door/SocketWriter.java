package io.imagebus.door;

import io.vertx.core.http.ServerWebSocket;

/**
 * Writes whole WebSocket messages to one client, in the order of the calls. After a close nothing
 * follows: writes are then passed over. Bound to the event loop of its socket; to be called from
 * nowhere else.
 */
public interface SocketWriter {

  /**
   * The best writer for a socket whose handshake is done. From then on nobody else writes messages
   * to the socket; pings and the closing frame of Vert.x do not mind.
   *
   * @param sendBufferBytes what the kernel may hold for the client
   * @param unsentBytes how much of that may be waiting for the wire, where the platform can tell
   */
  static SocketWriter of(ServerWebSocket socket, int sendBufferBytes, int unsentBytes) {
    return DirectSocketWriter.fits(socket)
        ? DirectSocketWriter.attach(socket, sendBufferBytes, unsentBytes)
        : new QueuedSocketWriter(socket);
  }

  /**
   * Sends one message whose WebSocket frame was encoded before, for many sockets at once.
   *
   * @param message borrowed; the writer holds it for as long as it needs it
   */
  void write(EncodedMessage message);

  /** Sends one text message. */
  void writeText(String text);

  /** Hands what was written to the kernel. */
  void flush();

  /** Whether the socket takes more without queueing beyond its watermark; false once it closes. */
  boolean isWritable();

  /**
   * Called on the event loop each time {@link #isWritable()} turns to true; several may be given.
   */
  void onWritable(Runnable handler);

  /**
   * For how long the client has taken no byte although bytes wait for it; 0 if none wait. A client
   * that takes a byte now and then is slow, not stalled. To be asked about once a second.
   */
  long stalledNanos(long nowNanos);

  /** Sends the closing frame after what was written. */
  void close(CloseCode code, String reason);

  /** Ends the connection at once, also when its peer reads nothing. */
  void abort();
}
