package io.imagebus.config;

/** How the log on standard error looks. */
@Section("The log, on standard error.")
public record Log(
    @Key(preset = "text", doc = "One line of text, or one JSON object a line for a log collector.")
        Format format,
    @Key(
            preset = "info",
            doc = "The least important lines to write. Hazelcast and Netty keep to warnings.")
        Level level) {

  /** What a log line looks like. */
  public enum Format {
    TEXT,
    JSON
  }

  /** The importance of a line, least last. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  public Log {
    new Constraints(Log.class, format, level).enforce();
  }
}
