package io.imagebus.config;

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
        long lastFramesBytes) {

  public Topics {
    new Constraints(Topics.class, retentionSeconds, staleAfterMillis, lastFramesBytes).enforce();
  }
}
