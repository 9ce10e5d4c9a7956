package io.imagebus.image.dct;

/*
 * A symbol of JPEG's entropy coding is a Huffman code and the "extra" bits of a coefficient that it
 * announces. Looking up the next bits of the data gives, in one step, as much as those bits hold:
 *
 *   values, 11 bits:  the symbol and its coefficient      bits 31..16  the coefficient, signed
 *                                                         bits 15..8   how far it moves on in the
 *                                                                      block: zeros before it + 1
 *                                                         bits 7..0    bits used
 *   skips, 13 bits:   as many whole symbols as there are  bits 15..6   how far they move on
 *                                                         bits 5..0    bits used
 *
 * The used bits stand lowest because Java shifts a long by the low six bits of the distance: no
 * masking. The end of a block (EOB) moves on so far that the loop over a block ends without a test
 * of its own, and so do entries that decide nothing, because the symbol is longer than the look-up
 * or no symbol; which one it was shows in how far.
 */
/** A Huffman table made ready for decoding. Immutable: made once, used for many frames. */
final class HuffmanDecoder {
  /** The bits that the table of values is looked up with. */
  static final int VALUE_BITS = 11;

  /** The bits that the table of skips is looked up with. */
  static final int SKIP_BITS = 13;

  /** How far an EOB moves on, in the table of values. */
  static final int VALUE_EOB = 128;

  /** How far an EOB moves on, in the table of skips. */
  static final int SKIP_EOB = 256;

  /** Moves on beyond any end without being an EOB: what is no symbol. */
  static final int NO_SYMBOL = 64 << 8;

  private static final int SKIP_UNDECIDED = 512;
  private static final int LARGEST_DC_BITS = 11;
  private static final int LARGEST_AC_BITS = 10;

  private final HuffmanSpec spec;
  private final boolean dc;
  private final HuffmanSymbols symbols;
  private final int[] values = new int[1 << VALUE_BITS];
  private final char[] skips;

  private HuffmanDecoder(HuffmanSpec spec, boolean dc) {
    this.spec = spec;
    this.dc = dc;
    this.symbols = new HuffmanSymbols(spec);
    fill(values, VALUE_BITS);
    skips = dc ? new char[0] : makeSkips();
  }

  static HuffmanDecoder forDc(HuffmanSpec spec) {
    return new HuffmanDecoder(spec, true);
  }

  static HuffmanDecoder forAc(HuffmanSpec spec) {
    return new HuffmanDecoder(spec, false);
  }

  /** True if it decodes this table. */
  boolean decodes(HuffmanSpec other) {
    return spec.equals(other);
  }

  /** The table of values; 0 where the look-up does not hold the whole symbol. Not to be changed. */
  int[] values() {
    return values;
  }

  /** The table of skips, of an AC table. Not to be changed. */
  char[] skips() {
    return skips;
  }

  /**
   * An entry as of the table of values for a symbol of any length.
   *
   * @param next the data from here on, highest bit first, at least 27 bits of it
   * @return with {@link #NO_SYMBOL} for what is none
   */
  int decode(long next) {
    int code = symbols.find(next);
    int codeBits = code & 0xFF;
    return codeBits == 0 ? NO_SYMBOL : entry(code >> 8, codeBits, next << codeBits);
  }

  private int entry(int symbol, int codeBits, long extra) {
    int zeros = symbol >> 4;
    int valueBits = symbol & 15;
    if (dc) {
      return symbol > LARGEST_DC_BITS ? NO_SYMBOL : entry(valueBits, 1, codeBits, extra);
    }
    if (symbol == 0) {
      return VALUE_EOB << 8 | codeBits;
    }
    // No value: 16 zeros. Other runs without a value belong to progressive pictures.
    boolean sound = valueBits == 0 ? zeros == 15 : valueBits <= LARGEST_AC_BITS;
    return sound ? entry(valueBits, zeros + 1, codeBits, extra) : NO_SYMBOL;
  }

  private static int entry(int valueBits, int advance, int codeBits, long extra) {
    int value = 0;
    if (valueBits > 0) {
      value = (int) (extra >>> (64 - valueBits));
      // The lower half of the values of so many bits stands for the negative ones (T.81, F.2.2.1).
      if (value < 1 << (valueBits - 1)) {
        value -= (1 << valueBits) - 1;
      }
    }
    return value << 16 | advance << 8 | (codeBits + valueBits);
  }

  private void fill(int[] table, int bits) {
    for (int i = 0; i < table.length; i++) {
      int entry = decode((long) i << (64 - bits));
      boolean whole = entry != NO_SYMBOL && (entry & 0xFF) <= bits;
      table[i] = whole ? entry : 0;
    }
  }

  private char[] makeSkips() {
    int[] single = new int[1 << SKIP_BITS];
    fill(single, SKIP_BITS);
    char[] table = new char[single.length];
    for (int i = 0; i < table.length; i++) {
      table[i] = (char) skip(single, i);
    }
    return table;
  }

  /** As many symbols as lie wholly in the bits {@code i}, up to and with an EOB. */
  private static int skip(int[] single, int i) {
    int used = 0;
    int advance = 0;
    while (used < SKIP_BITS && advance < ZigZag.COEFFICIENTS) {
      int entry = single[i << used & (single.length - 1)] & 0xFFFF;
      int bits = entry & 0xFF;
      if (entry == 0 || used + bits > SKIP_BITS) {
        break;
      }
      used += bits;
      if (entry >> 8 == VALUE_EOB) {
        return (advance + SKIP_EOB) << 6 | used;
      }
      advance += entry >> 8;
    }
    return used == 0 ? SKIP_UNDECIDED << 6 : advance << 6 | used;
  }
}
