package io.imagebus.ingest;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.door.CloseCode;
import io.imagebus.door.CloseReason;
import io.imagebus.door.OversizedMessages;
import io.imagebus.frame.Topic;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/**
 * {@code /ws/publish/{topic}}: each binary message is one complete picture. Owned by one event
 * loop.
 */
final class SocketPictureDoor {

  private final StreamDesk desk;
  private final Set<ServerWebSocket> sockets = new HashSet<>();

  SocketPictureDoor(StreamDesk desk) {
    this.desk = desk;
  }

  /** Takes the pictures of one publisher until its socket closes. */
  void attach(ServerWebSocket socket, Topic topic) {
    PictureFeed feed =
        new PictureFeed(
            desk,
            topic,
            () ->
                close(
                    socket,
                    CloseCode.REPLACED,
                    "a newer publisher has taken topic " + topic + " over"));
    PictureQueue.Source source =
        new PictureQueue.Source() {
          @Override
          public void pause() {
            socket.pause();
          }

          @Override
          public void resume() {
            socket.resume();
          }
        };
    PictureQueue queue =
        new PictureQueue(
            feed::take,
            source,
            not -> refuse(socket, not.refusal()),
            failure -> close(socket, CloseCode.POLICY, String.valueOf(failure.getMessage())));
    socket.binaryMessageHandler(
        message -> queue.add(message.getBytes(), desk.clock().epochMicros()));
    socket.textMessageHandler(
        text -> close(socket, CloseCode.NOT_AN_IMAGE, "send each picture as one binary message"));
    OversizedMessages.watch(socket, (code, reason) -> close(socket, code, reason));
    sockets.add(socket);
    socket.closeHandler(
        closed -> {
          sockets.remove(socket);
          queue.finish(() -> feed.end(EndReason.PUBLISHER_GONE));
        });
  }

  /**
   * Tells the publishers that the node goes down. What they send before they have heard it is
   * taken.
   */
  void drain() {
    Set.copyOf(sockets)
        .forEach(
            socket -> close(socket, CloseCode.RESTART, "this node goes down; publish to another"));
  }

  /** A damaged picture costs itself; what is no picture at all ends the connection. */
  private static void refuse(ServerWebSocket socket, Refusal refusal) {
    if (refusal.status() != 400) {
      close(socket, refusal.closeCode(), refusal.message());
    } else if (!socket.isClosed() && !socket.writeQueueFull()) {
      socket.writeTextMessage(
          new JsonObject()
              .put("type", "rejected")
              .put("code", refusal.code())
              .put("message", refusal.message())
              .encode());
    }
  }

  private static void close(ServerWebSocket socket, CloseCode code, String reason) {
    if (!socket.isClosed()) {
      socket.close(code.code(), CloseReason.fit(reason));
    }
  }
}
