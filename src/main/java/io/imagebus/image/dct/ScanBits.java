package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.damaged;

import io.imagebus.image.codec.PictureException;

/**
 * The data of one scan as bits, straight from the file: zeros after FF are left out on the way, and
 * it stops at each marker. Slower than {@link ScanReader}, which needs one scan that is the last.
 * Owned by one thread.
 */
final class ScanBits {
  private static final int RST0 = 0xD0;

  private byte[] bytes = {};
  private int at;
  private long next;
  private int nextBits;
  private int bitsBehindEnd;
  private int restarts;

  /** Begins with the data of a scan. */
  void begin(byte[] picture, int from) {
    bytes = picture;
    restarts = 0;
    beginRun(from);
  }

  private void beginRun(int from) {
    at = from;
    next = 0;
    nextBits = 0;
    bitsBehindEnd = 0;
  }

  /** The next bits, highest first, at least 32 of them; zeros behind the end. */
  long peek() {
    while (nextBits <= Integer.SIZE) {
      next |= (long) nextByte() << (56 - nextBits);
      nextBits += Byte.SIZE;
    }
    return next;
  }

  private int nextByte() {
    int value = at < bytes.length ? bytes[at] & 0xFF : 0xFF;
    if (value != 0xFF) {
      at++;
      return value;
    }
    if (at + 1 < bytes.length && bytes[at + 1] == 0) {
      at += 2;
      return value;
    }
    bitsBehindEnd += Byte.SIZE;
    return 0;
  }

  /** Takes so many bits, at most 16, as a number. */
  int take(int count) {
    if (count == 0) {
      return 0;
    }
    int value = (int) (peek() >>> (Long.SIZE - count));
    skip(count);
    return value;
  }

  /** Passes over bits that have been looked at. */
  void skip(int count) {
    next <<= count;
    nextBits -= count;
  }

  /**
   * Makes sure that no more bits were taken than there are.
   *
   * @throws PictureException if the data has ended before
   */
  void requireData() throws PictureException {
    if (nextBits < bitsBehindEnd) {
      throw damaged("its data ends before its last row");
    }
  }

  /**
   * Ends a run of MCUs.
   *
   * @return where the marker is that has ended it
   * @throws PictureException if the data ended before, or goes on
   */
  int end() throws PictureException {
    peek();
    int left = nextBits - bitsBehindEnd;
    if (left < 0 || left > 7) {
      throw damaged("the data of a scan does not end with its last block");
    }
    return at;
  }

  /**
   * Goes on behind a restart marker.
   *
   * @throws PictureException if that is not what comes next
   */
  void restart() throws PictureException {
    int marker = end();
    while (marker + 1 < bytes.length && (bytes[marker + 1] & 0xFF) == 0xFF) {
      marker++;
    }
    int expected = RST0 + (restarts++ & 7);
    if (marker + 1 >= bytes.length || (bytes[marker + 1] & 0xFF) != expected) {
      throw damaged("no restart marker FF %02X where it should be", expected);
    }
    beginRun(marker + 2);
  }
}
