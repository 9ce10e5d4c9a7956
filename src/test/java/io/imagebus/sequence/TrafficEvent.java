package io.imagebus.sequence;

/**
 * One thing that reaches the receiver in a random run.
 *
 * @param ordinal the place in the stream, counted from 0; the sequence number is the stream's base
 *     further
 * @param skippedTotal how many of the stream's numbers below were skipped
 * @param told whether a chunk carries that total
 */
record TrafficEvent(
    Kind kind, long atNanos, int stream, long ordinal, long skippedTotal, boolean told) {

  enum Kind {
    ANNOUNCE,
    GOOD,
    DAMAGED,
    UNATTRIBUTABLE,
    HEARTBEAT,
    END,
    TICK
  }

  boolean isChunk() {
    return kind == Kind.GOOD || kind == Kind.DAMAGED;
  }

  /** The lowest ordinal that is not expected yet once this event has been seen. */
  long top() {
    return isChunk() ? ordinal + 1 : ordinal;
  }

  TrafficEvent toldSkips() {
    return new TrafficEvent(kind, atNanos, stream, ordinal, skippedTotal, true);
  }
}
