package io.imagebus.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.AccountFeed.Account;
import io.imagebus.frame.Topic;
import io.imagebus.sequence.Alarm;
import io.imagebus.sequence.Hop;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsBookTest {

  /** A sample of the text format 0.0.4: name, labels, value. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*})?"
              + " (NaN|[+-]Inf|[-+0-9.eE]+)");

  private final AccountBook book = new AccountBook();
  private final MetricsBook metrics = new MetricsBook(2);

  @AfterEach
  void close() {
    metrics.close();
  }

  private void take(Account account) {
    book.take(account, 1).forEach(metrics::retire);
  }

  private Map<String, Double> samples() {
    Map<String, Double> samples = new HashMap<>();
    for (String line : metrics.scrape(book).split("\n")) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        samples.put(
            sample.group(1) + (sample.group(2) == null ? "" : sample.group(2)),
            Double.parseDouble(sample.group(3)));
      }
    }
    return samples;
  }

  @Test
  void scrape_text_isWellFormed_andCountersSayTotal() {
    take(Lines.account("bus", Lines.link("with \"quotes\" and \\", 10, 1)));
    Map<String, String> types = new HashMap<>();
    Set<String> helped = new HashSet<>();
    Set<String> seen = new HashSet<>();

    for (String line : metrics.scrape(book).split("\n")) {
      if (line.startsWith("# HELP ")) {
        assertThat(helped.add(line.split(" ")[2])).as("helped once: %s", line).isTrue();
        assertThat(line.split(" ", 4)[3]).isNotBlank();
      } else if (line.startsWith("# TYPE ")) {
        types.put(line.split(" ")[2], line.split(" ")[3]);
      } else {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(seen.add(sample.group(1) + sample.group(2))).as("twice: %s", line).isTrue();
        String family = sample.group(1);
        if (!types.containsKey(family)) {
          family = family.replaceAll("_(count|sum|max|bucket)$", "");
        }
        assertThat(types).as(line).containsKey(family);
        assertThat(helped).as(line).contains(family);
        if (types.get(family).equals("counter")) {
          assertThat(family).endsWith("_total");
        }
      }
    }
    assertThat(types).containsEntry("imagebus_chunks_total", "counter");
    assertThat(types).containsEntry("imagebus_frame_age_seconds", "gauge");
    assertThat(types.entrySet())
        .filteredOn(entry -> entry.getKey().startsWith("imagebus_"))
        .allSatisfy(entry -> assertThat(entry.getKey()).doesNotContain("micros", "millis"));
  }

  @Test
  void scrape_counters_stayWhenALineIsOver_andGoOnWhenItComesBack() {
    String lost = "imagebus_chunks_total{hop=\"node-node\",outcome=\"lost\",topic=\"t\"}";
    String skipped =
        "imagebus_chunks_skipped_total{hop=\"node-node\",reason=\"link-credit\",topic=\"t\"}";
    String pending = "imagebus_chunks_pending{hop=\"node-node\",topic=\"t\"}";
    take(Lines.account("bus", Lines.link("t", 10, 4)));
    assertThat(samples()).containsEntry(lost, 4.0).containsEntry(skipped, 2.0);

    take(Lines.account("bus"));
    assertThat(samples()).containsEntry(lost, 4.0).containsEntry(skipped, 2.0);
    assertThat(samples()).containsEntry(pending, 0.0);

    take(Lines.account("bus", Lines.link("t", 1, 1)));
    assertThat(samples()).containsEntry(lost, 5.0).containsEntry(skipped, 4.0);
  }

  @Test
  void scrape_timesAreInSeconds() {
    take(Lines.account("bus", Lines.link("t", 10, 4)));

    assertThat(samples())
        .containsEntry("imagebus_frame_jitter_seconds{hop=\"node-node\",topic=\"t\"}", 0.0015)
        .containsEntry(
            "imagebus_frame_age_seconds{hop=\"node-node\",quantile=\"0.95\",topic=\"t\"}", 0.03);
  }

  @Test
  void scrape_moreTopicsThanTheCap_shareOneLabel() {
    take(Lines.account("bus", Lines.link("a", 1, 0), Lines.link("b", 2, 0)));
    take(Lines.account("more", Lines.link("c", 3, 0), Lines.link("d", 4, 0)));

    assertThat(samples())
        .containsEntry(
            "imagebus_chunks_total{hop=\"node-node\",outcome=\"received\",topic=\"other\"}", 7.0)
        .doesNotContainKey(
            "imagebus_chunks_total{hop=\"node-node\",outcome=\"received\",topic=\"c\"}");
  }

  @Test
  void scrape_oneDisplay_isNotCountedBesideTheSumOfAll() {
    take(
        Lines.account(
            "delivery-0",
            Lines.line("t", Hop.DELIVERY_TO_DISPLAY, "displays", 5, 0),
            Lines.line("t", Hop.DELIVERY_TO_DISPLAY, "session", 5, 0)));

    assertThat(samples())
        .containsEntry(
            "imagebus_chunks_total{hop=\"delivery-display\",outcome=\"received\",topic=\"t\"}",
            5.0);
  }

  @Test
  void scrape_alarms_areCountedWhileTheyLast() {
    Alarm alarm =
        new Alarm(Alarm.Kind.LOSSES, new Topic("t"), Hop.NODE_TO_NODE, "a", "b", 1, "lost some");
    take(new Account("bus", List.of(), new JsonArray(), List.of(alarm)));
    assertThat(samples()).containsEntry("imagebus_alarms_active{kind=\"losses\"}", 1.0);

    take(Lines.account("bus"));
    assertThat(samples()).containsEntry("imagebus_alarms_active{kind=\"losses\"}", 0.0);
  }

  @Test
  void scrape_unchangedPictures_ofAllInstances_areCountedWithTheirBytes() {
    take(new Account("ingest-0", List.of(), topics("t", 100, 5_000, 40, 2_000), List.of()));
    take(new Account("ingest-1", List.of(), topics("t", 10, 500, 5, 250), List.of()));

    assertThat(samples())
        .containsEntry("imagebus_ingest_frames_total{topic=\"t\"}", 110.0)
        .containsEntry("imagebus_ingest_bytes_total{topic=\"t\"}", 5_500.0)
        .containsEntry("imagebus_ingest_unchanged_frames_total{topic=\"t\"}", 45.0)
        .containsEntry("imagebus_ingest_unchanged_bytes_total{topic=\"t\"}", 2_250.0);

    take(new Account("ingest-0", List.of(), topics("t", 101, 5_050, 41, 2_050), List.of()));
    assertThat(samples())
        .containsEntry("imagebus_ingest_unchanged_frames_total{topic=\"t\"}", 46.0)
        .containsEntry("imagebus_ingest_unchanged_bytes_total{topic=\"t\"}", 2_300.0);
  }

  private static JsonArray topics(
      String topic, long frames, long bytes, long unchangedFrames, long unchangedBytes) {
    return new JsonArray()
        .add(
            new JsonObject()
                .put("topic", topic)
                .put("frames", frames)
                .put("bytes", bytes)
                .put("unchangedFrames", unchangedFrames)
                .put("unchangedBytes", unchangedBytes));
  }
}
