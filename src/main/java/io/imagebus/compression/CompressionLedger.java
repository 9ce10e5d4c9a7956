package io.imagebus.compression;

import io.imagebus.bus.TopicKey;
import io.imagebus.bus.VariantFeed.Decoding;
import io.imagebus.bus.VariantLine;
import io.imagebus.compression.JobResult.Cost;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What this node's compression counted, by topic and variant. Bound: {@link #MAX_ROWS} of each;
 * later ones share the row of a topic called {@code other}. Owned by one event loop.
 */
final class CompressionLedger {

  static final int MAX_ROWS = 10_000;

  private static final Topic OTHER = new Topic("other");

  private final Map<TopicKey, VariantCounts> variants = new LinkedHashMap<>();
  private final Map<Topic, Row> topics = new LinkedHashMap<>();

  private static final class Row {
    Cost decoded = Cost.NONE;
    long failed;
  }

  /** The counts of a variant. */
  VariantCounts of(Topic topic, Variant variant) {
    TopicKey key = new TopicKey(topic, variant);
    boolean hasRoom = variants.containsKey(key) || variants.size() < MAX_ROWS;
    return variants.computeIfAbsent(
        hasRoom ? key : new TopicKey(OTHER, Variant.SOURCE), any -> new VariantCounts());
  }

  void decoded(Topic topic, Cost cost, boolean hasFailed) {
    boolean hasRoom = topics.containsKey(topic) || topics.size() < MAX_ROWS;
    Row row = topics.computeIfAbsent(hasRoom ? topic : OTHER, any -> new Row());
    row.decoded = row.decoded.plus(cost);
    row.failed += hasFailed ? 1 : 0;
  }

  /** Pictures left out because a newer one came before their turn. */
  long leftOutForWantOfTime() {
    return variants.values().stream()
        .mapToLong(counts -> counts.leftOut(SkipReason.COMPRESSION_BUSY))
        .sum();
  }

  List<Decoding> topics() {
    List<Decoding> lines = new ArrayList<>();
    topics.forEach(
        (topic, row) ->
            lines.add(
                new Decoding(
                    topic,
                    row.decoded.times(),
                    row.failed,
                    row.decoded.nanos(),
                    row.decoded.cpuNanos())));
    return lines;
  }

  List<VariantLine> lines(Predicate<TopicKey> isMade) {
    List<VariantLine> lines = new ArrayList<>();
    variants.forEach(
        (key, counts) -> lines.add(counts.line(key.topic(), key.variant(), isMade.test(key))));
    return lines;
  }

  /** The variants that are asked for now, under their topics. */
  static JsonArray toJson(List<VariantLine> lines) {
    Map<String, JsonObject> topics = new TreeMap<>();
    lines.stream()
        .filter(VariantLine::isMade)
        .forEach(
            line ->
                topics
                    .computeIfAbsent(
                        line.topic().name(),
                        name ->
                            new JsonObject().put("topic", name).put("variants", new JsonArray()))
                    .getJsonArray("variants")
                    .add(toJson(line)));
    return new JsonArray(new ArrayList<>(topics.values()));
  }

  private static JsonObject toJson(VariantLine line) {
    JsonObject leftOut = new JsonObject();
    line.leftOut().forEach((reason, frames) -> leftOut.put(reason.label(), frames));
    return new JsonObject()
        .put("variant", line.variant().label())
        .put("frames", line.frames())
        .put("passedThrough", line.passedThrough())
        .put("leftOut", leftOut)
        .put("bytes", line.bytes())
        .put("ratioOfSource", ratio(line.sourceBytes(), line.bytes()))
        .put("ratioOfRaw", ratio(line.rawBytes(), line.bytes()))
        .put("quality", line.quality())
        .put("similarity", line.similarity())
        .put("encodes", line.encodes())
        .put("encodeMicros", line.encodes() == 0 ? 0 : line.encodeNanos() / line.encodes() / 1_000)
        .put(
            "encodeCpuMicros",
            line.encodes() == 0 ? 0 : line.encodeCpuNanos() / line.encodes() / 1_000);
  }

  private static double ratio(long before, long after) {
    return after == 0 ? 0 : Math.round(100.0 * before / after) / 100.0;
  }
}
