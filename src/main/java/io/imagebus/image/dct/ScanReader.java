package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.damaged;

import io.imagebus.image.codec.PictureException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/*
 * The reader holds the next bits of the data at the top of a long. To refill it, the eight bytes at
 * the read position are or-ed in below the bits that are there, and the position moves on by the
 * bytes that fit as a whole: no loop, no branch, and the bits that did not fit are or-ed in once
 * more next time. Afterwards there are at least 56 bits, which is four look-ups of 13 or two whole
 * symbols of 26 (a code of 16 and a value of 10).
 *
 * Nothing is checked against the end while an MCU is read, since the data is padded by more bytes
 * than the longest MCU takes; after each MCU one comparison tells whether it went too far.
 */
/**
 * Reads the blocks of a scan one after the other: per MCU {@link #beginMcu}, then for each of its
 * blocks either {@link #block} or {@link #skipBlock}; {@link #end} when all are read. Owned by one
 * thread.
 */
final class ScanReader {
  static final int MAX_BLOCKS_OF_MCU = 10;

  static final int MAX_COMPONENTS = 4;

  /** As long as a table of targets or multipliers for {@link #block} has to be. */
  static final int TABLE_LENGTH = 80;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int LAST = ZigZag.COEFFICIENTS;
  private static final int VALUE_SHIFT = 64 - HuffmanDecoder.VALUE_BITS;
  private static final int SKIP_SHIFT = 64 - HuffmanDecoder.SKIP_BITS;

  /** Bits for three look-ups, which nearly always are left where a block begins with a DC. */
  private static final int SKIP_RESERVE = 3 * HuffmanDecoder.SKIP_BITS;

  /** Eight times the lowest sample, which is what the first coefficient of a black block says. */
  private static final int DARKEST = -8 * 128;

  private static final int BRIGHTEST = 8 * 127;

  private final EntropyBytes data = new EntropyBytes();
  private final int[] predictions = new int[MAX_COMPONENTS];
  private final HuffmanDecoder[] dcDecoders = new HuffmanDecoder[MAX_COMPONENTS];
  private final HuffmanDecoder[] acDecoders = new HuffmanDecoder[MAX_COMPONENTS];
  private final int[] darkest = new int[MAX_COMPONENTS];
  private final int[] brightest = new int[MAX_COMPONENTS];
  private final int[][] dcValues = new int[MAX_COMPONENTS][];
  private final int[][] acValues = new int[MAX_COMPONENTS][];
  private final char[][] acSkips = new char[MAX_COMPONENTS][];
  private int mcusPerRestart;
  private int mcusToRestart;
  private int segment;
  private int segments;
  private int endBit;

  private byte[] bytes = {};
  private long next;
  private int nextBits;
  private int position;

  /**
   * Begins with the data of a file.
   *
   * @throws PictureException if that is not ended, or not parted as it should be
   */
  void begin(byte[] picture, JpegFrame frame) throws PictureException {
    data.load(picture, frame);
    bytes = data.bytes();
    for (int c = 0; c < frame.components().size(); c++) {
      prepare(c, frame.components().get(c));
    }
    segments = frame.segments();
    mcusPerRestart = frame.mcusPerRestart() == 0 ? frame.mcus() : frame.mcusPerRestart();
    segment = 0;
    beginSegment(0);
  }

  /** Lays out what is looked up once a block, without a detour over the component. */
  private void prepare(int c, JpegComponent component) {
    dcDecoders[c] = component.dcDecoder();
    acDecoders[c] = component.acDecoder();
    dcValues[c] = component.dcDecoder().values();
    acValues[c] = component.acDecoder().values();
    acSkips[c] = component.acDecoder().skips();
    int unit = component.quantisation().divisor(0);
    // Two units more where they are coarse, since an encoder rounds, and again the next one.
    int slack = 2 * unit - 2;
    darkest[c] = (DARKEST - slack) / unit;
    brightest[c] = (BRIGHTEST + slack) / unit;
  }

