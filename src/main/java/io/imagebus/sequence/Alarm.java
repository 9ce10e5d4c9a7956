package io.imagebus.sequence;

import io.imagebus.frame.Topic;

/**
 * Something that is wrong with a topic on a hop, for as long as it lasts.
 *
 * @param node id of the node that noticed it
 * @param peer the other side of the hop
 * @param sinceMicros when it was raised, microseconds since 1970 UTC
 * @param message one sentence for people
 */
public record Alarm(
    Kind kind, Topic topic, Hop hop, String node, String peer, long sinceMicros, String message) {

  /** What is wrong. */
  public enum Kind {
    /** Two publishers fight over one topic: pieces of replaced streams keep coming. */
    TWO_PUBLISHERS("two-publishers"),
    /** Numbers were lost or damaged in the last minute. */
    LOSSES("losses"),
    /** A stream ended without saying where: how much is missing cannot be known. */
    UNKNOWN_TAIL("unknown-tail"),
    /** Nothing is heard of a stream that has not ended. */
    SILENT("silent");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The kind as it is written in the API. */
    public String label() {
      return label;
    }
  }
}
