package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.damaged;

import io.imagebus.image.codec.PictureException;

/*
 * T.81, F.2.2 and G.1.2. A progressive scan tells either the first coefficients or some of the others,
 * and of them either the high bits or one more. A run of blocks without coefficients is told at once.
 * Where one more bit is told, each coefficient that is not zero already has a bit of its own between
 * the symbols; so the reader has to know which those are.
 */
/** Passes over the blocks of one scan after the other. Owned by one thread. */
final class BlockScan {
  private static final int LARGEST_DC_BITS = 11;
  private static final int LARGEST_AC_BITS = 10;
  private static final int LONGEST_RUN = 15;

  /** A first coefficient is at most eight times 128 from grey, and rounded twice. */
  private static final int BRIGHTEST = 8 * 128;

  private final ScanBits bits;
  private Span span = new Span(false, 0, 0, 0, 0);
  private int emptyBlocks;

  /**
   * What a scan tells.
   *
   * @param progressive whether runs of blocks may be empty at once
   * @param from first coefficient
   * @param to last coefficient
   * @param highBit bits that were missing before it, 0 if it is the first
   * @param lowBit bits that are missing after it
   */
  record Span(boolean progressive, int from, int to, int highBit, int lowBit) {}

  /** What a component's blocks are read with in this scan. */
  static final class Reading {
    private final ScannedComponent component;
    private final HuffmanSymbols dc;
    private final HuffmanSymbols ac;
    private final int divisor;
    private int prediction;

    /**
     * For one component.
     *
     * @param divisor of its first coefficients
     */
    Reading(ScannedComponent component, HuffmanSymbols dc, HuffmanSymbols ac, int divisor) {
      this.component = component;
      this.dc = dc;
      this.ac = ac;
      this.divisor = divisor;
    }

    ScannedComponent component() {
      return component;
    }

    /** The first block of a run of MCUs follows. */
    void begin() {
      prediction = 0;
    }
  }

  BlockScan(ScanBits bits) {
    this.bits = bits;
  }

  void begin(Span newSpan) {
    span = newSpan;
    emptyBlocks = 0;
  }

  /**
   * Ends a run of MCUs.
   *
   * @throws PictureException if more blocks were announced
   */
  void end() throws PictureException {
    if (emptyBlocks != 0) {
      throw damaged("a scan of more blocks than there are");
    }
  }

  /** Passes over the next block, which is this one of the component. */
  void block(Reading reading, int index) throws PictureException {
    if (span.from == 0) {
      if (span.highBit == 0) {
        first(reading);
      } else {
        bits.take(1);
      }
    }
    if (span.to > 0) {
      long[] there = reading.component.there();
      there[index] =
          span.highBit == 0 ? there[index] | others(reading.ac) : refined(reading.ac, there[index]);
    }
  }

  private void first(Reading reading) throws PictureException {
    int size = symbol(reading.dc);
    if (size > LARGEST_DC_BITS) {
      throw damaged("no code of its Huffman table");
    }
    reading.prediction += signed(bits.take(size), size);
    int unit = reading.divisor << span.lowBit;
    if (Math.abs(reading.prediction) * (long) unit > BRIGHTEST + 2L * unit) {
      throw damaged("a block brighter or darker than can be");
    }
  }

  private static int signed(int value, int size) {
    // The lower half of the values of so many bits stands for the negative ones (T.81, F.2.2.1).
    return size > 0 && value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
  }

  /** Passes over coefficients that are told first; returns a bit for each that is not zero. */
  private long others(HuffmanSymbols symbols) throws PictureException {
    if (emptyBlocks > 0) {
      emptyBlocks--;
      return 0;
    }
    long there = 0;
    int k = Math.max(1, span.from);
    while (k <= span.to) {
      int symbol = symbol(symbols);
      int run = symbol >> 4;
      int size = symbol & 15;
      if (size == 0 && run < LONGEST_RUN) {
        emptyBlocks = emptyBlocks(run) - 1;
        return there;
      }
      k += run;
      if (k > span.to || size > LARGEST_AC_BITS - span.lowBit) {
        throw damaged("a block of more than 64 coefficients");
      }
      bits.take(size);
      there |= size == 0 ? 0 : 1L << k;
      k++;
    }
    return there;
  }

  /** Passes over one more bit of coefficients; returns those that are not zero now. */
  private long refined(HuffmanSymbols symbols, long before) throws PictureException {
    long there = before;
    int k = span.from;
    while (emptyBlocks == 0 && k <= span.to) {
      int symbol = symbol(symbols);
      int run = symbol >> 4;
      int size = symbol & 15;
      if (size > 1) {
        throw damaged("more than a bit where one should be");
      }
      if (size == 0 && run < LONGEST_RUN) {
        emptyBlocks = emptyBlocks(run);
        break;
      }
      bits.take(size);
      k = behindZeros(before, k, run);
      if (k > span.to) {
        throw damaged("a block of more than 64 coefficients");
      }
      there |= size == 0 ? 0 : 1L << k;
      k++;
    }
    if (emptyBlocks > 0) {
      behindZeros(before, k, ZigZag.COEFFICIENTS);
      emptyBlocks--;
    }
    return there;
  }

  /** Passes over so many coefficients that are zero, and the bits of those between them. */
  private int behindZeros(long there, int from, int zeros) {
    int left = zeros;
    int k = from;
    while (k <= span.to) {
      if ((there >>> k & 1) != 0) {
        bits.take(1);
      } else if (left-- == 0) {
        break;
      }
      k++;
    }
    return k;
  }

  private int emptyBlocks(int magnitude) throws PictureException {
    if (magnitude > 0 && !span.progressive) {
      throw damaged("no code of its Huffman table");
    }
    return (1 << magnitude) + bits.take(magnitude);
  }

  private int symbol(HuffmanSymbols symbols) throws PictureException {
    int found = symbols.find(bits.peek());
    if (found == 0) {
      throw damaged("no code of its Huffman table");
    }
    bits.skip(found & 0xFF);
    return found >> 8;
  }
}
