package io.imagebus.config;

/** What publishers may occupy. */
@Section("What publishers may occupy.")
public record Ingest(
    @Key(
            preset = "10000",
            min = 1,
            max = 1_000_000,
            doc = "Streams published to this node at a time. Further ones are refused.")
        int maxStreams,
    @Key(
            preset = "32MiB",
            min = 1_024,
            max = 4_294_967_296L,
            doc =
                "Memory for pictures that a publisher has begun and not finished, for each topic that"
                    + " it publishes in chunks. The oldest is dropped when it is full. At least"
                    + " frames.max-bytes.")
        long assemblyBytes,
    @Key(
            preset = "5000",
            min = 100,
            max = 600_000,
            doc = "An unfinished picture is dropped this long after its first byte.")
        int assemblyTimeoutMillis,
    @Key(
            preset = "30",
            min = 1,
            max = 86_400,
            doc =
                "A topic fed by single POST requests is closed after this silence. Set it above the"
                    + " longest interval between two of them.")
        int postedIdleSeconds) {

  public Ingest {
    new Constraints(
            Ingest.class, maxStreams, assemblyBytes, assemblyTimeoutMillis, postedIdleSeconds)
        .enforce();
  }
}
