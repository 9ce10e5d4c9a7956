package io.imagebus.image.dct;

import java.util.Arrays;

/**
 * A Huffman table as it stands in a file (T.81, B.2.4.2): how many codes there are of each length,
 * and their symbols in the order of the codes.
 */
final class HuffmanSpec {
  static final int LONGEST_CODE_BITS = 16;

  private final byte[] countOfLength;
  private final byte[] symbols;

  /**
   * Copies both.
   *
   * @param countOfLength 16 counts, of codes of 1 to 16 bits
   * @param symbols as many as the counts say
   */
  HuffmanSpec(byte[] countOfLength, byte[] symbols) {
    this.countOfLength = countOfLength.clone();
    this.symbols = symbols.clone();
    if (countOfLength.length != LONGEST_CODE_BITS || sum(countOfLength) != symbols.length) {
      throw new IllegalArgumentException("the counts of lengths and the symbols do not agree");
    }
  }

  static HuffmanSpec of(int[] countOfLength, int[] symbols) {
    return new HuffmanSpec(bytes(countOfLength), bytes(symbols));
  }

  int count(int lengthBits) {
    return countOfLength[lengthBits - 1] & 0xFF;
  }

  int size() {
    return symbols.length;
  }

  int symbol(int index) {
    return symbols[index] & 0xFF;
  }

  /** True if the counts leave room for a prefix code. */
  boolean isPrefixCode() {
    int code = 0;
    for (int length = 1; length <= LONGEST_CODE_BITS; length++) {
      code = (code << 1) + count(length);
      if (code > 1 << length) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HuffmanSpec spec
        && Arrays.equals(countOfLength, spec.countOfLength)
        && Arrays.equals(symbols, spec.symbols);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(countOfLength) + Arrays.hashCode(symbols);
  }

  private static int sum(byte[] counts) {
    int sum = 0;
    for (byte count : counts) {
      sum += count & 0xFF;
    }
    return sum;
  }

  private static byte[] bytes(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
