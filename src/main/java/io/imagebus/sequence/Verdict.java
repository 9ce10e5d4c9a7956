package io.imagebus.sequence;

/** What the tracker found a chunk to be. */
public enum Verdict {
  /** The newest number of its stream so far. */
  FRESH,
  /** A number that was missing or damaged, here in time. */
  REPAIRED,
  /** Another copy of a number that is here already. */
  DUPLICATE,
  /** The first copy of a number after it was given up. */
  LATE,
  /** Of a stream that another one has replaced, or after the subscription was closed. */
  STALE,
  /** Below the number at which this receiver joined. */
  PRE_BASE,
  /** Older than the history; nobody remembers whether it came. */
  TOO_OLD,
  /**
   * A jump too wide to be believed before a second input confirms it; then it counts as received.
   */
  PARKED
}
