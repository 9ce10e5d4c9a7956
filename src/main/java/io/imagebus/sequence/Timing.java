package io.imagebus.sequence;

/**
 * How evenly and how late frames came over one hop, in the last minute or so.
 *
 * @param frames how many frames the figures rest on; with 0 all others are 0 too
 * @param jitterMicros interarrival jitter of frames (RFC 3550 appendix A.8)
 * @param ageP50Micros median time from capture until the frame was complete at the receiver
 * @param ageP95Micros 95 of 100 were not older
 * @param ageP99Micros 99 of 100 were not older
 * @param clockDoubtful whether frames came before they were captured: the two clocks disagree, and
 *     the ages mean nothing; the jitter does not need a common clock
 */
public record Timing(
    long frames,
    long jitterMicros,
    long ageP50Micros,
    long ageP95Micros,
    long ageP99Micros,
    boolean clockDoubtful) {

  /** No frame yet. */
  public static final Timing NONE = new Timing(0, 0, 0, 0, 0, false);

  /**
   * Two receivers' figures as one: the worse of each, for percentiles cannot be added up. A doubt
   * of one is a doubt of both.
   */
  public Timing worse(Timing other) {
    return new Timing(
        frames + other.frames,
        Math.max(jitterMicros, other.jitterMicros),
        Math.max(ageP50Micros, other.ageP50Micros),
        Math.max(ageP95Micros, other.ageP95Micros),
        Math.max(ageP99Micros, other.ageP99Micros),
        clockDoubtful || other.clockDoubtful);
  }
}
