package io.imagebus.flow;

import java.util.concurrent.TimeUnit;

/**
 * So many bytes a second, and at most one second's worth at once. Owned by one event loop. Not
 * thread-safe.
 */
public final class ByteBudget {

  private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long bytesPerSecond;
  private double leftBytes;
  private long filledNanos;
  private boolean begun;

  /** A full budget. */
  public ByteBudget(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
    this.leftBytes = bytesPerSecond;
  }

  /** Whether the bytes may be spent now; nothing is spent yet. */
  public boolean allows(long bytes, long nowNanos) {
    if (begun) {
      leftBytes += bytesPerSecond * ((nowNanos - filledNanos) / NANOS_A_SECOND);
      leftBytes = Math.min(leftBytes, (double) bytesPerSecond);
    }
    begun = true;
    filledNanos = nowNanos;
    return bytes <= leftBytes;
  }

  /** Spends bytes that the budget allows. */
  public void spend(long bytes) {
    leftBytes -= bytes;
  }
}
