package io.imagebus.image.dct;

/** A Huffman table made ready for encoding: code << 5 | length for each symbol, 0 for none. */
final class HuffmanCodes {
  private static final int LENGTH_BITS = 5;

  private final HuffmanSpec spec;
  private final int[] entries = new int[256];

  HuffmanCodes(HuffmanSpec spec) {
    this.spec = spec;
    int code = 0;
    int index = 0;
    for (int length = 1; length <= HuffmanSpec.LONGEST_CODE_BITS; length++) {
      for (int i = spec.count(length); i > 0; i--) {
        entries[spec.symbol(index++)] = code++ << LENGTH_BITS | length;
      }
      code <<= 1;
    }
  }

  HuffmanSpec spec() {
    return spec;
  }

  /** All entries by symbol. Not to be changed. */
  int[] entries() {
    return entries;
  }

  static int code(int entry) {
    return entry >>> LENGTH_BITS;
  }

  static int lengthBits(int entry) {
    return entry & ((1 << LENGTH_BITS) - 1);
  }
}
