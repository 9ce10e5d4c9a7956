package io.imagebus.image.dct;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/*
 * Bits gather in the low end of a long and leave it 32 at a time; only where one of those four bytes
 * is FF they go out singly, with the zero after each FF that the format asks for. A block's
 * coefficients come with a mask of those that are not zero, so that a run of zeros is one count of
 * trailing zero bits.
 */
/** Writes the data of a scan, block by block. Owned by one thread. */
final class ScanWriter {
  /** The most that a block can take: 64 symbols of 26 bits, all bytes FF. */
  private static final int MAX_BLOCK_BYTES = 64 * 26 / 8 * 2 + 16;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int SIXTEEN_ZEROS = 0xF0;

  private final JpegBytes out;
  private final int[] predictions = new int[3];
  private HuffmanSet tables = HuffmanSet.STANDARD;
  private long pending;
  private int pendingBits;

  ScanWriter(JpegBytes out) {
    this.out = out;
  }

  /** To be called when the segments of the picture are written. */
  void begin(HuffmanSet tables) {
    this.tables = tables;
    pending = 0;
    pendingBits = 0;
    Arrays.fill(predictions, 0);
  }

  /** Makes a block follow on another than the one that was written before. */
  void follow(int component, int dcBefore) {
    predictions[component] = dcBefore;
  }

  /**
   * Writes a block.
   *
   * @param coefficients divided and rounded, in the order of the file, from {@code at} on
   * @param there those that are not zero, k at bit k; others are not looked at, but for the first
   */
  void block(int component, int[] coefficients, int at, long there) {
    out.ensure(MAX_BLOCK_BYTES);
    byte[] bytes = out.array();
    int to = out.length();
    int[] codes = tables.ac(component).entries();
    long pending = this.pending;
    int pendingBits = this.pendingBits;

    int dc = coefficients[at];
    int difference = dc - predictions[component];
    predictions[component] = dc;
    int size = sizeBits(difference);
    int entry = tables.dc(component).entries()[size];
    int bits = HuffmanCodes.lengthBits(entry) + size;
    pending = pending << bits | codeAndValue(entry, difference, size);
    pendingBits += bits;

    long rest = there & ~1L;
    int done = 0;
    while (rest != 0) {
      if (pendingBits >= 32) {
        pendingBits -= 32;
        to = flush(bytes, to, (int) (pending >>> pendingBits));
      }
      int k = Long.numberOfTrailingZeros(rest);
      int zeros = k - done - 1;
      if (zeros > 15) {
        int run = codes[SIXTEEN_ZEROS];
        pending = pending << HuffmanCodes.lengthBits(run) | HuffmanCodes.code(run);
        pendingBits += HuffmanCodes.lengthBits(run);
        done += 16;
        continue;
      }
      int value = coefficients[at + k];
      size = sizeBits(value);
      entry = codes[zeros << 4 | size];
      bits = HuffmanCodes.lengthBits(entry) + size;
      pending = pending << bits | codeAndValue(entry, value, size);
      pendingBits += bits;
      done = k;
      rest &= rest - 1;
    }
    if (pendingBits >= 32) {
      pendingBits -= 32;
      to = flush(bytes, to, (int) (pending >>> pendingBits));
    }
    if (done < 63) {
      int end = codes[0];
      pending = pending << HuffmanCodes.lengthBits(end) | HuffmanCodes.code(end);
      pendingBits += HuffmanCodes.lengthBits(end);
    }
    if (pendingBits >= 32) {
      pendingBits -= 32;
      to = flush(bytes, to, (int) (pending >>> pendingBits));
    }
    this.pending = pending;
    this.pendingBits = pendingBits;
    out.length(to);
  }

  /** Writes what is pending, filled up with ones to a whole byte. */
  void end() {
    out.ensure(MAX_BLOCK_BYTES);
    int fill = -pendingBits & 7;
    pending = pending << fill | ((1 << fill) - 1);
    pendingBits += fill;
    int to = out.length();
    while (pendingBits > 0) {
      pendingBits -= 8;
      to = putByte(out.array(), to, (int) (pending >>> pendingBits));
    }
    out.length(to);
  }

  /** How many bits a value takes beside its code. */
  static int sizeBits(int value) {
    return 32 - Integer.numberOfLeadingZeros(Math.abs(value));
  }

  /** A code and the bits of its value; a negative value is one less, in as many bits. */
  private static int codeAndValue(int entry, int value, int size) {
    return HuffmanCodes.code(entry) << size | ((value + (value >> 31)) & ((1 << size) - 1));
  }

  private static int flush(byte[] bytes, int to, int four) {
    if (((~four - 0x01010101) & four & 0x80808080) == 0) {
      INTS.set(bytes, to, four);
      return to + 4;
    }
    int next = to;
    for (int shift = 24; shift >= 0; shift -= 8) {
      next = putByte(bytes, next, four >>> shift);
    }
    return next;
  }

  private static int putByte(byte[] bytes, int to, int value) {
    bytes[to] = (byte) value;
    if ((value & 0xFF) != 0xFF) {
      return to + 1;
    }
    bytes[to + 1] = 0;
    return to + 2;
  }
}
