package io.imagebus.image;

import java.util.Objects;
import java.util.zip.Checksum;

/**
 * A range of an array, read by position in the range. Reading outside the range is a fault of the
 * caller, even where the array goes on.
 */
final class ByteSlice {
  private final byte[] bytes;
  private final int offset;
  private final int length;

  ByteSlice(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  int length() {
    return length;
  }

  int uint8(int at) {
    return bytes[offset + Objects.checkIndex(at, length)] & 0xFF;
  }

  int uint16(int at) {
    return uint8(at) << 8 | uint8(at + 1);
  }

  long uint32(int at) {
    return (long) uint16(at) << 16 | uint16(at + 2);
  }

  int uint16LittleEndian(int at) {
    return uint8(at) | uint8(at + 1) << 8;
  }

  int uint24LittleEndian(int at) {
    return uint16LittleEndian(at) | uint8(at + 2) << 16;
  }

  long uint32LittleEndian(int at) {
    return uint24LittleEndian(at) | (long) uint8(at + 3) << 24;
  }

  /** True if the four bytes at this position are these ASCII letters. */
  boolean isTag(int at, String tag) {
    for (int i = 0; i < 4; i++) {
      if (uint8(at + i) != tag.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** True if no byte of the expected ones is there and different; missing bytes do not count. */
  boolean agreesWith(int at, int... expected) {
    for (int i = 0; i < expected.length && at + i < length; i++) {
      if (uint8(at + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** The position of the last such pair at or after {@code from}, or -1. */
  int lastPair(int first, int second, int from) {
    for (int at = length - 2; at >= from; at--) {
      if (uint8(at) == first && uint8(at + 1) == second) {
        return at;
      }
    }
    return -1;
  }

  void updateChecksum(Checksum checksum, int at, int count) {
    Objects.checkFromIndexSize(at, count, length);
    checksum.update(bytes, offset + at, count);
  }
}
