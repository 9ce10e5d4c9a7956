package io.imagebus.delivery;

import io.imagebus.frame.SkipReason;

/**
 * Neighbouring sequence numbers that a display will not get, for one reason.
 *
 * @param from first number
 * @param to last number
 * @param frames how many frames these are, as far as it is known
 * @param reason why
 */
record SkipRun(long from, long to, long frames, SkipReason reason) {

  /** How many sequence numbers these are. */
  long numbers() {
    return to - from + 1;
  }

  /** Whether the other follows at once. */
  boolean precedes(SkipRun other) {
    return to + 1 == other.from;
  }

  /** Both as one, for this one's reason. */
  SkipRun with(SkipRun next) {
    return new SkipRun(from, next.to, frames + next.frames, reason);
  }
}
