package io.imagebus.delivery;

import java.util.concurrent.TimeUnit;

/*
 * A camera of 25 frames a second that froze is stale at once; one that sends a picture every ten
 * seconds is not. So a stream may be without a frame for four of its own intervals, but always for
 * the configured time; and without any sign of life for the configured time only.
 */
/** Whether a stream's newest picture can be taken for the present. Owned by its room. */
final class Freshness {

  private static final int INTERVALS = 4;
  private static final int SMOOTHING = 8;

  /** What a display shows beside the picture. */
  enum State {
    LIVE("live"),
    STALE("stale"),
    OFFLINE("offline");

    private final String label;

    State(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  private final long staleAfterNanos;
  private boolean offline;
  private boolean framed;
  private long signNanos;
  private long frameNanos;
  private long intervalNanos;

  Freshness(long staleAfterMillis, long nowNanos) {
    this.staleAfterNanos = TimeUnit.MILLISECONDS.toNanos(staleAfterMillis);
    this.signNanos = nowNanos;
    this.frameNanos = nowNanos;
  }

  /**
   * A frame came.
   *
   * @param ageMicros of the picture by this node's clock; believed of the first frame only, which
   *     may have waited for somebody to ask for it
   */
  void frame(long ageMicros, long nowNanos) {
    if (framed) {
      long interval = nowNanos - frameNanos;
      intervalNanos =
          intervalNanos == 0 ? interval : intervalNanos + (interval - intervalNanos) / SMOOTHING;
      frameNanos = nowNanos;
    } else {
      frameNanos = nowNanos - TimeUnit.MICROSECONDS.toNanos(Math.max(0, ageMicros));
    }
    framed = true;
    sign(nowNanos);
  }

  /** A frame was left out because the one before shows the same: that one is still the present. */
  void unchanged(long nowNanos) {
    frameNanos = nowNanos;
    sign(nowNanos);
  }

  /** The stream gave a sign of life. */
  void sign(long nowNanos) {
    signNanos = nowNanos;
  }

  void opened(long nowNanos) {
    offline = false;
    sign(nowNanos);
  }

  void ended() {
    offline = true;
  }

  State at(long nowNanos) {
    if (offline) {
      return State.OFFLINE;
    }
    boolean silent = nowNanos - signNanos > staleAfterNanos;
    boolean frozen = nowNanos - frameNanos > Math.max(staleAfterNanos, INTERVALS * intervalNanos);
    return silent || frozen ? State.STALE : State.LIVE;
  }
}
