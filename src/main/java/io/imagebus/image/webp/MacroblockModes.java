package io.imagebus.image.webp;

import java.util.Arrays;

/*
 * RFC 6386, 8.1, 9.3, 11.2 to 11.5. Trees are as in the RFC: a value above 0 is the index of the next
 * pair of branches, others are leaves, negated. The probability of a node is at half its index.
 */
/** Reads how macroblocks are predicted, row by row. Owned by one thread. */
final class MacroblockModes {
  private static final int BLOCKS = 4;

  private static final int DC = 0;
  private static final int TRUE_MOTION = 1;
  private static final int VERTICAL = 2;
  private static final int HORIZONTAL = 3;

  /** Modes of blocks: DC, true motion, vertical, horizontal, then six directions in between. */
  private static final int[] BLOCK_TREE = {
    -DC, 2, -TRUE_MOTION, 4, -VERTICAL, 6, 8, 12, -HORIZONTAL, 10, -5, -6, -4, 14, -7, 16, -8, -9
  };

  private int[] above = {};
  private final int[] left = new int[BLOCKS];
  private int[] segmentProbabilities = {};
  private int noSkipProbability;
  private boolean inBlocks;
  private boolean skipped;

  void begin(FrameHeader header, int columns) {
    if (above.length < columns * BLOCKS) {
      above = new int[columns * BLOCKS];
    }
    Arrays.fill(above, DC);
    segmentProbabilities = header.segmentProbabilities();
    noSkipProbability = header.noSkipProbability();
  }

  void beginRow() {
    Arrays.fill(left, DC);
  }

  /** Reads the next macroblock of the row. */
  void read(BoolDecoder data, int column) {
    if (segmentProbabilities.length > 0) {
      int half = data.bit(segmentProbabilities[0]);
      data.bit(segmentProbabilities[1 + half]);
    }
    skipped = noSkipProbability >= 0 && data.bit(noSkipProbability) != 0;
    inBlocks = data.bit(145) == 0;
    if (inBlocks) {
      readBlocks(data, column * BLOCKS);
    } else {
      int mode = wholeMode(data);
      Arrays.fill(above, column * BLOCKS, (column + 1) * BLOCKS, mode);
      Arrays.fill(left, mode);
    }
    readColours(data);
  }

  private void readBlocks(BoolDecoder data, int firstColumn) {
    for (int y = 0; y < BLOCKS; y++) {
      int mode = left[y];
      for (int x = firstColumn; x < firstColumn + BLOCKS; x++) {
        int node = 0;
        do {
          int probability = Vp8Probabilities.ofMode(above[x], mode, node >> 1);
          node = BLOCK_TREE[node + data.bit(probability)];
        } while (node > 0);
        mode = -node;
        above[x] = mode;
      }
      left[y] = mode;
    }
  }

  private static int wholeMode(BoolDecoder data) {
    if (data.bit(156) != 0) {
      return data.bit(128) != 0 ? TRUE_MOTION : HORIZONTAL;
    }
    return data.bit(163) != 0 ? VERTICAL : DC;
  }

  /** DC, vertical, horizontal or true motion; nothing that follows depends on it. */
  private static void readColours(BoolDecoder data) {
    if (data.bit(142) != 0 && data.bit(114) != 0) {
      data.bit(183);
    }
  }

  /** Whether the macroblock's luma is predicted block by block, and has no second order. */
  boolean inBlocks() {
    return inBlocks;
  }

  /** Whether the macroblock has no coefficients. */
  boolean skipped() {
    return skipped;
  }
}
