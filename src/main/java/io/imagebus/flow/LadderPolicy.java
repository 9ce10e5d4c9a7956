package io.imagebus.flow;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/*
 * A link that carries less than what is sent shows it first in the time that acknowledgements take:
 * they come later than the quickest of late, or not at all, long before frames have to be left out.
 * While it is full, the link also says what it carries. So the policy goes down by as many rungs as
 * that figure asks for, and remembers it.
 *
 * Up it goes rung by rung, each after some calm. While the remembered figure leaves no room, only two
 * things make it try: that frames come through quicker than they did when the rung was new, by half
 * of what the link then needed for their bytes, so that it must have got better; or a pause, which
 * doubles each time that the rung above did not hold. A try that goes well is followed by the next;
 * one that goes wrong leads back to where it came from, and the queue that it made is given time.
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

  /** The same after a try that went wrong: the rung is known to be right, its queue must drain. */
  private static final long DRAIN_NANOS = 4 * SECOND_NANOS;

  private static final long CALM_NANOS = SECOND_NANOS;
  private static final long FIRST_PAUSE_NANOS = 4 * SECOND_NANOS;
  private static final long LONGEST_PAUSE_NANOS = 32 * SECOND_NANOS;

  /** Of what the link carries, what pictures may take. */
  private static final double SHARE = 0.85;

  /** A try has gone well when nothing is wrong for so long. */
  private static final long PROVEN_NANOS = 2 * SECOND_NANOS;

  /** A rung to which it was gone up, and that does not hold for so long, was not the right one. */
  private static final long BLAME_NANOS = 20 * SECOND_NANOS;

  /** Less than this is no sign of a better link. */
  private static final long NOTICEABLE_NANOS = SECOND_NANOS / 125;

  private final LinkMeter meter = new LinkMeter();
  private final OfferedLoad load;
  private final int lowest;
  private int steps;
  private long decidedNanos;
  private long troubleNanos;
  private long fullSinceNanos;
  private long lookedNanos;
  private long settleNanos = SETTLE_NANOS;
  private boolean full;
  private boolean skipped;
  private double carriedBytes = Double.POSITIVE_INFINITY;
  private final long[] usualNanos;
  private final long[] pauseNanos;
  private boolean begun;
  private boolean trying;
  private boolean climbed;

  /**
   * A policy for a display that gets what it asks for.
   *
   * @param costs what a frame costs on each rung, the asked one first, each less than the one
   *     before; any unit, a first guess
   */
  public LadderPolicy(double... costs) {
    if (costs.length == 0) {
      throw new IllegalArgumentException("a ladder has a rung");
    }
    load = new OfferedLoad(Arrays.copyOf(costs, costs.length));
    lowest = costs.length - 1;
    usualNanos = new long[costs.length];
    pauseNanos = new long[costs.length];
    forgetFailures();
  }

  private void forgetFailures() {
    Arrays.fill(pauseNanos, FIRST_PAUSE_NANOS);
    Arrays.fill(usualNanos, 0);
  }

  /** A frame was begun. */
  public void sent(long bytes, long nowNanos) {
    begin(nowNanos);
    load.sent(steps, bytes, nowNanos);
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
    meter.acknowledged(bytes, afterNanos, nowNanos);
  }

  /** A frame was left out because the display was not ready for it. */
  public void skipped(long nowNanos) {
    skipped = true;
    load.skipped(nowNanos);
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
    long delayNanos = Math.max(meter.delayNanos(decidedNanos), oldestNanos);
    if (skipped || delayNanos > meter.baseNanos() + SLACK_NANOS) {
      onFull(inFlightBytes, oldestNanos, nowNanos);
    } else {
      full = false;
      onCalm(nowNanos);
    }
    skipped = false;
    return steps;
  }

  private void onFull(long inFlightBytes, long oldestNanos, long nowNanos) {
    troubleNanos = nowNanos;
    if (!full) {
      full = true;
      fullSinceNanos = nowNanos - LOOK_NANOS;
    }
    if (nowNanos - decidedNanos < settleNanos || steps == lowest) {
      return;
    }
    double carried = meter.carriedBytes(fullSinceNanos, inFlightBytes, oldestNanos, nowNanos);
    if (carried < Double.POSITIVE_INFINITY) {
      carriedBytes = carried;
    }
    if (climbed && nowNanos - decidedNanos < BLAME_NANOS) {
      pauseNanos[steps] = Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos[steps]);
    }
    int next = steps + 1;
    if (!trying) {
      Arrays.fill(usualNanos, 0);
      while (next < lowest && load.bytesAt(next, nowNanos) > SHARE * carried) {
        next++;
      }
    }
    long settle = trying ? DRAIN_NANOS : SETTLE_NANOS;
    turn(next, nowNanos);
    settleNanos = settle;
  }

  private void onCalm(long nowNanos) {
    long calmNanos = nowNanos - Math.max(decidedNanos, troubleNanos);
    if (calmNanos >= Math.max(BLAME_NANOS, pauseNanos[steps])) {
      pauseNanos[steps] = FIRST_PAUSE_NANOS;
    }
    if (trying && calmNanos >= PROVEN_NANOS) {
      trying = false;
      carriedBytes = Double.POSITIVE_INFINITY;
    }
    if (steps == 0 || calmNanos < CALM_NANOS) {
      return;
    }
    boolean fits =
        load.bytesAt(steps - 1, nowNanos) <= SHARE * carriedBytes
            && pauseNanos[steps - 1] == FIRST_PAUSE_NANOS;
    boolean quicker = !fits && isQuicker(nowNanos);
    if (quicker) {
      carriedBytes = Double.POSITIVE_INFINITY;
      forgetFailures();
    }
    if (fits || quicker || calmNanos >= pauseNanos[steps - 1]) {
      boolean knownToFit = fits && carriedBytes < Double.POSITIVE_INFINITY;
      turn(steps - 1, nowNanos);
      trying = !knownToFit;
    }
  }

  /** Whether frames take noticeably less time than they took when this rung was new. */
  private boolean isQuicker(long nowNanos) {
    long quickest = meter.quickestNanos(decidedNanos + SECOND_NANOS / 4, nowNanos);
    if (quickest == 0) {
      return false;
    }
    double needed = load.frameBytes(steps) / carriedBytes * (double) SECOND_NANOS;
    if (usualNanos[steps] == 0) {
      // What is left of a queue is no part of what is usual.
      usualNanos[steps] = Math.min(quickest, meter.baseNanos() + (long) needed);
    }
    return usualNanos[steps] - quickest >= Math.max((double) NOTICEABLE_NANOS, needed / 2);
  }

  private void turn(int next, long nowNanos) {
    climbed = next < steps;
    settleNanos = SETTLE_NANOS;
    steps = next;
    decidedNanos = nowNanos;
    trying = false;
    full = false;
  }

  /** Rungs below the asked one. */
  public int steps() {
    return steps;
  }
}
