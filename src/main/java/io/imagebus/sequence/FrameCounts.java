package io.imagebus.sequence;

/**
 * What became of the frames on one hop. Monotone, but in a difference of two moments.
 *
 * @param good frames of which every chunk came whole and in time
 * @param failed frames of which a chunk was lost or came damaged only
 * @param skipped frames left out on purpose
 */
public record FrameCounts(long good, long failed, long skipped) {

  /** No frame yet. */
  public static final FrameCounts ZERO = new FrameCounts(0, 0, 0);

  /** The frames of two hops taken together. */
  public FrameCounts plus(FrameCounts other) {
    return new FrameCounts(good + other.good, failed + other.failed, skipped + other.skipped);
  }

  /** The frames since {@code earlier}. */
  public FrameCounts minus(FrameCounts earlier) {
    return new FrameCounts(good - earlier.good, failed - earlier.failed, skipped - earlier.skipped);
  }

  /** The share of the frames that came whole; skipped ones take no part. */
  public Reliability reliability() {
    return new Reliability(good + failed, failed);
  }
}
