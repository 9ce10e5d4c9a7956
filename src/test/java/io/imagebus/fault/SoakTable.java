package io.imagebus.fault;

import io.imagebus.sequence.SequenceCounts;
import io.imagebus.testbed.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Ledgers beside accounts, summed over all topics: one row for each hop and running node. What
 * ledgers say is what cameras sent, what the other node sent while it was wanted, and what displays
 * counted on their connections of now.
 */
record SoakTable(List<Row> rows) {

  /** One hop at one node, in numbers. */
  record Row(
      String hop,
      String node,
      long ledger,
      long expected,
      long received,
      long lost,
      long corrupt,
      long skipped) {

    private static Row of(String hop, String node, long ledger, List<JsonObject> lines) {
      return new Row(
          hop,
          node,
          ledger,
          sum(lines, "expected"),
          sum(lines, "received"),
          sum(lines, "lost"),
          sum(lines, "corrupt"),
          sum(lines, "skipped"));
    }

    private static long sum(List<JsonObject> lines, String counter) {
      return lines.stream().mapToLong(line -> line.getLong(counter, 0L)).sum();
    }
  }

  /** As things stand; meant for a moment of rest. */
  static SoakTable of(FaultCluster cluster, Load load, UnwantedNumbers unwanted) throws Exception {
    List<Row> rows = new ArrayList<>();
    List<NodeProcess> nodes = cluster.running();
    List<JsonObject> lines =
        nodes.get(0).json("/api/v1/reliability?displays=true").getJsonArray("topics").stream()
            .map(JsonObject.class::cast)
            .flatMap(topic -> topic.getJsonArray("hops").stream())
            .map(JsonObject.class::cast)
            .toList();
    for (NodeProcess node : nodes) {
      long offered =
          load.ledger().streams().stream()
              .filter(stream -> stream.node().equals(node.id()))
              .mapToLong(OfferedStream::nextSequence)
              .sum();
      rows.add(
          Row.of("publisher-ingest", node.url(), offered, of(lines, "publisher-ingest", node)));
      List<JsonObject> links =
          of(lines, "node-node", node).stream()
              .filter(line -> nodes.stream().anyMatch(n -> n.id().equals(line.getString("peer"))))
              .filter(line -> !line.getString("state").equals("closed"))
              .toList();
      long apart = links.stream().mapToLong(line -> unwanted.of(line).numbers()).sum();
      long sent = Row.sum(links, "sent") + Row.sum(links, "senderSkipped") - apart;
      rows.add(Row.of("node-node", node.url(), sent, links));
      long counted =
          load.displays().stream()
              .filter(display -> display.isAt(node.server()))
              .map(LedgerDisplay::countsHere)
              .mapToLong(SequenceCounts::expected)
              .sum();
      List<JsonObject> displays =
          of(lines, "delivery-display", node).stream()
              .filter(line -> !line.getString("peer").equals("displays"))
              .toList();
      rows.add(Row.of("delivery-display", node.url(), counted, displays));
    }
    return new SoakTable(rows);
  }

  private static List<JsonObject> of(List<JsonObject> lines, String hop, NodeProcess node) {
    return lines.stream()
        .filter(line -> line.getString("hop").equals(hop))
        .filter(line -> line.getString("node").equals(node.id()))
        .toList();
  }

  JsonArray toJson() {
    JsonArray json = new JsonArray();
    rows.forEach(
        row ->
            json.add(
                new JsonObject()
                    .put("hop", row.hop())
                    .put("node", row.node())
                    .put("ledger", row.ledger())
                    .put("expected", row.expected())
                    .put("received", row.received())
                    .put("lost", row.lost())
                    .put("corrupt", row.corrupt())
                    .put("skipped", row.skipped())));
    return json;
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            "| hop | node | ledger | account | received | lost | corrupt | skipped |\n"
                + "|---|---|--:|--:|--:|--:|--:|--:|\n");
    for (Row row : rows) {
      text.append(
          "| %s | %s | %,d | %,d | %,d | %,d | %,d | %,d |%n"
              .formatted(
                  row.hop(),
                  row.node(),
                  row.ledger(),
                  row.expected(),
                  row.received(),
                  row.lost(),
                  row.corrupt(),
                  row.skipped()));
    }
    return text.toString();
  }
}
