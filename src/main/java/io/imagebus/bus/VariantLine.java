package io.imagebus.bus;

import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import java.util.Map;

/**
 * What a node made of one variant of one topic; counters are monotone.
 *
 * @param isMade whether somebody asks for it now
 * @param frames pictures passed on; with those left out they are the source's frames
 * @param passedThrough of them those that are the source's, byte for byte
 * @param leftOut frames of the source of which no picture was made, by reason
 * @param bytes of the pictures passed on
 * @param sourceBytes of the pictures that those were made of
 * @param rawBytes of the pictures passed on, before they were encoded: three a pixel
 * @param encodes how often an encoder ran
 * @param encodeNanos time that it took
 * @param encodeCpuNanos of the worker's thread
 * @param quality of the newest picture, 1 to 100; 0 if that was passed through
 * @param pixels of the newest picture
 * @param similarity of the newest picture that was measured to its source, at most 1; 0 before
 */
public record VariantLine(
    Topic topic,
    Variant variant,
    boolean isMade,
    long frames,
    long passedThrough,
    Map<SkipReason, Long> leftOut,
    long bytes,
    long sourceBytes,
    long rawBytes,
    long encodes,
    long encodeNanos,
    long encodeCpuNanos,
    int quality,
    long pixels,
    double similarity) {

  /** Copies the map. */
  public VariantLine {
    leftOut = Map.copyOf(leftOut);
  }
}
