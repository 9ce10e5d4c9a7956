package io.imagebus.door;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.http.ServerWebSocket;
import java.util.function.BiConsumer;

/*
 * Left alone, Vert.x drops a message above its limit in silence if it came in pieces, and drops the
 * connection without a closing frame if it came in one. It tells the exception handler before.
 */
/** Closes sockets whose client sends more than the server's limit in one message. */
public final class OversizedMessages {

  private static final String TOO_BIG =
      "the message exceeds the limit (frames.max-bytes for pictures)";

  private OversizedMessages() {}

  /**
   * Watches a socket.
   *
   * @param close closes it, with a reason for the client
   */
  public static void watch(ServerWebSocket socket, BiConsumer<CloseCode, String> close) {
    socket.exceptionHandler(
        e -> {
          if (e instanceof CorruptedWebSocketFrameException corrupt
              && !corrupt.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)) {
            close.accept(CloseCode.BAD_MESSAGE, String.valueOf(e.getMessage()));
          } else if (e instanceof CorruptedWebSocketFrameException
              || e instanceof IllegalStateException) {
            close.accept(CloseCode.TOO_BIG, TOO_BIG);
          }
        });
  }
}
