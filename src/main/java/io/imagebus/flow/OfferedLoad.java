package io.imagebus.flow;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/*
 * What a rung would send is frames a second times bytes a frame. The rate is that of all frames,
 * also of those that had to be left out. The bytes are those that frames had when the rung was in
 * use; one that never was is guessed from the nearest that was, by the ratio of the costs.
 */
/**
 * What is to be sent to a display on each rung of a ladder. Bound: the times of the frames of a
 * second. Owned by one event loop. Not thread-safe.
 */
final class OfferedLoad {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Weight of a new frame in the mean: so that one large picture does not decide. */
  private static final double SMOOTHING = 1.0 / 8;

  private final double[] costs;
  private final double[] frameBytes;
  private final ArrayDeque<Long> frames = new ArrayDeque<>();

  /**
   * Nothing was sent yet.
   *
   * @param costs what a frame costs on each rung, in any unit; taken over
   */
  OfferedLoad(double[] costs) {
    this.costs = costs;
    this.frameBytes = new double[costs.length];
  }

  void sent(int rung, long bytes, long nowNanos) {
    double before = frameBytes[rung];
    frameBytes[rung] = before == 0 ? (double) bytes : before + (bytes - before) * SMOOTHING;
    count(nowNanos);
  }

  /** A frame was left out that should have been sent. */
  void skipped(long nowNanos) {
    count(nowNanos);
  }

  private void count(long nowNanos) {
    frames.addLast(nowNanos);
    forget(nowNanos);
  }

  private void forget(long nowNanos) {
    while (!frames.isEmpty() && nowNanos - frames.getFirst() >= SECOND_NANOS) {
      frames.removeFirst();
    }
  }

  /** Bytes of a frame on a rung; 0 while no frame is known. */
  double frameBytes(int rung) {
    for (int away = 0; away < costs.length; away++) {
      for (int known : new int[] {rung - away, rung + away}) {
        if (known >= 0 && known < costs.length && frameBytes[known] > 0) {
          return frameBytes[known] * costs[rung] / costs[known];
        }
      }
    }
    return 0;
  }

  /** Bytes a second on a rung, by the frames of the last second. */
  double bytesAt(int rung, long nowNanos) {
    forget(nowNanos);
    return frames.size() * frameBytes(rung);
  }
}
