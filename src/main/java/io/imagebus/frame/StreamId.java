package io.imagebus.frame;

import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * One publisher's unbroken run of frames on one topic: a random 64-bit number, its epoch. Compared
 * for equality only; written as 16 hexadecimal digits, because JavaScript's numbers hold 53 bits.
 *
 * @param value any 64 bits
 */
public record StreamId(long value) {

  /** A new random id. */
  public static StreamId random(SplittableRandom random) {
    return new StreamId(random.nextLong());
  }

  /**
   * Reads 16 hexadecimal digits.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static StreamId parse(String hex) {
    if (hex.length() != 16) {
      throw new IllegalArgumentException("stream id '" + hex + "' is not 16 hexadecimal digits");
    }
    try {
      return new StreamId(HexFormat.fromHexDigitsToLong(hex));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("stream id '" + hex + "' is not 16 hexadecimal digits", e);
    }
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
