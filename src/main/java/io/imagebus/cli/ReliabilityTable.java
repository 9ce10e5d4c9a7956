package io.imagebus.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The account of a cluster as lines for people, the worst first.
 *
 * @param answer of a node to {@code GET /api/v1/reliability}
 * @param window that the counts are of: {@code 1m}, {@code 15m} or {@code start}
 */
record ReliabilityTable(JsonObject answer, String window) {

  private static final String NONE = "-";
  private static final int NODE_LENGTH = 8;
  private static final double MILLI = 1e3;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

  private static final Comparator<JsonObject> BY_NAME =
      Comparator.comparing((JsonObject line) -> line.getString("topic", ""))
          .thenComparing(line -> line.getString("variant", ""))
          .thenComparing(line -> line.getString("hop", ""))
          .thenComparing(line -> line.getString("node", ""))
          .thenComparing(line -> line.getString("peer", ""));

  List<String> lines() {
    List<JsonObject> hops =
        objects(answer.getJsonArray("topics"))
            .flatMap(topic -> objects(topic.getJsonArray("hops")))
            .sorted(
                Comparator.comparingDouble(this::failedShare)
                    .thenComparingLong(this::failed)
                    .thenComparing(line -> line.containsKey("unverifiedSince"))
                    .reversed()
                    .thenComparing(BY_NAME))
            .toList();
    List<String> lines = new ArrayList<>();
    if (hops.isEmpty()) {
      lines.add("no topic is counted yet, or none matches");
    } else {
      lines.addAll(table(hops));
    }
    lines.addAll(gaps(hops));
    lines.addAll(alarms());
    JsonArray missing = answer.getJsonArray("missing", new JsonArray());
    if (!missing.isEmpty()) {
      lines.add("");
      lines.add(
          "no answer from "
              + missing.stream().map(String::valueOf).collect(Collectors.joining(", "))
              + ": what only it counts is missing here");
    }
    return lines;
  }

  private List<String> table(List<JsonObject> hops) {
    TextTable table =
        new TextTable(
            "TOPIC",
            "VARIANT",
            "HOP",
            "NODE←PEER",
            "RELIABILITY",
            "FRAMES",
            "EXPECTED",
            "RECEIVED",
            "LOST",
            "CORRUPT",
            "SKIPPED",
            "PENDING",
            "JITTER",
            "AGE P95",
            "STATE");
    for (JsonObject hop : hops) {
      JsonObject figures = figures(hop);
      table.row(
          hop.getString("topic"),
          hop.getString("variant"),
          hop.getString("hop"),
          shortName(hop.getString("node")) + "←" + shortName(hop.getString("peer")),
          reliability(figures.getJsonObject("reliability")),
          reliability(
              figures
                  .getJsonObject("frames", new JsonObject())
                  .getJsonObject("reliability", new JsonObject())),
          figures.getLong("expected"),
          figures.getLong("received"),
          figures.getLong("lost"),
          figures.getLong("corrupt"),
          skipped(figures.getLong("skipped"), hop.getJsonObject("skippedByReason")),
          hop.getLong("pending"),
          millis(hop.getLong("jitterMicros")),
          age(hop.getJsonObject("ageMicros")),
          state(hop));
    }
    return table.lines();
  }

  private JsonObject figures(JsonObject hop) {
    JsonObject windows = hop.getJsonObject("windows", new JsonObject());
    return windows.getJsonObject(window, hop);
  }

  private long failed(JsonObject hop) {
    JsonObject figures = figures(hop);
    return figures.getLong("lost", 0L) + figures.getLong("corrupt", 0L);
  }

  private double failedShare(JsonObject hop) {
    long failed = failed(hop);
    return failed / (double) Math.max(1, failed + figures(hop).getLong("received", 0L));
  }

  static String reliability(JsonObject reliability) {
    if (reliability.getValue("claim") instanceof Number claim) {
      return Percent.down(claim.doubleValue());
    }
    if (reliability.getValue("atLeast") instanceof Number bound) {
      return bound.doubleValue() == 0
          ? "nothing lost of " + reliability.getLong("settled")
          : "at least " + Percent.down(bound.doubleValue());
    }
    return NONE;
  }

  private static String skipped(long count, JsonObject byReason) {
    if (byReason == null || byReason.isEmpty()) {
      return String.valueOf(count);
    }
    return byReason.stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", ", count + " (", ")"));
  }

  private static String millis(Long micros) {
    return micros == null ? NONE : String.format(Locale.ROOT, "%.1f ms", micros / MILLI);
  }

  private static String age(JsonObject age) {
    if (age == null) {
      return NONE;
    }
    return age.getString("clock", "ok").equals("ok") ? millis(age.getLong("p95")) : "?";
  }

  private static String state(JsonObject hop) {
    Long since = hop.getLong("unverifiedSince");
    return hop.getString("state") + (since == null ? "" : ", unverified since " + time(since));
  }

  private List<String> gaps(List<JsonObject> hops) {
    TextTable table =
        new TextTable(
            "SEEN AT",
            "TOPIC",
            "VARIANT",
            "HOP",
            "NODE←PEER",
            "STREAM",
            "NUMBERS",
            "OUTCOME",
            "CAUSE");
    boolean isEmpty = true;
    for (JsonObject hop : hops) {
      for (JsonObject gap : objects(hop.getJsonArray("gaps")).toList()) {
        isEmpty = false;
        table.row(
            time(gap.getLong("openedAt")),
            hop.getString("topic"),
            hop.getString("variant"),
            hop.getString("hop"),
            shortName(hop.getString("node")) + "←" + shortName(hop.getString("peer")),
            gap.getString("stream"),
            numbers(gap.getLong("from"), gap.getLong("to")),
            gap.getString("outcome"),
            gap.getString("cause"));
      }
    }
    return isEmpty ? List.of() : below("GAPS, newest first for each line", table.lines());
  }

  private List<String> alarms() {
    List<String> lines =
        objects(answer.getJsonArray("alarms"))
            .map(
                alarm ->
                    "%s since %s: %s"
                        .formatted(
                            alarm.getString("topic"),
                            time(alarm.getLong("since")),
                            alarm.getString("message")))
            .toList();
    return lines.isEmpty() ? List.of() : below("ALARMS", lines);
  }

  private static List<String> below(String heading, List<String> lines) {
    return Stream.concat(Stream.of("", heading), lines.stream()).toList();
  }

  private static String numbers(long from, long to) {
    String first = Long.toUnsignedString(from);
    return from == to ? first : first + "-" + Long.toUnsignedString(to);
  }

  private static String shortName(String name) {
    return name.length() > NODE_LENGTH + 4 ? name.substring(0, NODE_LENGTH) : name;
  }

  private static String time(long micros) {
    return TIME.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array == null ? Stream.empty() : array.stream().map(JsonObject.class::cast);
  }
}
