package io.imagebus.config;

/** The way to one other node. */
@Section("The way to one other node of the cluster.")
public record Link(
    @Key(
            preset = "2MiB",
            min = 65_536,
            max = 268_435_456,
            doc =
                "Bytes under way to another node and not yet acknowledged. It bounds what a stalled"
                    + " node costs; too small for bandwidth times round trip slows the link."
                    + " At least frames.chunk-bytes.")
        long windowBytes,
    @Key(
            preset = "4MiB",
            min = 65_536,
            max = 4_294_967_296L,
            doc =
                "Frames that wait for the window. When it is full, the oldest frame is dropped"
                    + " whole and counted as skipped. At least frames.chunk-bytes.")
        long queueBytes,
    @Key(
            preset = "2000",
            min = 100,
            max = 600_000,
            doc =
                "A frame that arrives from another node older than this is dropped and counted as"
                    + " expired: nobody wants to see an old picture as live.")
        int maxAgeMillis,
    @Key(
            preset = "2000",
            min = 100,
            max = 600_000,
            doc =
                "A node that acknowledges nothing for this long is reported as degraded. What it gets"
                    + " is bounded by the window all the time.")
        int degradedAfterMillis) {

  public Link {
    new Constraints(Link.class, windowBytes, queueBytes, maxAgeMillis, degradedAfterMillis)
        .enforce();
  }
}
