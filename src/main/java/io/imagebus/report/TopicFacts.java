package io.imagebus.report;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * What several keepers of a node know of one topic, put together: what they counted is added up, of
 * all else the word of the one who saw the newest picture holds. Stateless.
 */
final class TopicFacts {

  private static final Set<String> COUNTS =
      Set.of(
          "frames",
          "bytes",
          "unchangedFrames",
          "unchangedBytes",
          "streamsOpened",
          "streamsReplaced",
          "fps",
          "bytesPerSecond");

  private static final String NEWEST = "lastCaptureMicros";

  private TopicFacts() {}

  static JsonObject merge(JsonObject one, JsonObject other) {
    boolean otherIsNewer = other.getLong(NEWEST, 0L) >= one.getLong(NEWEST, 0L);
    JsonObject merged = otherIsNewer ? union(one, other) : union(other, one);
    for (String count : COUNTS) {
      if (one.containsKey(count) && other.containsKey(count)) {
        merged.put(count, sum(one.getValue(count), other.getValue(count)));
      }
    }
    if (one.containsKey("refused") && other.containsKey("refused")) {
      merged.put("refused", sum(one.getJsonObject("refused"), other.getJsonObject("refused")));
    }
    return merged;
  }

  private static JsonObject union(JsonObject older, JsonObject newer) {
    return older.copy().mergeIn(newer);
  }

  private static JsonObject sum(JsonObject one, JsonObject other) {
    JsonObject sum = one.copy();
    other.forEach(
        entry -> sum.put(entry.getKey(), sum(sum.getValue(entry.getKey(), 0L), entry.getValue())));
    return sum;
  }

  private static Number sum(Object one, Object other) {
    Number a = (Number) one;
    Number b = (Number) other;
    return one instanceof Double || other instanceof Double
        ? (Number) (a.doubleValue() + b.doubleValue())
        : (Number) (a.longValue() + b.longValue());
  }
}
