package io.imagebus.config;

import io.imagebus.frame.TopicFilter;
import java.util.List;
import java.util.stream.Stream;

/** How long topics and their newest pictures are kept. */
@Section("How long topics and their newest pictures are kept.")
public record Topics(
    @Key(
            preset = "3600",
            min = 1,
            max = 31_536_000,
            doc =
                "A topic without a publisher (OFFLINE) is forgotten after this, with its counters.")
        int retentionSeconds,
    @Key(
            preset = "3000",
            min = 100,
            max = 600_000,
            doc =
                "A topic whose publisher is connected and silent for this long counts as stale. Set"
                    + " it above the interval of the slowest camera.")
        int staleAfterMillis,
    @Key(
            preset = "256MiB",
            max = 1_099_511_627_776L,
            doc =
                "Memory for the newest picture of each topic and variant, for snapshots and for"
                    + " displays that join. The longest unused are dropped first.")
        long lastFramesBytes,
    @Key(
            preset = "",
            emptyAllowed = true,
            doc =
                "Topics of which each picture counts, as filters, comma separated: site/gate,"
                    + " hall/+/door, yard/#. What is lost of them between nodes is sent again, and"
                    + " newer pictures wait for it. Use the same on every node. Empty: none; a late"
                    + " picture is left out, as a live wall wants it.")
        String mustSee) {

  public Topics {
    new Constraints(Topics.class, retentionSeconds, staleAfterMillis, lastFramesBytes, mustSee)
        .require("topics.must-see", isFilters(mustSee), "topic filters, comma separated")
        .enforce();
  }

  /** The filters of {@code mustSee} one by one. */
  public List<TopicFilter> mustSeeFilters() {
    return filtersOf(mustSee);
  }

  private static boolean isFilters(String text) {
    try {
      filtersOf(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<TopicFilter> filtersOf(String text) {
    return text.isBlank()
        ? List.of()
        : Stream.of(text.split(",", -1)).map(String::strip).map(TopicFilter::new).toList();
  }
}
