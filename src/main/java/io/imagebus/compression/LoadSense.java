package io.imagebus.compression;

import io.imagebus.bus.VariantFeed.Pool;

/** How busy the worker threads were in the last second. Owned by one event loop. */
final class LoadSense {

  /** With less of its time in use than this a pool has room for more. */
  private static final double ROOM = 0.5;

  /** With more than this it is the pool, not one slow picture, that is the reason. */
  private static final double FULL = 0.85;

  private long busyNanos;
  private long leftOut;
  private long atNanos;
  private boolean leavesOut;
  private boolean hasRoom;

  /**
   * Takes the newest figures; to be called each second.
   *
   * @param leftOutSoFar pictures that were left out for want of time
   */
  void look(Pool pool, long leftOutSoFar, long nowNanos) {
    long nanos = Math.max(1, nowNanos - atNanos);
    double share = (double) (pool.busyNanos() - busyNanos) / nanos / pool.threads();
    // A job counts when it is done: one that lasts for seconds shows as threads that are busy.
    boolean allBusy = pool.busy() == pool.threads() && pool.waiting() > 0;
    leavesOut = leftOutSoFar > leftOut && (share > FULL || allBusy);
    hasRoom = share < ROOM && !allBusy;
    busyNanos = pool.busyNanos();
    leftOut = leftOutSoFar;
    atNanos = nowNanos;
  }

  /** Whether pictures were left out because all threads were busy. */
  boolean leavesOut() {
    return leavesOut;
  }

  boolean hasRoom() {
    return hasRoom;
  }
}
