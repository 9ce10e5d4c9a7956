package io.imagebus.config;

/** What the metrics page shows. */
@Section("What the metrics page shows.")
public record Metrics(
    @Key(
            preset = "500",
            max = 100_000,
            doc =
                "Topics with metrics of their own; the rest is summed up. Each costs the monitoring"
                    + " system a few dozen series.")
        int maxTopics) {

  public Metrics {
    new Constraints(Metrics.class, maxTopics).enforce();
  }
}
