package io.imagebus.delivery;

import io.imagebus.sequence.SequenceCounts;
import io.vertx.core.json.JsonObject;

/**
 * What a display says of one stream; its own count, not checked against ours.
 *
 * @param highest highest sequence number seen
 * @param received chunks received
 * @param lost chunks that never came and were not announced
 * @param duplicate chunks that came again
 * @param late chunks that came after they were called lost
 * @param corrupt chunks whose payload was changed on the way
 * @param skipped numbers announced as skipped
 * @param shown frames shown
 * @param latencyP50Micros median from capture to display
 * @param latencyP95Micros 95 of 100 are below this
 * @param latencyP99Micros 99 of 100 are below this
 */
public record DisplayReport(
    long highest,
    long received,
    long lost,
    long duplicate,
    long late,
    long corrupt,
    long skipped,
    long shown,
    long latencyP50Micros,
    long latencyP95Micros,
    long latencyP99Micros) {

  /** More than any display will ever count, and little enough to be added up. */
  private static final long MOST = 1L << 40;

  /**
   * Reads one entry of a {@code report} message; what is missing is 0.
   *
   * @throws IllegalArgumentException if a number is negative or no number
   */
  static DisplayReport of(JsonObject json) {
    JsonObject latency =
        json.getValue("latency") instanceof JsonObject object ? object : new JsonObject();
    return new DisplayReport(
        number(json, "highest"),
        number(json, "received"),
        number(json, "lost"),
        number(json, "duplicate"),
        number(json, "late"),
        number(json, "corrupt"),
        number(json, "skipped"),
        number(json, "shown"),
        number(latency, "p50"),
        number(latency, "p95"),
        number(latency, "p99"));
  }

  /** The report as counts of the hop; what the display does not tell is 0. */
  SequenceCounts counts() {
    return new SequenceCounts(
        received + lost + corrupt + skipped,
        received,
        lost,
        corrupt,
        skipped,
        0,
        duplicate,
        late,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  private static long number(JsonObject json, String key) {
    Object value = json.getValue(key);
    if (value == null) {
      return 0;
    }
    if (value instanceof Number number && number.longValue() >= 0 && number.longValue() <= MOST) {
      return number.longValue();
    }
    throw new IllegalArgumentException("report: " + key + " is a number from 0 to " + MOST);
  }
}
