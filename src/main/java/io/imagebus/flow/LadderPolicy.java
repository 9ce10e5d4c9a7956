package io.imagebus.flow;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/*
 * A link that carries less than what is sent shows it first in the time that acknowledgements take:
 * they come later than the quickest of late, or not at all, long before frames have to be left out.
 * That moment is also the one at which the link says what it carries: what was acknowledged in the
 * last second while it was full. So the policy goes down by as many rungs as that figure asks for,
 * and remembers it.
 *
 * Up it goes rung by rung, each after some calm. While the remembered figure leaves no room, only two
 * things make it try: that frames come through clearly quicker than they did on this rung, so that
 * the link must have got better; or a pause, which doubles with every try that went wrong.
 */
/**
 * How many rungs below what a display asked for its pictures should be, so that its link carries
 * every frame. Owned by one event loop. Not thread-safe.
 */
public final class LadderPolicy {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Between two decisions, so that one can show its effect. */
  private static final long LOOK_NANOS = SECOND_NANOS / 4;

  /** What frames may take longer than the quickest before the link counts as full. */
  private static final long SLACK_NANOS = SECOND_NANOS / 4;

  /** After a step, what was sent before it is still under way. */
  private static final long SETTLE_NANOS = SECOND_NANOS;

  private static final long CALM_NANOS = SECOND_NANOS;
  private static final long FIRST_PAUSE_NANOS = 4 * SECOND_NANOS;
  private static final long LONGEST_PAUSE_NANOS = 32 * SECOND_NANOS;

  /** The quickest acknowledgement is looked for over so long. */
  private static final long BASE_NANOS = 30 * SECOND_NANOS;

  /** Of what the link carries, what pictures may take. */
  private static final double SHARE = 0.85;

  /** A rung to which it was gone up is the right one when nothing is wrong for so long. */
  private static final long PROVEN_NANOS = 2 * SECOND_NANOS;

  /** Less than this is no sign of a better link. */
  private static final long NOTICEABLE_NANOS = SECOND_NANOS / 125;

  private record Acked(long atNanos, long bytes, long afterNanos) {}

  private final double[] costs;
  private final ArrayDeque<Acked> acked = new ArrayDeque<>();
  private final ArrayDeque<Acked> sent = new ArrayDeque<>();
  private long ackedBytes;
  private long sentBytes;
  private long baseNanos = Long.MAX_VALUE;
  private long baseSeenNanos;
  private long delayNanos;
  private long skipped;
  private int steps;
  private long decidedNanos;
  private long troubleNanos;
  private long lookedNanos;
  private double carriedBytes = Double.POSITIVE_INFINITY;
  private long usualNanos;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private boolean begun;
  private boolean trying;

  /**
   * A policy for a display that gets what it asks for.
   *
   * @param costs what a frame costs on each rung, the asked one first, each less than the one
   *     before; any unit
   */
  public LadderPolicy(double... costs) {
    if (costs.length == 0) {
      throw new IllegalArgumentException("a ladder has a rung");
    }
    this.costs = Arrays.copyOf(costs, costs.length);
  }

  /** A frame was begun. */
  public void sent(long bytes, long nowNanos) {
    begin(nowNanos);
    sent.addLast(new Acked(nowNanos, bytes, 0));
    sentBytes += bytes;
    forget(nowNanos);
  }

  private void begin(long nowNanos) {
    if (!begun) {
      begun = true;
      decidedNanos = nowNanos;
      troubleNanos = nowNanos;
      lookedNanos = nowNanos;
    }
  }

  /** A frame was acknowledged, so long after it was begun. */
  public void acknowledged(long bytes, long afterNanos, long nowNanos) {
    begin(nowNanos);
    acked.addLast(new Acked(nowNanos, bytes, afterNanos));
    ackedBytes += bytes;
    delayNanos = afterNanos;
    if (afterNanos < baseNanos || nowNanos - baseSeenNanos > BASE_NANOS) {
      baseNanos = afterNanos;
      baseSeenNanos = nowNanos;
    }
    forget(nowNanos);
  }

  /** A frame was left out because the display was not ready for it. */
  public void skipped() {
    skipped++;
  }

