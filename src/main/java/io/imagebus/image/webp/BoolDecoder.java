package io.imagebus.image.webp;

/*
 * RFC 6386, chapter 7. The encoder narrows an interval with each bit and writes out its lower end;
 * the decoder holds how far the data lies above the lower end. libwebp, libvpx and the encoder of
 * the RFC all write the lower end of the last interval itself, and zeros behind it; so after the
 * last bit nothing is left above it, and of the data only zeros. One bit that was not the encoder's,
 * and what is left is as good as random.
 */
/** The arithmetic decoder of VP8 over a part of an array. Owned by one thread. */
final class BoolDecoder {
  /**
   * What encoders write behind the last bit: 32 bits, what fills them up, and a byte of padding.
   */
  private static final int MOST_UNREAD_BITS = 64;

  private static final int REGISTER_BITS = 56;
  private static final int EVEN = 128;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int range = 255;

  /** How far the data lies above the interval: {@code bits + 8} bits of it. */
  private long value;

  private int bits = -8;

  BoolDecoder(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /**
   * The next bit.
   *
   * @param probability that it is 0, in parts of 256
   */
  int bit(int probability) {
    if (bits < 0) {
      load();
    }
    int split = 1 + (((range - 1) * probability) >> 8);
    long above = value - ((long) split << bits);
    int bit;
    if (above >= 0) {
      value = above;
      range -= split;
      bit = 1;
    } else {
      range = split;
      bit = 0;
    }
    int shift = Integer.numberOfLeadingZeros(range) - 24;
    range <<= shift;
    bits -= shift;
    return bit;
  }

  private void load() {
    while (bits <= REGISTER_BITS - 16) {
      value = value << 8 | (at < end ? bytes[at] & 0xFF : 0);
      at++;
      bits += 8;
    }
  }

  /** So many bits that are 0 or 1 alike, the highest first. */
  int literal(int count) {
    int literal = 0;
    for (int i = 0; i < count; i++) {
      literal = literal << 1 | bit(EVEN);
    }
    return literal;
  }

  boolean flag() {
    return bit(EVEN) != 0;
  }

  /** Passes over a value that is there if a flag says so, with its sign. */
  void skipSigned(int count) {
    if (flag()) {
      literal(count + 1);
    }
  }

  /** Whether more bits were taken than there are. */
  boolean isOverrun() {
    return unreadBits() < 0;
  }

  private long unreadBits() {
    return (end - at) * 8L + bits + 8;
  }

  /** Whether this is where the encoder ended too. */
  boolean isAtEnd() {
    if (value != 0 || isOverrun() || unreadBits() > MOST_UNREAD_BITS) {
      return false;
    }
    for (int i = at; i < end; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
