package io.imagebus.cli;

import io.imagebus.client.TopicStatus;
import io.imagebus.sequence.Reliability;
import io.imagebus.sequence.SequenceCounts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What a subscription received in all.
 *
 * @param unattributable damaged chunks of which not even the topic is known
 */
record SubscribeSummary(List<TopicStatus> topics, long unattributable) {

  private static final double PERCENT = 100;

  SubscribeSummary {
    topics = List.copyOf(topics);
  }

  /** The summary as lines for people; the numbers are chunks, but for frames. */
  List<String> lines() {
    TextTable table =
        new TextTable(
            "TOPIC",
            "EXPECTED",
            "RECEIVED",
            "LOST",
            "CORRUPT",
            "SKIPPED",
            "FRAMES",
            "SKIPPED FRAMES",
            "RELIABILITY");
    for (TopicStatus topic : topics) {
      SequenceCounts chunks = topic.chunks();
      table.row(
          topic.topic(),
          chunks.expected(),
          chunks.received(),
          chunks.lost(),
          chunks.corrupt(),
          chunks.skipped(),
          topic.frames(),
          TopicRows.skips(topic),
          reliability(Reliability.of(chunks)));
    }
    return table.lines();
  }

  private static String reliability(Reliability reliability) {
    if (reliability.claim().isEmpty()) {
      return "-";
    }
    if (reliability.claim().getAsDouble() == 0 && reliability.isLowerBound()) {
      return "nothing lost of " + reliability.settled() + ", too few to say more";
    }
    double percent = PERCENT * reliability.claim().getAsDouble();
    return reliability.isLowerBound()
        ? String.format(
            Locale.ROOT,
            "at least %.4f %% (nothing lost of %,d; 95 %% confidence)",
            percent,
            reliability.settled())
        : String.format(Locale.ROOT, "%.4f %%", percent);
  }

  /** The summary for programs. */
  JsonObject toJson() {
    JsonArray array = new JsonArray();
    topics.forEach(topic -> array.add(toJson(topic)));
    return new JsonObject().put("topics", array).put("unattributable", unattributable);
  }

  private static JsonObject toJson(TopicStatus topic) {
    SequenceCounts chunks = topic.chunks();
    return new JsonObject()
        .put("topic", topic.topic().name())
        .put("state", topic.state())
        .put("frames", topic.frames())
        .put("frameBytes", topic.frameBytes())
        .put("brokenFrames", topic.brokenFrames())
        .put("skippedFrames", new JsonObject(new TreeMap<>(topic.skippedFrames())))
        .put("expected", chunks.expected())
        .put("received", chunks.received())
        .put("lost", chunks.lost())
        .put("corrupt", chunks.corrupt())
        .put("skipped", chunks.skipped())
        .put("duplicate", chunks.duplicate())
        .put("late", chunks.late())
        .put("missedWhileAway", topic.missed().numbers())
        .put("streams", chunks.epochs())
        .put("reliability", toJson(Reliability.of(chunks)));
  }

  private static JsonObject toJson(Reliability reliability) {
    JsonObject json =
        new JsonObject()
            .put("settled", reliability.settled())
            .put("failed", reliability.failed())
            .put("isLowerBound", reliability.isLowerBound());
    reliability.measured().ifPresent(share -> json.put("measured", share));
    reliability.claim().ifPresent(share -> json.put("claim", share));
    return json;
  }
}
