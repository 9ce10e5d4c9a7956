package io.imagebus.client;

import org.HdrHistogram.Histogram;

/** Latencies of frames, to two digits. Owned by one event loop. */
public final class Latencies {

  private static final long HIGHEST_MICROS = 600_000_000;
  private static final int DIGITS = 2;

  private final Histogram histogram = new Histogram(HIGHEST_MICROS, DIGITS);

  /** Enters one; what is outside 0 to 10 min counts as the nearer bound. */
  public void add(long micros) {
    histogram.recordValue(Math.max(0, Math.min(HIGHEST_MICROS, micros)));
  }

  /** The latency that this share of the frames did not exceed; 0 when there was none. */
  public long percentileMicros(double percent) {
    return histogram.getValueAtPercentile(percent);
  }

  /** Whether there was none. */
  public boolean isEmpty() {
    return histogram.getTotalCount() == 0;
  }

  /** Begins anew. */
  public void reset() {
    histogram.reset();
  }
}
