package io.imagebus.wire;

/**
 * Neighbouring sequence numbers of one stream.
 *
 * @param from the first
 * @param to the last, included
 */
public record NumberRange(long from, long to) {

  /** How many numbers these are; 0 or less if the range runs backwards. */
  public long count() {
    return to - from + 1;
  }
}
