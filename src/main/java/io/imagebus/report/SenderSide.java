package io.imagebus.report;

import io.imagebus.sequence.Hop;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * What the nodes say that they sent to each other, to stand beside what the others say that they
 * received. Immutable.
 */
final class SenderSide {

  private final Map<Key, JsonObject> lines = new HashMap<>();

  private record Key(String topic, String variant, String sender, String receiver) {}

  /**
   * The answers of the nodes.
   *
   * @param answers by sending node
   */
  SenderSide(Map<String, JsonObject> answers) {
    answers.forEach(
        (sender, answer) -> {
          for (Object entry : answer.getJsonArray("lines")) {
            JsonObject line = (JsonObject) entry;
            lines.put(
                new Key(
                    line.getString("topic"),
                    line.getString("variant"),
                    sender,
                    line.getString("receiver")),
                line);
          }
        });
  }

  /** Adds the sender's counts to a receiver's line of a link, while the sender can be asked. */
  JsonObject join(JsonObject line) {
    JsonObject theirs =
        line.getString("hop").equals(Hop.NODE_TO_NODE.label())
            ? lines.get(
                new Key(
                    line.getString("topic"),
                    line.getString("variant"),
                    line.getString("peer"),
                    line.getString("node")))
            : null;
    return theirs == null
        ? line
        : line.put("sent", theirs.getLong("sent")).put("senderSkipped", theirs.getLong("skipped"));
  }
}
