package io.imagebus.node;

import io.imagebus.bus.BusSettings;
import io.imagebus.bus.ClusterSettings;
import io.imagebus.bus.HttpAddress;
import io.imagebus.bus.RepairSettings;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.compression.CompressionSettings;
import io.imagebus.config.Frames;
import io.imagebus.config.Settings;
import io.imagebus.delivery.DeliverySettings;
import io.imagebus.image.PictureLimits;
import io.imagebus.image.quality.QualityTarget;
import io.imagebus.ingest.IngestSettings;
import io.imagebus.ingest.Unchanged;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The settings of a node as each of its stages wants them. Stateless. */
final class NodeStages {

  private NodeStages() {}

  static Optional<ClusterSettings> cluster(Settings settings) {
    var cluster = settings.cluster();
    return cluster.enabled()
        ? Optional.of(
            new ClusterSettings(
                cluster.config(),
                cluster.name(),
                cluster.host(),
                cluster.port(),
                cluster.busPort(),
                cluster.busPublicHost(),
                cluster.busPublicPort(),
                cluster.members()))
        : Optional.empty();
  }

  static BusSettings bus(Settings settings, HttpAddress http) {
    return new BusSettings(
        http,
        settings.link().windowBytes(),
        settings.link().queueBytes(),
        settings.link().maxAgeMillis(),
        settings.link().degradedAfterMillis(),
        Math.max(settings.link().queueBytes(), settings.frames().maxBytes()),
        settings.frames().maxBytes(),
        settings.ingest().assemblyBytes(),
        settings.topics().retentionSeconds(),
        settings.topics().staleAfterMillis(),
        settings.topics().lastFramesBytes(),
        settings.ingest().maxStreams(),
        repair(settings));
  }

  private static RepairSettings repair(Settings settings) {
    var repair = settings.repair();
    return new RepairSettings(
        settings.topics().mustSeeFilters(),
        repair.ringBytes(),
        repair.budgetBytes(),
        repair.holdMillis(),
        repair.holdBytes(),
        repair.maxAgeMillis());
  }

  static PictureLimits pictureLimits(Frames frames) {
    return new PictureLimits(
        frames.maxBytes(), frames.maxPixels(), frames.maxSidePixels(), frames.maxScans());
  }

  static IngestSettings ingest(Settings settings) {
    return new IngestSettings(
        pictureLimits(settings.frames()),
        settings.frames().chunkBytes(),
        new FrameAssembler.Limits(
            settings.frames().maxBytes(),
            settings.ingest().assemblyBytes(),
            TimeUnit.MILLISECONDS.toNanos(settings.ingest().assemblyTimeoutMillis())),
        TimeUnit.SECONDS.toNanos(settings.ingest().postedIdleSeconds()),
        TimeUnit.SECONDS.toNanos(settings.topics().retentionSeconds()),
        settings
            .topics()
            .unchangedRules()
            .map(word -> Unchanged.valueOf(word.toUpperCase(Locale.ROOT))),
        TimeUnit.MILLISECONDS.toNanos(settings.topics().unchangedHeartbeatMillis()),
        settings.topics().refuseDamagedFilters());
  }

  static DeliverySettings delivery(Settings settings) {
    var delivery = settings.delivery();
    return new DeliverySettings(
        delivery.sendBufferBytes(),
        delivery.unsentBytes(),
        delivery.ackWindowFrames(),
        delivery.ackDelayMillis(),
        delivery.maxSubscriptions(),
        delivery.maxDisplays(),
        delivery.controlBytes(),
        delivery.reportIntervalSeconds(),
        settings.topics().staleAfterMillis(),
        settings.topics().retentionSeconds(),
        settings.compression().ladder());
  }

  static CompressionSettings compression(Settings settings) {
    var compression = settings.compression();
    int threads = compression.threads();
    return new CompressionSettings(
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
        compression.maxVariants(),
        compression.quality(),
        compression.topicTargets().map(NodeStages::target),
        pictureLimits(settings.frames()),
        settings.frames().chunkBytes(),
        compression.trustLosslessWebp(),
        compression.shareWork());
  }

  /** What a rule such as {@code quality:60} means; the configuration has checked it. */
  private static QualityTarget target(String rule) {
    int colon = rule.indexOf(':');
    String value = rule.substring(colon + 1);
    return switch (rule.substring(0, colon)) {
      case "quality" -> new QualityTarget.Fixed(Integer.parseInt(value));
      case "bytes" -> new QualityTarget.FrameBytes(Integer.parseInt(value));
      case "bandwidth" -> new QualityTarget.Bandwidth(Long.parseLong(value));
      case "similarity" -> new QualityTarget.Similarity(Double.parseDouble(value));
      default -> throw new IllegalArgumentException("no target of a topic: " + rule);
    };
  }
}
