package io.imagebus.image.webp;

/** The bits of a lossless stream, of each byte the lowest first. Owned by one thread. */
final class LosslessBits {
  private final byte[] bytes;
  private final int end;
  private int at;
  private long next;
  private int nextBits;

  LosslessBits(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** Takes so many bits, at most 24, as a number; zeros behind the end. */
  int take(int count) {
    int value = (int) peek() & ((1 << count) - 1);
    skip(count);
    return value;
  }

  boolean flag() {
    return take(1) != 0;
  }

  /** At least the next 32 bits, the first one lowest; zeros behind the end. */
  long peek() {
    while (nextBits < Integer.SIZE) {
      next |= (at < end ? bytes[at] & 0xFFL : 0) << nextBits;
      at++;
      nextBits += Byte.SIZE;
    }
    return next;
  }

  /** Passes over bits that have been looked at. */
  void skip(int count) {
    next >>>= count;
    nextBits -= count;
  }

  /** Whether more bits were taken than there are. */
  boolean isOverrun() {
    return leftBits() < 0;
  }

  /** Whether all is taken but for the zeros that fill the last byte up. */
  boolean isAtEnd() {
    return !isOverrun() && leftBits() < Byte.SIZE && next == 0;
  }

  private long leftBits() {
    return (end - at) * (long) Byte.SIZE + nextBits;
  }
}