  /**
   * Decides; to be called several times a second.
   *
   * @param inFlightBytes of frames begun and not acknowledged
   * @param oldestNanos how long ago the oldest of them was begun; 0 if there is none
   * @return how many rungs below the asked one, 0 to the number of rungs − 1
   */
  public int look(long inFlightBytes, long oldestNanos, long nowNanos) {
    begin(nowNanos);
    if (nowNanos - lookedNanos < LOOK_NANOS) {
      return steps;
    }
    lookedNanos = nowNanos;
    forget(nowNanos);
    long base = baseNanos == Long.MAX_VALUE ? SECOND_NANOS / 2 : baseNanos;
    if (skipped > 0 || Math.max(delayNanos, oldestNanos) > base + SLACK_NANOS) {
      onFull(inFlightBytes, oldestNanos, nowNanos);
    } else {
      onCalm(nowNanos);
    }
    skipped = 0;
    return steps;
  }

  private void forget(long nowNanos) {
    while (!acked.isEmpty() && nowNanos - acked.getFirst().atNanos() > SECOND_NANOS) {
      ackedBytes -= acked.removeFirst().bytes();
    }
    while (!sent.isEmpty() && nowNanos - sent.getFirst().atNanos() > SECOND_NANOS) {
      sentBytes -= sent.removeFirst().bytes();
    }
  }

  private void onFull(long inFlightBytes, long oldestNanos, long nowNanos) {
    troubleNanos = nowNanos;
    double carried = carried(inFlightBytes, oldestNanos);
    if (nowNanos - decidedNanos < SETTLE_NANOS || steps == costs.length - 1) {
      carriedBytes = Math.min(carriedBytes, carried);
      return;
    }
    carriedBytes = carried;
    double load = Math.max((double) sentBytes, carried);
    int next = steps + 1;
    while (next < costs.length - 1 && loadAt(next, load) > SHARE * carried) {
      next++;
    }
    if (trying) {
      pauseNanos = Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos);
    }
    turn(next, nowNanos);
  }

  /** What a rung would send in a second when the present one sends so much. */
  private double loadAt(int rung, double load) {
    return load * costs[rung] / costs[steps];
  }

  /** Bytes a second: what came through, or at most what has not come through for so long. */
  private double carried(long inFlightBytes, long oldestNanos) {
    if (ackedBytes > 0 || oldestNanos == 0) {
      return (double) ackedBytes;
    }
    return inFlightBytes * (double) SECOND_NANOS / oldestNanos;
  }

  private void onCalm(long nowNanos) {
    long calmNanos = nowNanos - Math.max(decidedNanos, troubleNanos);
    if (trying && calmNanos >= PROVEN_NANOS) {
      trying = false;
      carriedBytes = Math.max(carriedBytes, (double) sentBytes);
    }
    if (steps == 0 || calmNanos < CALM_NANOS) {
      return;
    }
    if (loadAt(steps - 1, (double) sentBytes) <= SHARE * carriedBytes) {
      turn(steps - 1, nowNanos);
    } else if (isQuicker()) {
      carriedBytes = Double.POSITIVE_INFINITY;
      pauseNanos = FIRST_PAUSE_NANOS;
      turn(steps - 1, nowNanos);
    } else if (calmNanos >= pauseNanos) {
      turn(steps - 1, nowNanos);
      trying = true;
    }
  }

  /**
   * Whether frames take so much less time than they took when this rung was new that half of what
   * the link needed for them is gone, or a fifth of all.
   */
  private boolean isQuicker() {
    long quickest = Long.MAX_VALUE;
    for (Acked each : acked) {
      quickest = Math.min(quickest, each.afterNanos());
    }
    if (quickest == Long.MAX_VALUE) {
      return false;
    }
    if (usualNanos == 0) {
      usualNanos = quickest;
    }
    double frameBytes = (double) ackedBytes / acked.size();
    double halfNanos = frameBytes / carriedBytes * (double) SECOND_NANOS / 2;
    return usualNanos - quickest
        >= Math.max((double) NOTICEABLE_NANOS, Math.min(halfNanos, usualNanos / 5.0));
  }

  private void turn(int next, long nowNanos) {
    steps = next;
    decidedNanos = nowNanos;
    usualNanos = 0;
    delayNanos = 0;
    trying = false;
  }

  /** Rungs below the asked one. */
  public int steps() {
    return steps;
  }
}
