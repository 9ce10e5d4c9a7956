package io.imagebus.flow;

/*
 * Frames may come half an interval early: a source of 10 a second with jitter still passes whole
 * through a rate of 10. What came early is owed by the next, so that the mean never exceeds the
 * rate.
 */
/** How many frames a second one subscriber wants. Owned by one event loop. Not thread-safe. */
public final class FrameRate {

  private static final double NANOS_A_SECOND = 1e9;

  private final long intervalNanos;
  private long dueNanos;
  private boolean begun;

  private FrameRate(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  /** Every frame. */
  public static FrameRate unlimited() {
    return new FrameRate(0);
  }

  /** At most this many. */
  public static FrameRate of(double framesPerSecond) {
    if (!(framesPerSecond >= 0.01 && framesPerSecond <= 1000)) {
      throw new IllegalArgumentException(
          "fps is " + framesPerSecond + "; it is a number from 0.01 to 1000");
    }
    return new FrameRate((long) (NANOS_A_SECOND / framesPerSecond));
  }

  /** Whether a frame may be sent now. */
  public boolean isDue(long nowNanos) {
    return !begun || nowNanos - dueNanos >= -intervalNanos / 2;
  }

  /** A frame was sent. */
  public void sent(long nowNanos) {
    long earliest = nowNanos - intervalNanos / 2;
    long base = begun && dueNanos - earliest > 0 ? dueNanos : earliest;
    dueNanos = begun ? base + intervalNanos : nowNanos + intervalNanos;
    begun = true;
  }
}
