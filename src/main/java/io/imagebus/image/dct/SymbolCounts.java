package io.imagebus.image.dct;

/**
 * Counts the symbols that blocks would be written with, the first component's and those of the
 * others apart, to find the best tables. Owned by one thread.
 */
final class SymbolCounts {
  private static final int SIXTEEN_ZEROS = 0xF0;

  private final int[][] dc = new int[2][256];
  private final int[][] ac = new int[2][256];

  /**
   * Counts a block.
   *
   * @param dcDifference of its first coefficient to that of the block before
   * @param coefficients in the order of the file
   * @param there those that are not zero, k at bit k
   */
  void block(int component, int dcDifference, int[] coefficients, long there) {
    int table = component == 0 ? 0 : 1;
    dc[table][ScanWriter.sizeBits(dcDifference)]++;
    int[] counts = ac[table];
    long rest = there & ~1L;
    int done = 0;
    while (rest != 0) {
      int k = Long.numberOfTrailingZeros(rest);
      int zeros = k - done - 1;
      counts[SIXTEEN_ZEROS] += zeros >> 4;
      counts[(zeros & 15) << 4 | ScanWriter.sizeBits(coefficients[k])]++;
      done = k;
      rest &= rest - 1;
    }
    if (done < 63) {
      counts[0]++;
    }
  }

  /** The best tables for what was counted; those of the colours too if there are none. */
  HuffmanSet best() {
    return new HuffmanSet(codes(dc[0]), codes(ac[0]), codes(dc[1]), codes(ac[1]));
  }

  private static HuffmanCodes codes(int[] counts) {
    return new HuffmanCodes(OptimalHuffman.spec(counts));
  }
}
