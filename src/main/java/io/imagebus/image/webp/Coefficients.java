package io.imagebus.image.webp;

import java.util.Arrays;

/*
 * RFC 6386, chapter 13. Of a macroblock there come: the second order of its luma, unless that is
 * predicted block by block; 16 blocks of luma; 4 each of two colours. How likely a block is to have
 * coefficients depends on whether those above and to the left have any: nine flags a macroblock,
 * four of luma, two each of two colours, one of the second order.
 */
/** Passes over the coefficients of macroblocks, row by row. Owned by one thread. */
final class Coefficients {
  private static final int FLAGS = 9;
  private static final int COLOURS = 4;
  private static final int SECOND_ORDER = 8;
  private static final int COEFFICIENTS = 16;

  private static final int TYPE_LUMA_REST = 0;
  private static final int TYPE_SECOND_ORDER = 1;
  private static final int TYPE_COLOUR = 2;
  private static final int TYPE_LUMA = 3;

  private static final int CONTEXT = Vp8Probabilities.TOKEN_NODES;
  private static final int BAND = Vp8Probabilities.CONTEXTS * CONTEXT;
  private static final int TYPE = Vp8Probabilities.BANDS * BAND;

  /** Where the probabilities of each coefficient are; one more, which none is read with. */
  private static final int[] BAND_OF_COEFFICIENT = {
    0, BAND, 2 * BAND, 3 * BAND, 6 * BAND, 4 * BAND, 5 * BAND, 6 * BAND, 6 * BAND, 6 * BAND,
    6 * BAND, 6 * BAND, 6 * BAND, 6 * BAND, 6 * BAND, 7 * BAND, 0
  };

  /** Probabilities of the bits of values of 11 and more, by their category. */
  private static final int[][] LARGE = {
    {173, 148, 140},
    {176, 155, 140, 135},
    {180, 157, 141, 134, 130},
    {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
  };

  private boolean[] above = {};
  private final boolean[] left = new boolean[FLAGS];
  private int[] probabilities = {};

  void begin(FrameHeader header, int columns) {
    if (above.length < columns * FLAGS) {
      above = new boolean[columns * FLAGS];
    }
    Arrays.fill(above, false);
    probabilities = header.tokenProbabilities();
  }

  void beginRow() {
    Arrays.fill(left, false);
  }

  /** Passes over those of the next macroblock of the row. */
  void read(BoolDecoder data, int column, MacroblockModes modes) {
    int flags = column * FLAGS;
    if (modes.skipped()) {
      // The second order keeps its flag where there is none.
      int kept = modes.inBlocks() ? SECOND_ORDER : FLAGS;
      Arrays.fill(above, flags, flags + kept, false);
      Arrays.fill(left, 0, kept, false);
      return;
    }
    if (modes.inBlocks()) {
      square(data, TYPE_LUMA, 0, flags, 4);
    } else {
      square(data, TYPE_SECOND_ORDER, SECOND_ORDER, flags, 1);
      square(data, TYPE_LUMA_REST, 0, flags, 4);
    }
    square(data, TYPE_COLOUR, COLOURS, flags, 2);
    square(data, TYPE_COLOUR, COLOURS + 2, flags, 2);
  }

  private void square(BoolDecoder data, int type, int firstFlag, int flags, int side) {
    for (int y = firstFlag; y < firstFlag + side; y++) {
      for (int x = flags + firstFlag; x < flags + firstFlag + side; x++) {
        int context = (above[x] ? 1 : 0) + (left[y] ? 1 : 0);
        boolean any = block(data, type, context);
        above[x] = any;
        left[y] = any;
      }
    }
  }

  /** Passes over a block; says whether it has any coefficients. */
  private boolean block(BoolDecoder data, int type, int context) {
    int[] nodes = probabilities;
    int ofType = type * TYPE;
    int k = type == TYPE_LUMA_REST ? 1 : 0;
    int at = ofType + BAND_OF_COEFFICIENT[k] + context * CONTEXT;
    if (data.bit(nodes[at]) == 0) {
      return false;
    }
    while (true) {
      while (data.bit(nodes[at + 1]) == 0) {
        if (++k == COEFFICIENTS) {
          return true;
        }
        at = ofType + BAND_OF_COEFFICIENT[k];
      }
      boolean large = data.bit(nodes[at + 2]) != 0;
      if (large) {
        skipLarge(data, nodes, at);
      }
      data.flag(); // The sign.
      if (++k == COEFFICIENTS) {
        return true;
      }
      at = ofType + BAND_OF_COEFFICIENT[k] + (large ? 2 : 1) * CONTEXT;
      if (data.bit(nodes[at]) == 0) {
        return true;
      }
    }
  }

  private static void skipLarge(BoolDecoder data, int[] nodes, int at) {
    if (data.bit(nodes[at + 3]) == 0) {
      if (data.bit(nodes[at + 4]) != 0) {
        data.bit(nodes[at + 5]);
      }
    } else if (data.bit(nodes[at + 6]) == 0) {
      if (data.bit(nodes[at + 7]) == 0) {
        data.bit(159);
      } else {
        data.bit(165);
        data.bit(145);
      }
    } else {
      int high = data.bit(nodes[at + 8]);
      int category = 2 * high + data.bit(nodes[at + 9 + high]);
      for (int probability : LARGE[category]) {
        data.bit(probability);
      }
    }
  }
}
