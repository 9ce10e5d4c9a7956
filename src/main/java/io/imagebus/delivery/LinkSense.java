package io.imagebus.delivery;

import io.imagebus.flow.AckWindow;
import io.imagebus.flow.LadderPolicy;
import io.imagebus.frame.Variant;
import io.imagebus.frame.VariantLadder;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a display's acknowledgements say of its link, over all its topics, and by how many rungs its
 * pictures are made smaller because of that. A display that does not acknowledge is left alone.
 * Owned by one event loop.
 */
final class LinkSense {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Who was not asked for so long, though the display ticks, is on a node that stood still. */
  private static final long STOOD_STILL_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

  /** From one rung of a ladder to the next, the pixels are about halved. */
  private static final double COST_RATIO = 0.45;

  private final VariantLadder ladder;
  private @Nullable LadderPolicy policy;
  private boolean watching;
  private boolean acknowledges;
  private long lookedNanos;

  LinkSense(VariantLadder ladder) {
    this.ladder = ladder;
  }

  /**
   * Whether any of the display's pictures may be made smaller. As long as none may, nothing is
   * counted or kept.
   */
  void watch(boolean isAsked) {
    watching = isAsked;
    if (isAsked && policy == null) {
      policy = new LadderPolicy(costs(ladder.rungs() + 1));
    }
  }

  private static double[] costs(int rungs) {
    double[] costs = new double[rungs];
    double cost = 1;
    for (int i = 0; i < rungs; i++) {
      costs[i] = cost;
      cost *= COST_RATIO;
    }
    return costs;
  }

  void sent(long bytes, long nowNanos) {
    if (watching && policy != null) {
      policy.sent(bytes, nowNanos);
    }
  }

  void acknowledged(AckWindow window, long nowNanos) {
    if (watching && policy != null && window.doneBytes() > 0) {
      acknowledges = true;
      if (window.doneLeftBytes() > 0) {
        policy.acknowledged(window.doneLeftBytes(), window.doneLeftNanos(), nowNanos);
      }
      policy.acknowledged(window.doneBytes(), window.doneNanos(), nowNanos);
    }
  }

  void skipped(long nowNanos) {
    if (watching && policy != null) {
      policy.skipped(nowNanos);
    }
  }

  /** Whether the number of rungs has changed; to be asked often. */
  boolean hasChanged(Collection<DisplaySeat> seats, long nowNanos) {
    if (!watching || policy == null || !acknowledges || nowNanos - lookedNanos < LOOK_NANOS) {
      return false;
    }
    boolean stoodStill = nowNanos - lookedNanos > STOOD_STILL_NANOS;
    lookedNanos = nowNanos;
    if (stoodStill) {
      return false;
    }
    long inFlight = 0;
    long oldest = 0;
    for (DisplaySeat seat : seats) {
      inFlight += seat.window().inFlightBytes();
      oldest = Math.max(oldest, seat.window().oldestNanos(nowNanos));
    }
    int before = policy.steps();
    return policy.look(inFlight, oldest, nowNanos) != before;
  }

  /** What the link carries in place of a variant. */
  Variant affordable(Variant asked) {
    return policy == null ? asked : ladder.below(asked, policy.steps());
  }
}
