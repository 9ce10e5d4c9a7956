package io.imagebus.compression;

import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Variant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of a job.
 *
 * @param made by variant; none if the source could not be decoded
 * @param decoded what decoding cost; nothing if all was passed through
 * @param failure why nothing could be made of the source
 */
record JobResult(PictureJob job, Map<Variant, Made> made, Cost decoded, Optional<Failure> failure) {

  /**
   * Why there is no variant.
   *
   * @param reason for those who asked
   * @param why for the log
   */
  record Failure(SkipReason reason, String why) {}

  /**
   * Work done.
   *
   * @param times how often
   * @param nanos by the clock
   * @param cpuNanos of the thread, 0 where the platform cannot tell
   */
  record Cost(long times, long nanos, long cpuNanos) {

    static final Cost NONE = new Cost(0, 0, 0);

    Cost plus(Cost other) {
      return new Cost(times + other.times, nanos + other.nanos, cpuNanos + other.cpuNanos);
    }
  }

  /** One variant's picture. Immutable. */
  static final class Made {
    private final byte[] picture;
    private final ImageFormat format;
    private final long pixels;
    private final int quality;
    private final Cost encoded;
    private final OptionalDouble similarity;

    /** Takes the array over. */
    Made(
        byte[] picture,
        ImageFormat format,
        long pixels,
        int quality,
        Cost encoded,
        OptionalDouble similarity) {
      this.picture = picture;
      this.format = format;
      this.pixels = pixels;
      this.quality = quality;
      this.encoded = encoded;
      this.similarity = similarity;
    }

    /** The whole encoded picture; not to be changed. */
    byte[] picture() {
      return picture;
    }

    ImageFormat format() {
      return format;
    }

    long pixels() {
      return pixels;
    }

    /**
     * What it was encoded with, the whole quality below it, 1 to 100; 0 if it is the source as it
     * was.
     */
    int quality() {
      return quality;
    }

    /** What encoding cost; nothing if it is another variant's picture too, or the source. */
    Cost encoded() {
      return encoded;
    }

    /** To the source, if it was measured. */
    OptionalDouble similarity() {
      return similarity;
    }

    /** The same picture for another variant. */
    Made shared() {
      return new Made(picture, format, pixels, quality, Cost.NONE, OptionalDouble.empty());
    }
  }

  /** Whether the source could not be decoded. */
  boolean isDamaged() {
    return failure.filter(of -> of.reason() == SkipReason.DAMAGED).isPresent();
  }

  /** Nothing could be made, for the picture is damaged. */
  static JobResult failed(PictureJob job, Cost decoded, String why) {
    return new JobResult(job, Map.of(), decoded, Optional.of(new Failure(SkipReason.DAMAGED, why)));
  }
}
