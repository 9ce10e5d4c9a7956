package io.imagebus.sequence;

import org.HdrHistogram.IntCountsHistogram;

/**
 * How evenly and how late the frames of one topic came over one hop: interarrival jitter as in RFC
 * 3550 §6.4.1 and appendix A.8, and the percentiles of the ages of the last 30 to 60 seconds.
 *
 * <p>Owned by one event loop. Not thread-safe. Allocates nothing per frame. Ages are kept to two
 * digits; what is older than a minute counts as a minute.
 */
public final class FrameTiming {

  /** Frames that are younger than this came from the future: one of the clocks is wrong. */
  static final long CLOCK_TOLERANCE_MICROS = 5_000;

  private static final long OLDEST_MICROS = 60_000_000;
  private static final long HALF_WINDOW_MICROS = 30_000_000;
  private static final int DIGITS = 2;

  private IntCountsHistogram current = new IntCountsHistogram(OLDEST_MICROS, DIGITS);
  private IntCountsHistogram previous = new IntCountsHistogram(OLDEST_MICROS, DIGITS);
  private final IntCountsHistogram both = new IntCountsHistogram(OLDEST_MICROS, DIGITS);
  private long currentSinceMicros;
  private boolean currentDoubtful;
  private boolean previousDoubtful;
  private boolean begun;
  private long lastTransitMicros;

  /** Sixteen times the jitter, as in appendix A.8. */
  private long jitterTimes16;

  /**
   * Enters a frame that has become complete here.
   *
   * @param captureMicros when it was captured, microseconds since 1970 UTC by the publisher's clock
   * @param arrivalMicros when it was complete, microseconds since 1970 UTC by this machine's clock
   */
  public void frame(long captureMicros, long arrivalMicros) {
    if (!Accounting.ON) {
      return;
    }
    turn(arrivalMicros);
    long transitMicros = arrivalMicros - captureMicros;
    if (begun) {
      long difference = Math.min(OLDEST_MICROS, Math.abs(transitMicros - lastTransitMicros));
      jitterTimes16 += difference - ((jitterTimes16 + 8) >> 4);
    }
    begun = true;
    lastTransitMicros = transitMicros;
    currentDoubtful |= transitMicros < -CLOCK_TOLERANCE_MICROS;
    current.recordValue(Math.max(0, Math.min(OLDEST_MICROS, transitMicros)));
  }

  /** Another stream begins: its first frame has no predecessor. */
  public void restart() {
    begun = false;
  }

  private void turn(long nowMicros) {
    long elapsedMicros = nowMicros - currentSinceMicros;
    if (elapsedMicros >= 0 && elapsedMicros < HALF_WINDOW_MICROS) {
      return;
    }
    IntCountsHistogram oldest = previous;
    previous = current;
    previousDoubtful = currentDoubtful;
    if (elapsedMicros >= 2 * HALF_WINDOW_MICROS) {
      previous.reset();
      previousDoubtful = false;
    }
    oldest.reset();
    current = oldest;
    currentDoubtful = false;
    currentSinceMicros = nowMicros;
  }

  /** The figures at this time, microseconds since 1970 UTC. */
  public Timing timing(long nowMicros) {
    turn(nowMicros);
    both.reset();
    both.add(previous);
    both.add(current);
    if (both.getTotalCount() == 0) {
      return Timing.NONE;
    }
    return new Timing(
        both.getTotalCount(),
        jitterTimes16 >> 4,
        both.getValueAtPercentile(50),
        both.getValueAtPercentile(95),
        both.getValueAtPercentile(99),
        currentDoubtful || previousDoubtful);
  }
}
