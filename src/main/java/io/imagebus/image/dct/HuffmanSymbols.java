package io.imagebus.image.dct;

/**
 * A Huffman table made ready for finding the symbol that the data goes on with, whatever it means.
 * Immutable.
 */
final class HuffmanSymbols {
  private static final int LOOK_UP_BITS = 11;

  private final HuffmanSpec spec;
  private final int[] firstCode = new int[HuffmanSpec.LONGEST_CODE_BITS + 2];
  private final int[] firstIndex = new int[HuffmanSpec.LONGEST_CODE_BITS + 2];

  /** What is found for the next bits; 0 if the code is longer. */
  private final char[] lookUp = new char[1 << LOOK_UP_BITS];

  HuffmanSymbols(HuffmanSpec spec) {
    this.spec = spec;
    int code = 0;
    int index = 0;
    for (int length = 1; length <= HuffmanSpec.LONGEST_CODE_BITS; length++) {
      code <<= 1;
      firstCode[length] = code;
      firstIndex[length] = index;
      code += spec.count(length);
      index += spec.count(length);
    }
    for (int i = 0; i < lookUp.length; i++) {
      int found = find((long) i << (64 - LOOK_UP_BITS), 1);
      lookUp[i] = (char) ((found & 0xFF) <= LOOK_UP_BITS ? found : 0);
    }
  }

  /**
   * The symbol whose code comes next.
   *
   * @param next the data from here on, highest bit first, at least 16 bits of it
   * @return the symbol in bits 15..8, the length of its code in bits 7..0; 0 if there is none
   */
  int find(long next) {
    int found = lookUp[(int) (next >>> (64 - LOOK_UP_BITS))];
    return found != 0 ? found : find(next, LOOK_UP_BITS + 1);
  }

  private int find(long next, int leastBits) {
    for (int length = leastBits; length <= HuffmanSpec.LONGEST_CODE_BITS; length++) {
      int offset = (int) (next >>> (64 - length)) - firstCode[length];
      if (offset < spec.count(length)) {
        return offset < 0 ? 0 : spec.symbol(firstIndex[length] + offset) << 8 | length;
      }
    }
    return 0;
  }
}
