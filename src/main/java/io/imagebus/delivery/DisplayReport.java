package io.imagebus.delivery;

import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.sequence.Timing;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What a display says of one stream; its own count, not checked against ours.
 *
 * @param counts of chunks and numbers. What is pending at the display stands in no report: a number
 *     is told of when it is settled, so that no total ever falls
 * @param frames of whole pictures
 * @param timing since the last report
 * @param missed what passed before this connection, told once
 */
record DisplayReport(
    SequenceCounts counts, FrameCounts frames, Timing timing, Optional<Absence> missed) {

  /** More than any display will ever count, and little enough to be added up. */
  private static final long MOST = 1L << 40;

  /**
   * A time without a connection, after which the same stream went on.
   *
   * @param from the first number missed
   * @param to the last one
   * @param awayMicros how long the display had no connection
   */
  record Absence(long from, long to, long awayMicros) {}

  /**
   * Reads one entry of a {@code report} message; what is missing is 0.
   *
   * @throws IllegalArgumentException if a number is negative or no number
   */
  static DisplayReport of(JsonObject json) {
    number(json, "highest");
    return new DisplayReport(counts(json), frames(json), timing(json), missed(json));
  }

  private static SequenceCounts counts(JsonObject json) {
    long received = number(json, "received");
    long lost = number(json, "lost");
    long corrupt = number(json, "corrupt");
    long skipped = number(json, "skipped");
    return new SequenceCounts(
        received + lost + corrupt + skipped,
        received,
        lost,
        corrupt,
        skipped,
        0,
        number(json, "duplicate"),
        number(json, "late"),
        number(json, "reordered"),
        number(json, "stale"),
        number(json, "preBase"),
        number(json, "tooOld"),
        number(json, "unattributable"),
        number(json, "skipMismatch"),
        number(json, "implausible"),
        number(json, "epochs"),
        number(json, "unknownTails"));
  }

  /** A display that does not tell of whole frames has at least those that it has shown. */
  private static FrameCounts frames(JsonObject json) {
    if (!json.containsKey("frames")) {
      return new FrameCounts(number(json, "shown"), 0, 0);
    }
    JsonObject frames = part(json, "frames");
    return new FrameCounts(
        number(frames, "good"), number(frames, "failed"), number(frames, "skipped"));
  }

  private static Timing timing(JsonObject json) {
    JsonObject latency = part(json, "latency");
    long p50 = number(latency, "p50");
    long p95 = number(latency, "p95");
    long p99 = number(latency, "p99");
    long frames = p99 > 0 ? 1 : 0;
    boolean doubtful = "doubtful".equals(json.getValue("clock"));
    return new Timing(frames, number(json, "jitter"), p50, p95, p99, doubtful);
  }

  private static Optional<Absence> missed(JsonObject json) {
    if (!json.containsKey("missed")) {
      return Optional.empty();
    }
    JsonObject missed = part(json, "missed");
    Absence absence =
        new Absence(number(missed, "from"), number(missed, "to"), number(missed, "away"));
    if (absence.to() < absence.from()) {
      throw new IllegalArgumentException("report: missed goes from a number to a later one");
    }
    return Optional.of(absence);
  }

  private static JsonObject part(JsonObject json, String key) {
    return json.getValue(key) instanceof JsonObject object ? object : new JsonObject();
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
