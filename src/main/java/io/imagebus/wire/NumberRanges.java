package io.imagebus.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The body of a {@link LinkEnvelope.Kind#REQUEST} or a {@link LinkEnvelope.Kind#REFUSAL}: for each
 * range the first and the last number, 64 bits each, in network byte order. Stateless.
 */
public final class NumberRanges {

  /** Most ranges in one message. */
  public static final int MAX = 64;

  private static final int RANGE_BYTES = 2 * Long.BYTES;

  private NumberRanges() {}

  /**
   * Writes ranges.
   *
   * @throws IllegalArgumentException if there are more than {@link #MAX}
   */
  public static byte[] encode(List<NumberRange> ranges) {
    if (ranges.size() > MAX) {
      throw new IllegalArgumentException(ranges.size() + " ranges; a message holds " + MAX);
    }
    ByteBuffer body = ByteBuffer.allocate(ranges.size() * RANGE_BYTES);
    ranges.forEach(range -> body.putLong(range.from()).putLong(range.to()));
    return body.array();
  }

  /** Reads ranges; empty if the bytes are none that {@link #encode} writes. */
  public static Optional<List<NumberRange>> decode(byte[] body) {
    if (body.length % RANGE_BYTES != 0 || body.length > MAX * RANGE_BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(body);
    List<NumberRange> ranges = new ArrayList<>(body.length / RANGE_BYTES);
    while (bytes.hasRemaining()) {
      NumberRange range = new NumberRange(bytes.getLong(), bytes.getLong());
      if (range.count() < 1) {
        return Optional.empty();
      }
      ranges.add(range);
    }
    return Optional.of(ranges);
  }
}
