package io.imagebus.sequence;

/**
 * The order of unsigned 64-bit sequence numbers, by signed difference.
 *
 * <p>Two numbers less than 2^63 apart compare rightly across the sign bit of a {@code long} and
 * across the wrap (RFC 3550 appendix A.1 does the same with 16 bits).
 */
final class SequenceOrder {

  private SequenceOrder() {}

  static boolean isBefore(long left, long right) {
    return left - right < 0;
  }

  static long later(long left, long right) {
    return isBefore(left, right) ? right : left;
  }

  static long earlier(long left, long right) {
    return isBefore(left, right) ? left : right;
  }
}
