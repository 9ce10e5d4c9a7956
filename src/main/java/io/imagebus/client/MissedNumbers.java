package io.imagebus.client;

import io.imagebus.frame.StreamId;
import java.util.Optional;

/**
 * What a receiver missed of streams that went on while it had no connection. No hop lost it: nobody
 * was there to get it.
 *
 * @param numbers how many chunk numbers
 * @param newest the last of the gaps
 */
public record MissedNumbers(long numbers, Optional<Gap> newest) {

  /** Nothing was missed. */
  static final MissedNumbers NONE = new MissedNumbers(0, Optional.empty());

  /**
   * One absence.
   *
   * @param from the first number missed
   * @param to the last one
   * @param awayMicros how long there was no connection
   */
  public record Gap(StreamId stream, long from, long to, long awayMicros) {}

  /** A stream goes on with {@code first}; the receiver had heard of all below {@code next}. */
  MissedNumbers resumed(StreamId stream, long next, long first, long awayMicros) {
    long missed = first - next;
    return missed <= 0
        ? this
        : new MissedNumbers(
            numbers + missed, Optional.of(new Gap(stream, next, first - 1, awayMicros)));
  }
}
