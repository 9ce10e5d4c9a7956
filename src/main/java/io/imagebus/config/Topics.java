package io.imagebus.config;

import io.imagebus.frame.ByTopic;
import io.imagebus.frame.TopicFilter;
import java.util.List;
import java.util.Set;

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
        String mustSee,
    @Key(
            preset = "",
            emptyAllowed = true,
            doc =
                "What becomes of pictures that show nothing that the one before did not, as filters"
                    + " with pass, thin or drop, comma separated; the first that matches holds:"
                    + " yard/#=thin, hall/+/door=drop. thin: one in unchanged-heartbeat-millis goes"
                    + " on. drop: none does; displays are told of each, and the picture that they"
                    + " show stays. A look takes some milliseconds of one processor. Empty: all"
                    + " pass, without a look.")
        String unchanged,
    @Key(
            preset = "1000",
            min = 100,
            max = 600_000,
            doc = "At least so often a picture goes on where unchanged ones are thinned out.")
        int unchangedHeartbeatMillis,
    @Key(
            preset = "",
            emptyAllowed = true,
            doc =
                "Topics on which a picture that cannot be decoded is refused (damaged), as filters,"
                    + " comma separated. Each picture is decoded for that, once, on its publisher's"
                    + " node. Empty: none; the source passes as it is, and only its variants lack"
                    + " the picture.")
        String refuseDamaged) {

  private static final String FILTERS = "topic filters, comma separated";
  private static final Set<String> UNCHANGED = Set.of("pass", "thin", "drop");

  public Topics {
    new Constraints(
            Topics.class,
            retentionSeconds,
            staleAfterMillis,
            lastFramesBytes,
            mustSee,
            unchanged,
            unchangedHeartbeatMillis,
            refuseDamaged)
        .require("topics.must-see", TopicList.isFilters(mustSee), FILTERS)
        .require(
            "topics.unchanged",
            TopicList.isValues(unchanged, UNCHANGED::contains),
            "topic filters with pass, thin or drop, comma separated")
        .require("topics.refuse-damaged", TopicList.isFilters(refuseDamaged), FILTERS)
        .enforce();
  }

  /** The filters of {@code mustSee} one by one. */
  public List<TopicFilter> mustSeeFilters() {
    return TopicList.filters(mustSee);
  }

  /** The rules of {@code unchanged} one by one: {@code pass}, {@code thin} or {@code drop}. */
  public ByTopic<String> unchangedRules() {
    return TopicList.values(unchanged, UNCHANGED::contains);
  }

  /** The filters of {@code refuseDamaged} one by one. */
  public List<TopicFilter> refuseDamagedFilters() {
    return TopicList.filters(refuseDamaged);
  }
}
