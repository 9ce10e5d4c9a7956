package io.imagebus.image.dct;

import java.util.Arrays;

/*
 * T.81, annex K.2: Huffman's pairing of the two rarest, with a symbol more that is never used and
 * gets the longest code, so that no code consists of ones alone; then codes of more than 16 bits are
 * shortened in pairs at the cost of a shorter one.
 */
/** Finds the shortest code for symbols of known frequencies. */
final class OptimalHuffman {
  private static final int SYMBOLS = 256;
  private static final int RESERVED = SYMBOLS;

  private final long[] weights = new long[SYMBOLS + 1];
  private final int[] lengths = new int[SYMBOLS + 1];
  private final int[] nextOfTree = new int[SYMBOLS + 1];

  private OptimalHuffman(int[] frequencies) {
    for (int i = 0; i < frequencies.length; i++) {
      weights[i] = frequencies[i];
    }
    weights[RESERVED] = 1;
    Arrays.fill(nextOfTree, -1);
  }

  /** A table that holds each symbol with a frequency above 0. */
  static HuffmanSpec spec(int[] frequencies) {
    OptimalHuffman tree = new OptimalHuffman(frequencies);
    tree.pair();
    return tree.spec();
  }

  private void pair() {
    while (true) {
      int one = rarest(-1);
      int other = rarest(one);
      if (other < 0) {
        return;
      }
      weights[one] += weights[other];
      weights[other] = 0;
      int last = lengthen(one);
      nextOfTree[last] = other;
      lengthen(other);
    }
  }

  /** The symbol of least weight, the last one of equals, but for {@code except}; -1 if none. */
  private int rarest(int except) {
    int found = -1;
    for (int i = 0; i <= SYMBOLS; i++) {
      if (weights[i] > 0 && i != except && (found < 0 || weights[i] <= weights[found])) {
        found = i;
      }
    }
    return found;
  }

  /** Makes the codes of a tree one bit longer; returns its last symbol. */
  private int lengthen(int first) {
    int symbol = first;
    lengths[symbol]++;
    while (nextOfTree[symbol] >= 0) {
      symbol = nextOfTree[symbol];
      lengths[symbol]++;
    }
    return symbol;
  }

  private HuffmanSpec spec() {
    int longest = Math.max(Arrays.stream(lengths).max().orElse(1), HuffmanSpec.LONGEST_CODE_BITS);
    int[] counts = new int[longest + 1];
    for (int length : lengths) {
      counts[length]++;
    }
    for (int length = longest; length > HuffmanSpec.LONGEST_CODE_BITS; length--) {
      while (counts[length] > 0) {
        shortenPair(counts, length);
      }
    }
    // The reserved symbol has one of the longest codes.
    int last = HuffmanSpec.LONGEST_CODE_BITS;
    while (counts[last] == 0) {
      last--;
    }
    counts[last]--;
    int[] bits = Arrays.copyOfRange(counts, 1, HuffmanSpec.LONGEST_CODE_BITS + 1);
    return HuffmanSpec.of(bits, symbolsByLength(longest));
  }

  private static void shortenPair(int[] counts, int length) {
    int shorter = length - 2;
    while (counts[shorter] == 0) {
      shorter--;
    }
    counts[length] -= 2;
    counts[length - 1]++;
    counts[shorter + 1] += 2;
    counts[shorter]--;
  }

  private int[] symbolsByLength(int longest) {
    int[] symbols = new int[SYMBOLS];
    int count = 0;
    for (int length = 1; length <= longest; length++) {
      for (int symbol = 0; symbol < SYMBOLS; symbol++) {
        if (lengths[symbol] == length) {
          symbols[count++] = symbol;
        }
      }
    }
    return Arrays.copyOf(symbols, count);
  }
}
