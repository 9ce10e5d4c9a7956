package io.imagebus.cli;

import io.imagebus.client.ClockOffset;
import io.imagebus.client.ReceivedFrame;
import io.imagebus.client.TopicStatus;
import io.imagebus.frame.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The table of a subscription: a row per topic and second. Owned by one event loop. */
final class TopicRows {

  private static final long GOOD_ENOUGH_MICROS = 5_000;
  private static final int ROUNDS_BEFORE_NOTE = 4;
  private static final double KILO = 1e3;
  private static final String NONE = "-";

  private final Map<Topic, TopicMeter> meters = new HashMap<>();
  private final TextTable table =
      new TextTable("TOPIC", "FPS", "KB", "P50 MS", "P99 MS", "LOST", "SKIPPED", "STATE");
  private long beforeNanos;
  private int rounds;

  TopicRows(long nowNanos) {
    this.beforeNanos = nowNanos;
  }

  void add(ReceivedFrame received) {
    meters.computeIfAbsent(received.topic(), any -> new TopicMeter()).add(received);
  }

  /** The rows of the time since the last call. */
  List<String> next(List<TopicStatus> topics, ClockOffset offset, long nowNanos) {
    double seconds = Math.max(1, nowNanos - beforeNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    beforeNanos = nowNanos;
    for (TopicStatus topic : topics) {
      TopicMeter meter = meters.computeIfAbsent(topic.topic(), any -> new TopicMeter());
      row(topic, meter, seconds, isUncertain(offset));
      meter.reset();
    }
    return table.lines();
  }

  /** A sentence on the latencies, once, if they may be wrong; a new connection gets some time. */
  String note(ClockOffset offset) {
    rounds++;
    if (rounds != ROUNDS_BEFORE_NOTE || !isUncertain(offset)) {
      return "";
    }
    return offset.isKnown()
        ? String.format(
            Locale.ROOT,
            "~ the node's clock is known to %.1f ms only; latencies may be wrong by that",
            offset.errorMicros() / KILO)
        : "~ the node's clock is not known; latencies are by the clock of this machine";
  }

  private static boolean isUncertain(ClockOffset offset) {
    return offset.errorMicros() > GOOD_ENOUGH_MICROS;
  }

  private void row(TopicStatus topic, TopicMeter meter, double seconds, boolean uncertain) {
    boolean isEmpty = meter.frames() == 0;
    table.row(
        topic.topic(),
        decimal(meter.frames() / seconds),
        isEmpty ? NONE : decimal(meter.meanBytes() / KILO),
        isEmpty ? NONE : latency(meter, 50, uncertain),
        isEmpty ? NONE : latency(meter, 99, uncertain),
        topic.chunks().lost() + topic.chunks().corrupt(),
        skips(topic),
        topic.state());
  }

  private static String latency(TopicMeter meter, double percent, boolean uncertain) {
    return decimal(meter.latencies().percentileMicros(percent) / KILO) + (uncertain ? "~" : "");
  }

  /** Skipped frames by reason. */
  static String skips(TopicStatus topic) {
    return topic.skippedFrames().isEmpty()
        ? NONE
        : topic.skippedFrames().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
