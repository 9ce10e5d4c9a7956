package io.imagebus.sequence;

import io.imagebus.frame.StreamId;

/**
 * One gap in the numbers of a stream, as it ended.
 *
 * @param from first number that was missing or damaged
 * @param to last number of the gap
 * @param healed how many of its numbers came after all, in time; all of them if it is {@link
 *     Outcome#HEALED}
 * @param openedAtMicros when it was noticed, microseconds since 1970 UTC
 * @param settledAtMicros when the last of its numbers came or was given up, microseconds since 1970
 *     UTC
 * @param outcome the worst that became of one of its numbers
 * @param cause what broke it, as far as this receiver knows, in words
 */
public record GapRecord(
    StreamId stream,
    long from,
    long to,
    long healed,
    long openedAtMicros,
    long settledAtMicros,
    Outcome outcome,
    String cause) {

  /** What became of a gap; from the best to the worst. */
  public enum Outcome {
    /** All of it came in time. */
    HEALED("healed"),
    /** It was left out on purpose. */
    SKIPPED("skipped"),
    /** It passed while the receiver had no connection: no hop lost it. */
    MISSED("missed"),
    /** Some of it came damaged only. */
    CORRUPT("corrupt"),
    /** Some of it never came. */
    LOST("lost"),
    /** Some of it never came, though it was asked for again. */
    UNREPAIRABLE("unrepairable");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    /** The outcome as it is written in the API. */
    public String label() {
      return label;
    }
  }

  /** Whether a part of it came in time and a part did not. */
  public boolean isPartlyHealed() {
    return healed > 0 && outcome != Outcome.HEALED;
  }
}
