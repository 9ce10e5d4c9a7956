package io.imagebus.report;

import io.imagebus.bus.VariantFeed.Account;
import io.imagebus.bus.VariantFeed.Decoding;
import io.imagebus.bus.VariantFeed.Pool;
import io.imagebus.bus.VariantLine;
import io.imagebus.frame.SkipReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * What this node's compression made, as meters. Topics beyond those with a label of their own are
 * summed up. Owned by one event loop.
 */
final class CompressionMetrics {

  private static final double NANOS_A_SECOND = 1e9;
  private static final List<SkipReason> OWN_REASONS =
      List.of(SkipReason.COMPRESSION_BUSY, SkipReason.DAMAGED, SkipReason.UNCHANGED);

  private final MeterRegistry registry;
  private final UnaryOperator<String> topicLabel;
  private final Map<String, Sum> topics = new HashMap<>();
  private final Map<List<String>, Sum> variants = new HashMap<>();
  private Pool pool = new Pool(0, 0, 0, 0, 0);

  /** Counters by name, summed up anew with each account. */
  private static final class Sum {
    private final Map<String, Double> values = new HashMap<>();

    void add(String name, double value) {
      values.merge(name, value, Double::sum);
    }

    void add(String name, long value) {
      add(name, (double) value);
    }

    double of(String name) {
      return values.getOrDefault(name, 0.0);
    }
  }

  CompressionMetrics(MeterRegistry registry, UnaryOperator<String> topicLabel) {
    this.registry = registry;
    this.topicLabel = topicLabel;
    gauge("threads", "Threads that decode and encode", Pool::threads);
    gauge("busy", "Threads that have a picture in work", Pool::busy);
    gauge("waiting", "Streams whose newest picture waits for a thread", Pool::waiting);
    FunctionCounter.builder(
            "imagebus.compression.busy.seconds", this, me -> me.pool.busyNanos() / NANOS_A_SECOND)
        .description("Time that threads had a picture in work, all together")
        .register(registry);
    FunctionCounter.builder("imagebus.compression.jobs", this, me -> me.pool.jobs())
        .description("Pictures of sources that variants were made of, or tried")
        .register(registry);
  }

  private void gauge(String name, String help, ToDoubleFunction<Pool> value) {
    Gauge.builder("imagebus.compression." + name, this, me -> value.applyAsDouble(me.pool))
        .description(help)
        .register(registry);
  }

  /** Takes the newest word in place of the last. */
  void take(Account account) {
    pool = account.pool();
    topics.values().forEach(sum -> sum.values.clear());
    variants.values().forEach(sum -> sum.values.clear());
    account.topics().forEach(this::add);
    account.variants().forEach(this::add);
  }

  private void add(Decoding line) {
    Sum sum = topics.computeIfAbsent(topicLabel.apply(line.topic().name()), this::topic);
    sum.add("decodes", line.decodes());
    sum.add("failed", line.failed());
    sum.add("seconds", line.nanos() / NANOS_A_SECOND);
    sum.add("cpu", line.cpuNanos() / NANOS_A_SECOND);
  }

  private Sum topic(String topic) {
    Sum sum = new Sum();
    Tags tags = Tags.of("topic", topic);
    counter(sum, "decodes", "decodes", "How often a decoder ran", tags);
    counter(sum, "failed", "decodes.failed", "How often it could not", tags);
    counter(sum, "seconds", "decode.seconds", "Time that decoders took", tags);
    counter(sum, "cpu", "decode.cpu.seconds", "Processor time that decoders took", tags);
    return sum;
  }

  private void add(VariantLine line) {
    String topic = topicLabel.apply(line.topic().name());
    String variant = line.variant().label();
    Sum sum =
        variants.computeIfAbsent(List.of(topic, variant), key -> variant(key.get(0), key.get(1)));
    sum.add("encodes", line.encodes());
    sum.add("passed", line.passedThrough());
    sum.add("frames", line.frames());
    sum.add("bytes", line.bytes());
    sum.add("source", line.sourceBytes());
    sum.add("raw", line.rawBytes());
    sum.add("seconds", line.encodeNanos() / NANOS_A_SECOND);
    sum.add("cpu", line.encodeCpuNanos() / NANOS_A_SECOND);
    line.leftOut().forEach((reason, frames) -> sum.add(reason.label(), frames));
    sum.values.put("quality", (double) line.quality());
    sum.values.put("pixels", (double) line.pixels());
    sum.values.put("similarity", line.similarity());
  }

  private Sum variant(String topic, String variant) {
    Sum sum = new Sum();
    Tags tags = Tags.of("topic", topic, "variant", variant);
    counter(sum, "frames", "frames", "Pictures of a variant that were passed on", tags);
    counter(sum, "encodes", "encodes", "How often an encoder ran", tags);
    counter(sum, "passed", "passed.through", "Pictures passed on as the source has them", tags);
    counter(sum, "bytes", "bytes", "Bytes of the pictures passed on", tags);
    counter(sum, "source", "source.bytes", "Bytes of the pictures that they were made of", tags);
    counter(sum, "raw", "raw.bytes", "Bytes of the same pictures, not encoded", tags);
    counter(sum, "seconds", "encode.seconds", "Time that encoders took", tags);
    counter(sum, "cpu", "encode.cpu.seconds", "Processor time that encoders took", tags);
    for (SkipReason reason : OWN_REASONS) {
      counter(
          sum,
          reason.label(),
          "passed.over",
          "Pictures of the source of which none was made, by reason",
          tags.and("reason", reason.label()));
    }
    meter(sum, "quality", "Quality of the newest picture, 0 if it is the source's", tags);
    meter(sum, "pixels", "Pixels of the newest picture", tags);
    meter(sum, "similarity", "Similarity (SSIM) of the newest that was measured", tags);
    return sum;
  }

  private void counter(Sum sum, String key, String name, String help, Tags tags) {
    FunctionCounter.builder("imagebus.compression." + name, sum, each -> each.of(key))
        .description(help)
        .tags(tags)
        .register(registry);
  }

  private void meter(Sum sum, String key, String help, Tags tags) {
    Gauge.builder("imagebus.compression." + key, sum, each -> each.of(key))
        .description(help)
        .tags(tags)
        .register(registry);
  }
}
