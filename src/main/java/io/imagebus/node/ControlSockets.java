package io.imagebus.node;

import io.imagebus.door.CloseCode;
import io.imagebus.door.ControlSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The {@code imagebus.v1} sockets of one event loop, and what all of them are told: where else the
 * cluster can be reached, that this node is there, that it goes down. Owned by one event loop.
 */
final class ControlSockets {

  private final Set<ControlSocket> sockets = new HashSet<>();
  private List<String> otherNodes = List.of();

  /** Takes a socket in until it closes. */
  void add(ControlSocket socket) {
    sockets.add(socket);
    socket.onClose(() -> sockets.remove(socket));
  }

  /** The addresses of the other nodes have come, perhaps the same as before. */
  void otherNodes(List<String> urls) {
    if (!urls.equals(otherNodes)) {
      otherNodes = urls;
      tellAll("nodes");
    }
  }

  /** Where else the cluster can be reached. */
  List<String> otherNodes() {
    return otherNodes;
  }

  /** To be called each second. */
  void ping() {
    sockets.forEach(ControlSocket::ping);
  }

  /** Asks everybody to go elsewhere. */
  void drain() {
    tellAll("drain");
  }

  private void tellAll(String type) {
    JsonObject message = new JsonObject().put("type", type).put("nodes", new JsonArray(otherNodes));
    Set.copyOf(sockets).forEach(socket -> socket.send(message));
  }

  boolean isEmpty() {
    return sockets.isEmpty();
  }

  /** Closes those who did not go. */
  void closeAll() {
    Set.copyOf(sockets)
        .forEach(socket -> socket.close(CloseCode.RESTART, "this node goes down; use another"));
  }
}
