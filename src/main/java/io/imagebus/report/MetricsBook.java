package io.imagebus.report;

import io.imagebus.frame.SkipReason;
import io.imagebus.sequence.Alarm;
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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The account as Prometheus text. Topics beyond a stated number share the label {@code other}, so
 * that a campus of cameras does not break its monitoring. No counter ever falls. Owned by one event
 * loop.
 */
final class MetricsBook {

  private static final Map<String, ToLongFunction<SequenceCounts>> OUTCOMES =
      Map.of(
          "received", SequenceCounts::received,
          "lost", SequenceCounts::lost,
          "corrupt", SequenceCounts::corrupt,
          "skipped", SequenceCounts::skipped);

  private static final Map<String, ToLongFunction<SequenceCounts>> EVENTS =
      Map.of(
          "duplicate", SequenceCounts::duplicate,
          "late", SequenceCounts::late,
          "reordered", SequenceCounts::reordered,
          "stale", SequenceCounts::stale,
          "pre-base", SequenceCounts::preBase,
          "too-old", SequenceCounts::tooOld,
          "unattributable", SequenceCounts::unattributable,
          "skip-mismatch", SequenceCounts::skipMismatch,
          "implausible", SequenceCounts::implausible);

  private static final Map<String, ToLongFunction<Totals>> FRAMES =
      Map.of(
          "good", total -> total.frames().good(),
          "failed", total -> total.frames().failed(),
          "skipped", total -> total.frames().skipped());

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gcMetrics = new JvmGcMetrics();
  private final Map<LabelKey, LabelSums> sums = new HashMap<>();
  private final Map<Alarm.Kind, Integer> alarms = new EnumMap<>(Alarm.Kind.class);
  private final Set<String> topics = new HashSet<>();
  private final IngestMetrics ingest;
  private final CompressionMetrics compression;
  private final int maxTopics;

  private record LabelKey(String topic, Hop hop) {}

  MetricsBook(int maxTopics) {
    this.maxTopics = maxTopics;
    this.ingest = new IngestMetrics(registry, this::label);
    this.compression = new CompressionMetrics(registry, this::label);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gcMetrics.bindTo(registry);
    for (Alarm.Kind kind : Alarm.Kind.values()) {
      Gauge.builder("imagebus.alarms.active", alarms, now -> now.getOrDefault(kind, 0))
          .description("Alarms that last now")
          .tags("kind", kind.label())
          .register(registry);
    }
  }

  /** Keeps what was counted on a line that is over. */
  void retire(AccountBook.Ended ended) {
    if (!LineFilter.isOneDisplay(ended.last())) {
      LabelKey key = key(ended.last().topic().name(), ended.last().hop());
      sums.computeIfAbsent(key, this::register).retire(ended.total());
    }
  }

  /** What compression says of itself. */
  CompressionMetrics compression() {
    return compression;
  }

  /** The text that Prometheus reads. */
  String scrape(AccountBook book) {
    sums.values().forEach(LabelSums::clear);
    book.forEach(
        (line, kept) -> {
          if (!LineFilter.isOneDisplay(line)) {
            sums.computeIfAbsent(key(line.topic().name(), line.hop()), this::register)
                .add(line, kept.total());
          }
        });
    ingest.take(book.topics());
    alarms.clear();
    book.alarms().forEach(alarm -> alarms.merge(alarm.kind(), 1, Integer::sum));
    return registry.scrape();
  }

  private LabelKey key(String topic, Hop hop) {
    return new LabelKey(label(topic), hop);
  }

  private String label(String topic) {
    if (topics.contains(topic) || topics.size() < maxTopics) {
      topics.add(topic);
      return topic;
    }
    return "other";
  }

  private LabelSums register(LabelKey key) {
    LabelSums sum = new LabelSums();
    Tags tags = Tags.of("topic", key.topic(), "hop", key.hop().label());
    registerChunks(sum, tags);
    registerFrames(sum, tags);
    registerMoment(sum, tags);
    return sum;
  }

  private void registerChunks(LabelSums sum, Tags tags) {
    OUTCOMES.forEach(
        (outcome, value) ->
            counter(
                sum,
                "imagebus.chunks",
                "Sequence numbers settled; with pending they add up to the expected ones",
                tags.and("outcome", outcome),
                total -> value.applyAsLong(total.counts())));
    EVENTS.forEach(
        (event, value) ->
            counter(
                sum,
                "imagebus.chunk.events",
                "Chunks that came in an unexpected way",
                tags.and("event", event),
                total -> value.applyAsLong(total.counts())));
    for (SkipReason reason : SkipReason.values()) {
      counter(
          sum,
          "imagebus.chunks.skipped",
          "Sequence numbers announced as left out on purpose, by reason",
          tags.and("reason", reason.label()),
          total -> total.skippedByReason().getOrDefault(reason, 0L));
    }
    counter(
        sum,
        "imagebus.chunks.expected",
        "Sequence numbers that should have come: the sum of all outcomes and pending",
        tags,
        total -> total.counts().expected());
    counter(
        sum,
        "imagebus.chunks.sent",
        "Sequence numbers that this node sent on the hop",
        tags,
        Totals::sent);
    counter(
        sum,
        "imagebus.chunks.repaired",
        "Received numbers that came because they were asked for again",
        tags,
        total -> total.repairs().repaired());
    counter(
        sum,
        "imagebus.chunks.unrepairable",
        "Lost numbers that were asked for again in vain",
        tags,
        total -> total.repairs().unrepairable());
  }

  private void registerFrames(LabelSums sum, Tags tags) {
    FRAMES.forEach(
        (outcome, value) ->
            counter(
                sum,
                "imagebus.frames",
                "Frames by what became of them; good are those of which every chunk came",
                tags.and("outcome", outcome),
                value));
    counter(sum, "imagebus.streams", "Streams followed", tags, total -> total.counts().epochs());
    counter(
        sum,
        "imagebus.streams.unknown.tails",
        "Streams replaced without having said where they end",
        tags,
        total -> total.counts().unknownTails());
  }

  private void registerMoment(LabelSums sum, Tags tags) {
    gauge(
        sum,
        "imagebus.chunks.pending",
        "Sequence numbers that are missing and not yet settled",
        tags,
        LabelSums::pending);
    gauge(
        sum,
        "imagebus.streams.unverified",
        "Lines of which nobody knows whether something is missing: silent, or without a known end",
        tags,
        LabelSums::unverified);
    gauge(
        sum,
        "imagebus.frame.jitter.seconds",
        "Interarrival jitter of frames (RFC 3550 A.8); the worst of the topic's lines",
        tags,
        LabelSums::jitterSeconds);
    for (LabelSums.Quantile quantile : LabelSums.Quantile.values()) {
      gauge(
          sum,
          "imagebus.frame.age.seconds",
          "Time from capture to the receiver of the hop, last minute; the worst of the topic's"
              + " lines, no number while the clocks disagree",
          tags.and("quantile", quantile.label()),
          each -> each.ageSeconds(quantile));
    }
  }

  private void counter(
      LabelSums sum, String name, String help, Tags tags, ToLongFunction<Totals> value) {
    FunctionCounter.builder(name, sum, each -> value.applyAsLong(each.total()))
        .description(help)
        .tags(tags)
        .register(registry);
  }

  private void gauge(
      LabelSums sum, String name, String help, Tags tags, ToDoubleFunction<LabelSums> value) {
    Gauge.builder(name, sum, value).description(help).tags(tags).register(registry);
  }

  void close() {
    gcMetrics.close();
    registry.close();
  }
}
