package io.imagebus.fault;

import io.imagebus.testbed.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/** What rows measure on displays and nodes. Stateless. */
final class Measures {

  private Measures() {}

  /** Nodes that one believes in, itself included. */
  static int members(NodeProcess asked) throws Exception {
    JsonObject cluster = asked.json("/api/v1/cluster");
    return cluster.getJsonArray("answered").size() + cluster.getJsonArray("missing").size();
  }

  /** The longest time that any of them went without a new picture. */
  static long still(List<LedgerDisplay> displays, long sinceNanos) {
    return displays.stream().mapToLong(d -> d.longestStillNanos(sinceNanos)).max().orElseThrow();
  }

  /** After how long the last of them showed a picture that was sent after a moment. */
  static long freshAfter(List<LedgerDisplay> displays, long sinceNanos) {
    return displays.stream()
        .mapToLong(
            display ->
                display.shown().stream()
                    .filter(each -> each.shownNanos() - each.ageNanos() - sinceNanos > 0)
                    .mapToLong(each -> each.shownNanos() - sinceNanos)
                    .findFirst()
                    .orElse(Long.MAX_VALUE))
        .max()
        .orElseThrow();
  }

  /** The age that so many percent of the pictures shown since then did not exceed. */
  static long ageNanos(List<LedgerDisplay> displays, long sinceNanos, int percent) {
    List<Long> ages = agesSince(displays, sinceNanos).sorted().toList();
    return ages.get(Math.min(ages.size() - 1, ages.size() * percent / 100));
  }

  private static Stream<Long> agesSince(List<LedgerDisplay> displays, long sinceNanos) {
    return displays.stream()
        .flatMap(display -> display.shown().stream())
        .filter(each -> each.shownNanos() - sinceNanos > 0)
        .map(LedgerDisplay.Shown::ageNanos);
  }

  static long lost(List<LedgerDisplay> displays) {
    return displays.stream().mapToLong(display -> display.counts().lost()).sum();
  }

  static long skipped(List<LedgerDisplay> displays) {
    return displays.stream().mapToLong(display -> display.counts().skipped()).sum();
  }

  static long wrong(Load load) {
    return load.displays().stream().mapToLong(display -> display.wrong().size()).sum();
  }

  /** The lines of a cluster's account. */
  static List<JsonObject> lines(NodeProcess asked) throws Exception {
    return asked.json("/api/v1/reliability").getJsonArray("topics").stream()
        .map(JsonObject.class::cast)
        .flatMap(topic -> topic.getJsonArray("hops").stream())
        .map(JsonObject.class::cast)
        .toList();
  }

  /** One counter, summed over the lines of a hop. */
  static long sum(NodeProcess asked, String hop, String counter) throws Exception {
    return lines(asked).stream()
        .filter(line -> line.getString("hop").equals(hop))
        .mapToLong(line -> line.getLong(counter))
        .sum();
  }

  static long lostOnAllHops(NodeProcess asked) throws Exception {
    return lines(asked).stream().mapToLong(line -> line.getLong("lost")).sum();
  }

  /** Other nodes as one sees them. */
  static List<JsonObject> peers(NodeProcess asked) throws Exception {
    return asked.json("/api/v1/cluster").getJsonArray("nodes").stream()
        .map(JsonObject.class::cast)
        .filter(node -> node.getString("node").equals(asked.id()))
        .flatMap(node -> node.getJsonArray("peers").stream())
        .map(JsonObject.class::cast)
        .toList();
  }

  /** {@code up}, {@code degraded} or {@code down}: how one node sees another. */
  static String peerState(NodeProcess asked, String other) throws Exception {
    return peers(asked).stream()
        .filter(peer -> peer.getString("node").equals(other))
        .map(peer -> peer.getString("state"))
        .findFirst()
        .orElse("unknown");
  }

  /** What a node holds of pictures that have not come to their end. */
  static long unfinishedBytes(NodeProcess asked) throws Exception {
    return peers(asked).stream()
        .mapToLong(peer -> peer.getJsonObject("link").getLong("unfinishedBytes"))
        .sum();
  }
}
