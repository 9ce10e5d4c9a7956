package io.imagebus.flow;

import org.jspecify.annotations.Nullable;

/**
 * One waiting frame; a newer one takes its place. Policy: conflate; bound: one frame. Owned by one
 * event loop. Not thread-safe.
 *
 * @param <F> the frame
 */
public final class LatestFrameSlot<F> {

  private @Nullable F waiting;

  /** Puts a frame in and gives back the one that it displaces, if there was one. */
  public @Nullable F offer(F frame) {
    F displaced = waiting;
    waiting = frame;
    return displaced;
  }

  /** The waiting frame, which goes on waiting. */
  public @Nullable F peek() {
    return waiting;
  }

  /** Takes the waiting frame out. */
  public @Nullable F take() {
    F frame = waiting;
    waiting = null;
    return frame;
  }
}
