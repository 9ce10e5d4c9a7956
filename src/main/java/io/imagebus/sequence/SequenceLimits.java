package io.imagebus.sequence;

import java.util.concurrent.TimeUnit;

/**
 * How long and how far a tracker waits before it calls something lost, implausible or silent.
 *
 * @param reorderWindow a missing number is settled once this many newer numbers exist
 * @param settleNanos a missing number is settled once its gap has been open this long
 * @param history how many numbers back a copy is still recognised; a power of two
 * @param maxJump the most numbers one input may leap over without being confirmed by another
 * @param silenceNanos a stream not heard for this long is silent
 * @param retiredStreams how many replaced streams are remembered
 */
public record SequenceLimits(
    int reorderWindow,
    long settleNanos,
    int history,
    long maxJump,
    long silenceNanos,
    int retiredStreams) {

  private static final SequenceLimits DEFAULTS =
      new SequenceLimits(
          1_024,
          TimeUnit.MILLISECONDS.toNanos(500),
          8_192,
          1L << 20,
          TimeUnit.SECONDS.toNanos(3),
          8);

  public SequenceLimits {
    require(reorderWindow >= 1, "reorderWindow must be at least 1: ", reorderWindow);
    require(settleNanos >= 1, "settleNanos must be at least 1: ", settleNanos);
    require(
        history >= 1 && Integer.bitCount(history) == 1,
        "history must be a power of two: ",
        history);
    require(reorderWindow <= history, "reorderWindow must not exceed the history: ", reorderWindow);
    require(maxJump >= 1, "maxJump must be at least 1: ", maxJump);
    require(silenceNanos >= 1, "silenceNanos must be at least 1: ", silenceNanos);
    require(retiredStreams >= 1, "retiredStreams must be at least 1: ", retiredStreams);
  }

  /** The limits of a stream of four frames a second or more. */
  public static SequenceLimits defaults() {
    return DEFAULTS;
  }

  /** These limits, but with a gap kept open for two frame intervals where that is longer. */
  public SequenceLimits forFrameIntervalNanos(long frameIntervalNanos) {
    require(
        frameIntervalNanos >= 0, "frameIntervalNanos must not be negative: ", frameIntervalNanos);
    return new SequenceLimits(
        reorderWindow,
        Math.max(settleNanos, Math.multiplyExact(2, frameIntervalNanos)),
        history,
        maxJump,
        silenceNanos,
        retiredStreams);
  }

  /** These limits, but with a gap kept open for as long as it takes to repair it. */
  public SequenceLimits withSettleNanos(long longerSettleNanos) {
    return new SequenceLimits(
        reorderWindow, longerSettleNanos, history, maxJump, silenceNanos, retiredStreams);
  }

  private static void require(boolean holds, String message, long value) {
    if (!holds) {
      throw new IllegalArgumentException(message + value);
    }
  }
}
