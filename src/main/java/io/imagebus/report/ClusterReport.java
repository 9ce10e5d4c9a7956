package io.imagebus.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answers of the nodes to one question, put together.
 *
 * @param self the node that asked
 * @param members all nodes that were asked
 * @param answers by node; who is absent gave none in time
 */
record ClusterReport(String self, List<String> members, Map<String, JsonObject> answers) {

  private static final String IDENTITY = "expected = received + lost + corrupt + skipped + pending";

  private JsonObject head() {
    JsonArray missing = new JsonArray();
    members.stream().filter(node -> !answers.containsKey(node)).forEach(missing::add);
    return new JsonObject()
        .put("node", self)
        .put("answered", new JsonArray(answers.keySet().stream().sorted().toList()))
        .put("missing", missing);
  }

  JsonObject topics() {
    Map<String, JsonObject> topics = new TreeMap<>();
    for (JsonObject answer : answers.values()) {
      for (Object entry : answer.getJsonArray("topics")) {
        JsonObject topic = (JsonObject) entry;
        if (topic.containsKey("stream")) {
          topics.put(topic.getString("topic"), topic);
        }
      }
    }
    return head().put("topics", new JsonArray(topics.values().stream().toList()));
  }

  JsonObject cluster() {
    return head().put("nodes", new JsonArray(answers.values().stream().toList()));
  }

  /**
   * The account of the cluster.
   *
   * @param senders what the senders of links counted
   * @param nowMicros when it was put together, microseconds since 1970 UTC
   */
  JsonObject reliability(SenderSide senders, long nowMicros) {
    Map<String, JsonObject> topics = new TreeMap<>();
    answers.forEach(
        (node, answer) -> {
          for (Object entry : answer.getJsonArray("lines")) {
            JsonObject line = (JsonObject) entry;
            topic(topics, line.getString("topic")).getJsonArray("hops").add(senders.join(line));
          }
          for (Object entry : answer.getJsonArray("topics")) {
            publishers(topics, (JsonObject) entry, node);
          }
        });
    return head()
        .put("at", nowMicros)
        .put("identity", IDENTITY)
        .put("alarms", alarms())
        .put("topics", new JsonArray(topics.values().stream().toList()));
  }

  /** The longest-lasting first. */
  private JsonArray alarms() {
    return new JsonArray(
        answers.values().stream()
            .flatMap(answer -> answer.getJsonArray("alarms", new JsonArray()).stream())
            .map(JsonObject.class::cast)
            .sorted(Comparator.comparing(alarm -> alarm.getLong("since")))
            .toList());
  }

  private static JsonObject topic(Map<String, JsonObject> topics, String name) {
    return topics.computeIfAbsent(
        name,
        any ->
            new JsonObject()
                .put("topic", name)
                .put("publishers", new JsonArray())
                .put("hops", new JsonArray()));
  }

  private static void publishers(Map<String, JsonObject> topics, JsonObject facts, String node) {
    if (facts.containsKey("streamsOpened")) {
      topic(topics, facts.getString("topic"))
          .getJsonArray("publishers")
          .add(
              new JsonObject()
                  .put("node", node)
                  .put("frames", facts.getValue("frames"))
                  .put("streamsOpened", facts.getValue("streamsOpened"))
                  .put("streamsReplaced", facts.getValue("streamsReplaced"))
                  .put("refused", facts.getValue("refused")));
    }
  }
}
