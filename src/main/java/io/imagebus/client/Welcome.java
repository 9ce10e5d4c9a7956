package io.imagebus.client;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A node's first words.
 *
 * @param node the node's id
 * @param session the connection's id, as it is in the node's log
 * @param limits what the node takes
 * @param nodes where else the cluster can be reached
 */
record Welcome(String node, String session, Limits limits, List<ServerUrl> nodes) {

  Welcome {
    nodes = List.copyOf(nodes);
  }

  /**
   * What a node takes.
   *
   * @param chunkBytes longest payload of a chunk
   * @param frameBytes longest picture
   */
  record Limits(int chunkBytes, int frameBytes) {

    /** Before the welcome. */
    static final Limits UNKNOWN = new Limits(1, 1);

    Limits {
      if (chunkBytes < 1 || frameBytes < 1) {
        throw new IllegalArgumentException(
            "welcome with limits chunkBytes " + chunkBytes + " and frameBytes " + frameBytes);
      }
    }
  }

  static Welcome of(ServerMessage message) {
    JsonObject limits = message.objectAt("limits");
    return new Welcome(
        message.textAt("node"),
        message.textOr("session", ""),
        new Limits(limits.getInteger("chunkBytes", 0), limits.getInteger("frameBytes", 0)),
        nodesOf(message));
  }

  /** The nodes that a message names. */
  static List<ServerUrl> nodesOf(ServerMessage message) {
    return message.textsAt("nodes").stream().map(ServerUrl::parse).toList();
  }
}