  /**
   * To be called before each MCU.
   *
   * @throws PictureException if the MCU before took more data than there was
   */
  void beginMcu() throws PictureException {
    if (mcusToRestart == 0) {
      endSegment();
      int from = data.segmentEnd(segment++);
      if (segment == segments) {
        throw damaged("it ends before its last row");
      }
      beginSegment(from);
    }
    mcusToRestart--;
    if (usedBits() > endBit) {
      throw damaged("its data ends before its last row");
    }
  }

  /**
   * To be called after the last MCU.
   *
   * @throws PictureException if the data ended before, or goes on
   */
  void end() throws PictureException {
    endSegment();
  }

  private void beginSegment(int fromByte) {
    mcusToRestart = mcusPerRestart;
    endBit = data.segmentEnd(segment) * 8;
    Arrays.fill(predictions, 0);
    next = 0;
    nextBits = 0;
    position = fromByte;
  }

  private void endSegment() throws PictureException {
    int left = endBit - usedBits();
    if (left < 0 || left > 7) {
      throw damaged("its data ends %,d bits from where it should", left);
    }
  }

  private int usedBits() {
    return position * 8 - nextBits;
  }

  /**
   * Reads the DC coefficient of a block and passes over the others.
   *
   * @return the DC coefficient as stored, before multiplication
   */
  int skipBlock(int component) throws PictureException {
    // As readDc, but without a way over the fields in between: this is the loop of DC-only decodes.
    long next = this.next | (long) LONGS.get(bytes, this.position) >>> this.nextBits;
    int position = this.position + ((63 - this.nextBits) >>> 3);
    int nextBits = this.nextBits | 56;
    int entry = dcValues[component][(int) (next >>> VALUE_SHIFT)];
    if (entry == 0) {
      entry = longDc(component, next);
    }
    int dc = predict(component, entry >> 16);
    next <<= entry;
    nextBits -= entry & 0xFF;
    if (nextBits < SKIP_RESERVE) {
      next |= (long) LONGS.get(bytes, position) >>> nextBits;
      position += (63 - nextBits) >>> 3;
      nextBits |= 56;
    }
    skip(component, 1, next, nextBits, position);
    return dc;
  }

  /** Passes over some blocks. */
  void skipBlocks(int component, int blocks) throws PictureException {
    for (int i = 0; i < blocks; i++) {
      skipBlock(component);
    }
  }

  /**
   * Reads the coefficients 0 to {@code last} of a block and passes over the others. Writes each one
   * that is not zero, and only those, as {@code out[at + targets[k]] = value * multipliers[k]}; the
   * tables are longer than a block because damaged data is found only after its coefficients are
   * written.
   *
   * @param last 1 to 63
   * @return the coefficients that are not zero among those read, k at bit k; bit 0 is always set
   */
  long block(int component, int[] out, int at, int[] targets, int[] multipliers, int last)
      throws PictureException {
    out[at + targets[0]] = readDc(component) * multipliers[0];
    int[] values = acValues[component];
    long next = this.next;
    int nextBits = this.nextBits;
    int position = this.position;
    long there = 1;
    int k = 1;
    while (true) {
      if (nextBits < 32) {
        next |= (long) LONGS.get(bytes, position) >>> nextBits;
        position += (63 - nextBits) >>> 3;
        nextBits |= 56;
      }
      int entry = values[(int) (next >>> VALUE_SHIFT)];
      if (entry == 0) {
        entry = acDecoders[component].decode(next);
      }
      next <<= entry;
      nextBits -= entry & 0xFF;
      k += entry >>> 8 & 0xFF;
      int value = entry >> 16;
      if (value == 0) {
        // Nearly always the end of the block, so the processor foresees the way out from here.
        if (k > last) {
          break;
        }
        continue;
      }
      out[at + targets[k - 1]] = value * multipliers[k - 1];
      there |= 1L << (k - 1);
      if (k > last) {
        break;
      }
    }
    if (k < LAST) {
      if (nextBits < SKIP_RESERVE) {
        next |= (long) LONGS.get(bytes, position) >>> nextBits;
        position += (63 - nextBits) >>> 3;
        nextBits |= 56;
      }
      skip(component, k, next, nextBits, position);
      return there;
    }
    this.next = next;
    this.nextBits = nextBits;
    this.position = position;
    if (k != LAST && k <= HuffmanDecoder.VALUE_EOB) {
      throw damaged("a block of more than 64 coefficients");
    }
    return there;
  }

