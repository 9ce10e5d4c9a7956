package io.imagebus.report;

import io.imagebus.frame.SkipReason;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Hop;
import io.imagebus.sequence.SequenceCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The account as Prometheus counters. Topics beyond a stated number share the label {@code other},
 * so that a campus of cameras does not break its monitoring. Owned by one event loop.
 */
final class MetricsBook {

  private static final Map<String, ToDoubleFunction<SequenceCounts>> OUTCOMES =
      Map.of(
          "received", SequenceCounts::received,
          "lost", SequenceCounts::lost,
          "corrupt", SequenceCounts::corrupt,
          "skipped", SequenceCounts::skipped);

  private static final Map<String, ToDoubleFunction<SequenceCounts>> EVENTS =
      Map.of(
          "duplicate", SequenceCounts::duplicate,
          "late", SequenceCounts::late,
          "reordered", SequenceCounts::reordered,
          "stale", SequenceCounts::stale,
          "unattributable", SequenceCounts::unattributable,
          "implausible", SequenceCounts::implausible);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gcMetrics = new JvmGcMetrics();
  private final Map<LabelKey, Sums> sums = new HashMap<>();
  private final Set<String> topics = new HashSet<>();
  private final int maxTopics;

  private record LabelKey(String topic, Hop hop) {}

  private static final class Sums {
    SequenceCounts counts = SequenceCounts.ZERO;
    final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
  }

  MetricsBook(int maxTopics) {
    this.maxTopics = maxTopics;
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gcMetrics.bindTo(registry);
  }

  /** The text that Prometheus reads. */
  String scrape(Collection<AccountLine> lines) {
    for (Sums each : sums.values()) {
      each.counts = SequenceCounts.ZERO;
      each.skipped.clear();
    }
    for (AccountLine line : lines) {
      Sums sum =
          sums.computeIfAbsent(
              new LabelKey(label(line.topic().name()), line.hop()), this::register);
      sum.counts = sum.counts.plus(line.counts());
      line.skippedByReason().forEach((reason, n) -> sum.skipped.merge(reason, n, Long::sum));
    }
    return registry.scrape();
  }

  private String label(String topic) {
    if (topics.contains(topic) || topics.size() < maxTopics) {
      topics.add(topic);
      return topic;
    }
    return "other";
  }

  private Sums register(LabelKey key) {
    Sums sum = new Sums();
    Tags tags = Tags.of("topic", key.topic(), "hop", key.hop().label());
    OUTCOMES.forEach(
        (outcome, value) ->
            FunctionCounter.builder("imagebus.chunks", sum, s -> value.applyAsDouble(s.counts))
                .description(
                    "Sequence numbers settled; with pending they add up to the expected ones")
                .tags(tags.and("outcome", outcome))
                .register(registry));
    EVENTS.forEach(
        (event, value) ->
            FunctionCounter.builder(
                    "imagebus.chunk.events", sum, s -> value.applyAsDouble(s.counts))
                .description("Chunks that came in an unexpected way")
                .tags(tags.and("event", event))
                .register(registry));
    FunctionCounter.builder("imagebus.chunks.expected", sum, s -> s.counts.expected())
        .description("Sequence numbers that should have come: the sum of all outcomes and pending")
        .tags(tags)
        .register(registry);
    Gauge.builder("imagebus.chunks.pending", sum, s -> s.counts.pending())
        .description("Sequence numbers that are missing and not yet settled")
        .tags(tags)
        .register(registry);
    for (SkipReason reason : SkipReason.values()) {
      FunctionCounter.builder(
              "imagebus.chunks.skipped", sum, s -> s.skipped.getOrDefault(reason, 0L))
          .description("Sequence numbers announced as left out on purpose, by reason")
          .tags(tags.and("reason", reason.label()))
          .register(registry);
    }
    return sum;
  }

  void close() {
    gcMetrics.close();
    registry.close();
  }
}
