package io.imagebus.flow;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/*
 * A frame that came through later than the quickest ones waited behind others, so the link was busy
 * for as long as it waited, and the bytes acknowledged in that time are what the link carries. Time
 * in which the link had nothing to do says nothing and is not counted:
 *
 *   busy time of a frame = min(its delay − the quickest delay, time since the last acknowledgement)
 *
 * While nothing is acknowledged, what is under way is more than what was carried since its oldest
 * frame was begun.
 */
/**
 * What a link carries and how long it takes, by the frames sent and acknowledged. Bound: the frames
 * of the last two seconds. Owned by one event loop. Not thread-safe.
 */
final class LinkMeter {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long WINDOW_NANOS = 2 * SECOND_NANOS;

  /** The quickest acknowledgement is looked for over so long. */
  private static final long BASE_NANOS = 30 * SECOND_NANOS;

  /** Before anything is known. */
  private static final long USUAL_BASE_NANOS = SECOND_NANOS / 2;

  /** Who waited less may have waited for nobody: pictures differ in size. */
  private static final long QUEUED_NANOS = SECOND_NANOS / 10;

  /** Less busy time than this says nothing. */
  private static final long LEAST_BUSY_NANOS = SECOND_NANOS / 20;

  private record Acked(long atNanos, long bytes, long delayNanos, long busyNanos) {}

  private final ArrayDeque<Acked> acked = new ArrayDeque<>();
  private long baseNanos = Long.MAX_VALUE;
  private long baseSeenNanos;

  /** A frame was acknowledged, so long after it was begun. */
  void acknowledged(long bytes, long delayNanos, long nowNanos) {
    if (delayNanos < baseNanos || nowNanos - baseSeenNanos > BASE_NANOS) {
      baseNanos = delayNanos;
      baseSeenNanos = nowNanos;
    }
    long sinceLast =
        acked.isEmpty() ? Long.MAX_VALUE : Math.max(1, nowNanos - acked.getLast().atNanos());
    long waited = delayNanos - baseNanos;
    long busy = waited < QUEUED_NANOS ? 0 : Math.min(waited, sinceLast);
    acked.addLast(new Acked(nowNanos, bytes, delayNanos, busy));
    forget(nowNanos);
  }

  private void forget(long nowNanos) {
    while (!acked.isEmpty() && nowNanos - acked.getFirst().atNanos() > WINDOW_NANOS) {
      acked.removeFirst();
    }
  }

  /** The quickest acknowledgement of late. */
  long baseNanos() {
    return baseNanos == Long.MAX_VALUE ? USUAL_BASE_NANOS : baseNanos;
  }

  /** How long the newest acknowledgement took; 0 if its frame was begun before a moment. */
  long delayNanos(long sinceNanos) {
    Acked newest = acked.peekLast();
    boolean before = newest == null || newest.atNanos() - newest.delayNanos() - sinceNanos < 0;
    return before ? 0 : newest.delayNanos();
  }

  /**
   * The quickest acknowledgement in the last second of a frame that was begun after a moment; 0 if
   * there was none.
   */
  long quickestNanos(long sinceNanos, long nowNanos) {
    long quickest = 0;
    for (Acked each : acked) {
      boolean recent =
          nowNanos - each.atNanos() <= SECOND_NANOS
              && each.atNanos() - each.delayNanos() - sinceNanos >= 0;
      if (recent && (quickest == 0 || each.delayNanos() < quickest)) {
        quickest = each.delayNanos();
      }
    }
    return quickest;
  }

  /**
   * Bytes a second that a full link carries.
   *
   * @param sinceNanos when it was found to be full
   * @param inFlightBytes of frames begun and not acknowledged
   * @param oldestNanos how long ago the oldest of them was begun; 0 if there is none
   * @return infinite if nothing says how much it is
   */
  double carriedBytes(long sinceNanos, long inFlightBytes, long oldestNanos, long nowNanos) {
    forget(nowNanos);
    long busyBytes = 0;
    long busyNanos = 0;
    long bytesWithOldest = inFlightBytes;
    for (Acked each : acked) {
      if (each.atNanos() - sinceNanos >= 0 && each.busyNanos() > 0) {
        busyBytes += each.bytes();
        busyNanos += each.busyNanos();
      }
      if (nowNanos - each.atNanos() < oldestNanos) {
        bytesWithOldest += each.bytes();
      }
    }
    double carried = Double.POSITIVE_INFINITY;
    if (busyNanos >= LEAST_BUSY_NANOS) {
      carried = perSecond(busyBytes, busyNanos);
    }
    long waited = oldestNanos - baseNanos();
    if (waited > QUEUED_NANOS) {
      carried = Math.min(carried, perSecond(bytesWithOldest, waited));
    }
    return carried;
  }

  private static double perSecond(long bytes, long nanos) {
    return (double) bytes * SECOND_NANOS / nanos;
  }
}