  private int readDc(int component) throws PictureException {
    refill();
    int entry = dcValues[component][(int) (next >>> VALUE_SHIFT)];
    if (entry == 0) {
      entry = longDc(component, next);
    }
    next <<= entry;
    nextBits -= entry & 0xFF;
    return predict(component, entry >> 16);
  }

  private int longDc(int component, long next) throws PictureException {
    int entry = dcDecoders[component].decode(next);
    if (entry == HuffmanDecoder.NO_SYMBOL) {
      throw damaged("no code of its Huffman table");
    }
    return entry;
  }

  private int predict(int component, int difference) throws PictureException {
    int dc = predictions[component] + difference;
    predictions[component] = dc;
    if (dc < darkest[component] || dc > brightest[component]) {
      throw damaged("a block brighter or darker than can be");
    }
    return dc;
  }

  private void refill() {
    next |= (long) LONGS.get(bytes, position) >>> nextBits;
    position += (63 - nextBits) >>> 3;
    nextBits |= 56;
  }

  /**
   * Passes over the coefficients from {@code from} on, several with each look-up.
   *
   * @param fromNextBits at least {@link #SKIP_RESERVE}
   */
  private void skip(int component, int from, long fromNext, int fromNextBits, int fromPosition)
      throws PictureException {
    char[] skips = acSkips[component];
    byte[] bytes = this.bytes;
    long next = fromNext;
    int nextBits = fromNextBits;
    int position = fromPosition;
    int k = from;
    int entry;
    while (true) {
      entry = skips[(int) (next >>> SKIP_SHIFT)];
      next <<= entry;
      nextBits -= entry & 63;
      k += entry >>> 6;
      if (k < LAST) {
        entry = skips[(int) (next >>> SKIP_SHIFT)];
        next <<= entry;
        nextBits -= entry & 63;
        k += entry >>> 6;
      }
      if (k < LAST) {
        entry = skips[(int) (next >>> SKIP_SHIFT)];
        next <<= entry;
        nextBits -= entry & 63;
        k += entry >>> 6;
      }
      if (k >= LAST) {
        break;
      }
      next |= (long) LONGS.get(bytes, position) >>> nextBits;
      position += (63 - nextBits) >>> 3;
      nextBits |= 56;
    }
    this.next = next;
    this.nextBits = nextBits;
    this.position = position;
    boolean ended = k > HuffmanDecoder.SKIP_EOB && k < HuffmanDecoder.SKIP_EOB + LAST;
    if (k != LAST && !ended) {
      // The last look-up decided nothing, or took symbols of the next block along: take it back.
      seek(usedBits() - (entry & 63));
      skipOne(component, k - (entry >>> 6));
    }
  }

  /** Passes over the symbol of the coefficient {@code from}, however long, and those after it. */
  private void skipOne(int component, int from) throws PictureException {
    int entry = acDecoders[component].decode(next);
    next <<= entry;
    nextBits -= entry & 0xFF;
    int k = from + (entry >>> 8 & 0xFF);
    if (k < LAST) {
      refill();
      skip(component, k, next, nextBits, position);
    } else if (k != LAST && k <= HuffmanDecoder.VALUE_EOB) {
      throw damaged("a block of more than 64 coefficients");
    }
  }

  private void seek(int bit) {
    position = bit >>> 3;
    next = (long) LONGS.get(bytes, position) << (bit & 7);
    nextBits = 56 - (bit & 7);
    position += 7;
  }
}
