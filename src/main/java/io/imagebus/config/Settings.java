package io.imagebus.config;

import java.util.Map;

/**
 * The settings of a node. Every instance is valid: each record checks its own keys, this one what
 * holds between sections. Immutable.
 */
public record Settings(
    Node node,
    Http http,
    Cluster cluster,
    Frames frames,
    Ingest ingest,
    Link link,
    Repair repair,
    Compression compression,
    Delivery delivery,
    Topics topics,
    Metrics metrics,
    Log log) {

  public Settings {
    new Constraints()
        .atLeast(
            "ingest.assembly-bytes", ingest.assemblyBytes(), "frames.max-bytes", frames.maxBytes())
        .atLeast("link.window-bytes", link.windowBytes(), "frames.chunk-bytes", frames.chunkBytes())
        .atLeast("link.queue-bytes", link.queueBytes(), "frames.chunk-bytes", frames.chunkBytes())
        .enforce();
  }

  /** What a node does when nobody configures it. */
  public static Settings defaults() {
    return new SettingsLoader(Map.of()).load(Map.of());
  }
}
