package io.imagebus.report;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What this node's publishers sent and how much of it showed nothing new, as meters. Topics beyond
 * those with a label of their own are summed up. Owned by one event loop.
 */
final class IngestMetrics {

  private static final String FRAMES = "frames";
  private static final String BYTES = "bytes";
  private static final String UNCHANGED_FRAMES = "unchangedFrames";
  private static final String UNCHANGED_BYTES = "unchangedBytes";

  private final MeterRegistry registry;
  private final UnaryOperator<String> topicLabel;
  private final Map<String, Map<String, Long>> topics = new HashMap<>();

  IngestMetrics(MeterRegistry registry, UnaryOperator<String> topicLabel) {
    this.registry = registry;
    this.topicLabel = topicLabel;
  }

  /** Takes what is known of each topic in place of the last. */
  void take(Map<String, JsonObject> facts) {
    topics.values().forEach(Map::clear);
    facts.forEach(
        (topic, known) -> {
          if (known.containsKey(UNCHANGED_FRAMES)) {
            add(topics.computeIfAbsent(topicLabel.apply(topic), this::topic), known);
          }
        });
  }

  private static void add(Map<String, Long> sums, JsonObject known) {
    for (String count : new String[] {FRAMES, BYTES, UNCHANGED_FRAMES, UNCHANGED_BYTES}) {
      sums.merge(count, known.getLong(count, 0L), Long::sum);
    }
  }

  private Map<String, Long> topic(String topic) {
    Map<String, Long> sums = new HashMap<>();
    counter(sums, FRAMES, "frames", "Pictures of publishers that were numbered", topic);
    counter(sums, BYTES, "bytes", "Their bytes", topic);
    counter(
        sums,
        UNCHANGED_FRAMES,
        "unchanged.frames",
        "Those of them that showed nothing new and were left out",
        topic);
    counter(
        sums,
        UNCHANGED_BYTES,
        "unchanged.bytes",
        "The bytes that were left out with them, on every hop behind this node",
        topic);
    return sums;
  }

  private void counter(
      Map<String, Long> sums, String count, String name, String help, String topic) {
    FunctionCounter.builder("imagebus.ingest." + name, sums, each -> each.getOrDefault(count, 0L))
        .description(help)
        .tags("topic", topic)
        .register(registry);
  }
}
