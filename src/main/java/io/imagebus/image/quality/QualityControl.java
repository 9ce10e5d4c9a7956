package io.imagebus.image.quality;

import java.util.Optional;

/**
 * Chooses the fineness of the frames of one variant, each from what the encodes before it came to.
 * Owned by one thread at a time; a frame is begun by {@link #next} and ends when {@link #again}
 * says nothing more.
 */
public interface QualityControl {

  /**
   * Begins a frame.
   *
   * @param nowNanos a clock that does not go back; the time between frames is taken from it
   * @return what to encode with
   */
  Fineness next(long nowNanos);

  /**
   * Judges the encode that was just made.
   *
   * @param bytes its size
   * @return what to encode the same frame with once more, or nothing: the encode is good, or as
   *     good as it gets
   */
  Optional<Fineness> again(int bytes);

  /** Whether the frame's similarity to its source is to be measured and told: it costs a decode. */
  default boolean wantsSimilarity() {
    return false;
  }

  /** Tells how like its source the encode is that {@link #again} has let pass: at most 1. */
  default void similarity(double ssim) {}
}
