package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.testbed.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The account of one topic, as {@code GET /api/v1/reliability} of one node tells it. */
record Account(JsonObject topic) {

  static final String INGEST = "publisher-ingest";
  static final String LINK = "node-node";
  static final String DISPLAY = "delivery-display";

  /** What this node says of the topic; all hops of all nodes that answered. */
  static Account of(NodeProcess asked, String topic) throws Exception {
    return new Account(
        asked.json("/api/v1/reliability").getJsonArray("topics").stream()
            .map(JsonObject.class::cast)
            .filter(each -> each.getString("topic").equals(topic))
            .findFirst()
            .orElseGet(JsonObject::new));
  }

  private List<JsonObject> list(String key) {
    return topic.getJsonArray(key, new JsonArray()).stream().map(JsonObject.class::cast).toList();
  }

  List<JsonObject> hops() {
    return list("hops");
  }

  /** The line that a node keeps of a hop. */
  Optional<JsonObject> hop(String hop, NodeProcess keeper) {
    return hops().stream()
        .filter(line -> line.getString("hop").equals(hop))
        .filter(line -> line.getString("node").equals(keeper.id()))
        .findFirst();
  }

  /** What the ingest of a node says of its publishers. */
  Optional<JsonObject> publishers(NodeProcess keeper) {
    return list("publishers").stream()
        .filter(line -> line.getString("node").equals(keeper.id()))
        .findFirst();
  }

  /** Every number that was published has come on this hop, whole, once and in time. */
  void assertComplete(String hop, NodeProcess keeper, long published) {
    JsonObject line = hop(hop, keeper).orElseThrow(() -> new AssertionError(hop + " in " + topic));
    assertThat(line.getLong("expected")).as("expected: %s", line).isEqualTo(published);
    assertThat(line.getLong("received")).as("received: %s", line).isEqualTo(published);
    for (String none : List.of("lost", "corrupt", "skipped", "pending", "duplicate", "late")) {
      assertThat(line.getLong(none)).as("%s: %s", none, line).isZero();
    }
    assertThat(line.getBoolean("identityHolds")).as("%s", line).isTrue();
  }
}
