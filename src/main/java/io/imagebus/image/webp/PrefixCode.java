package io.imagebus.image.webp;

import static io.imagebus.image.webp.Faults.damaged;

import io.imagebus.image.codec.PictureException;
import java.util.Arrays;

/*
 * RFC 9649, 3.7.2. A code that is no longer than the look-up is found at once, a longer one bit by
 * bit; a canonical code needs nothing but the count of each length for that.
 */
/** A prefix code of a lossless picture. Immutable. */
final class PrefixCode {
  private static final int LONGEST_BITS = 15;
  private static final int LOOK_UP_BITS = 8;
  private static final int LENGTH_BITS = 4;

  /** Lengths of codes, in the order in which the lengths of their own codes are given. */
  private static final int[] ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  private static final int REPEAT = 16;
  private static final int SHORT_ZEROS = 17;
  private static final int USUAL_LENGTH = 8;

  private final int[] counts = new int[LONGEST_BITS + 1];
  private final short[] symbols;

  /** Symbol and length for the next bits; 0 where the code is longer. */
  private final short[] lookUp;

  /** A code of these lengths, 0 for symbols that do not occur. */
  private PrefixCode(int[] lengths) throws PictureException {
    int used = 0;
    for (int length : lengths) {
      counts[length] += length == 0 ? 0 : 1;
      used += length == 0 ? 0 : 1;
    }
    requireFull(used);
    symbols = new short[used];
    int[] next = new int[LONGEST_BITS + 2];
    for (int length = 1; length <= LONGEST_BITS; length++) {
      next[length + 1] = next[length] + counts[length];
    }
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] != 0) {
        symbols[next[lengths[symbol]]++] = (short) symbol;
      }
    }
    lookUp = used == 1 ? new short[0] : lookUp();
  }

  /** Every bit string has to begin with a code, unless there is one symbol, which takes no bits. */
  private void requireFull(int used) throws PictureException {
    int open = 1;
    for (int length = 1; length <= LONGEST_BITS && open >= 0; length++) {
      open = 2 * open - counts[length];
    }
    if (used == 0 || (used > 1 && open != 0)) {
      throw damaged("a prefix code that does not work out");
    }
  }

  private short[] lookUp() {
    short[] table = new short[1 << LOOK_UP_BITS];
    for (int bits = 0; bits < table.length; bits++) {
      int entry = find(bits, LOOK_UP_BITS);
      table[bits] = (short) entry;
    }
    return table;
  }

  /** The code that these bits begin with, as an entry of the look-up; 0 if it is longer. */
  private int find(long bits, int most) {
    int code = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= most; length++) {
      code |= (int) (bits >>> (length - 1)) & 1;
      int count = counts[length];
      if (code - first < count) {
        return symbols[index + code - first] << LENGTH_BITS | length;
      }
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return 0;
  }

  /** Takes the next symbol. */
  int read(LosslessBits data) {
    if (symbols.length == 1) {
      return symbols[0];
    }
    long bits = data.peek();
    int entry = lookUp[(int) bits & ((1 << LOOK_UP_BITS) - 1)] & 0xFFFF;
    if (entry == 0) {
      entry = find(bits, LONGEST_BITS);
    }
    data.skip(entry & ((1 << LENGTH_BITS) - 1));
    return entry >> LENGTH_BITS;
  }

  /** Whether it has one symbol, which takes no bits. */
  boolean isConstant() {
    return symbols.length == 1;
  }

  /** The symbol that takes no bits. */
  int onlySymbol() {
    return symbols[0];
  }

  /** Reads a code of an alphabet of so many symbols. */
  static PrefixCode read(LosslessBits data, int alphabet) throws PictureException {
    int[] lengths = new int[alphabet];
    if (data.flag()) {
      readFew(data, lengths);
    } else {
      readLengths(data, lengths);
    }
    return new PrefixCode(lengths);
  }

  private static void readFew(LosslessBits data, int[] lengths) throws PictureException {
    boolean two = data.flag();
    boolean whole = data.flag();
    int one = data.take(whole ? 8 : 1);
    int other = two ? data.take(8) : one;
    if (Math.max(one, other) >= lengths.length) {
      throw damaged("a prefix code of symbols that there are not");
    }
    lengths[one] = 1;
    lengths[other] = 1;
  }

  private static void readLengths(LosslessBits data, int[] lengths) throws PictureException {
    int[] ofLengths = new int[ORDER.length];
    int given = 4 + data.take(4);
    for (int i = 0; i < given; i++) {
      ofLengths[ORDER[i]] = data.take(3);
    }
    PrefixCode code = new PrefixCode(ofLengths);
    int left = lengths.length;
    if (data.flag()) {
      left = 2 + data.take(2 + 2 * data.take(3));
      if (left > lengths.length) {
        throw damaged("a prefix code of more lengths than symbols");
      }
    }
    int before = USUAL_LENGTH;
    int symbol = 0;
    while (symbol < lengths.length && left-- > 0) {
      int length = code.read(data);
      if (length < REPEAT) {
        lengths[symbol++] = length;
        before = length == 0 ? before : length;
      } else {
        int times = times(data, length);
        if (times > lengths.length - symbol) {
          throw damaged("a prefix code of more lengths than symbols");
        }
        Arrays.fill(lengths, symbol, symbol + times, length == REPEAT ? before : 0);
        symbol += times;
      }
    }
  }

  private static int times(LosslessBits data, int length) {
    return switch (length) {
      case REPEAT -> 3 + data.take(2);
      case SHORT_ZEROS -> 3 + data.take(3);
      default -> 11 + data.take(7);
    };
  }
}
