package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.damaged;

import io.imagebus.image.codec.PictureException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The data of a scan as plain bits: without the zero that follows each FF in the file, without
 * restart markers, whose places are kept. A pass of its own, eight bytes at a time, so that the
 * decoder, which is the dearer one, never tests for FF. Reused from frame to frame; as large as the
 * largest file so far. Owned by one thread.
 */
final class EntropyBytes {
  /** More than an MCU can take, so that a reader has to look at most once an MCU for the end. */
  static final int PADDING_BYTES = 4096;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int RST0 = 0xD0;
  private static final int RST7 = 0xD7;
  private static final int EOI = 0xD9;

  private byte[] bytes = {};
  private int[] segmentEnds = {};
  private int segments;

  /**
   * Takes the data over from a file.
   *
   * @throws PictureException if it is not ended, or not parted by restart markers as it should be
   */
  void load(byte[] picture, JpegFrame frame) throws PictureException {
    int expected = frame.segments();
    if (expected > picture.length) {
      throw damaged("%,d restart intervals in %,d bytes", expected, picture.length);
    }
    int capacity = picture.length - frame.dataAt() + PADDING_BYTES;
    if (bytes.length < capacity) {
      bytes = new byte[capacity + capacity / 4];
    }
    if (segmentEnds.length < expected) {
      segmentEnds = new int[expected];
    }
    segments = 0;
    int end = unstuff(picture, frame.dataAt(), expected);
    if (segments != expected) {
      throw damaged("%,d restart intervals instead of %,d", segments, expected);
    }
    Arrays.fill(bytes, end, end + PADDING_BYTES, (byte) 0);
  }

  /** The data, followed by {@link #PADDING_BYTES} more. Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** Where a run of MCUs between restart markers ends in {@link #bytes()}. */
  int segmentEnd(int segment) {
    return segmentEnds[segment];
  }

  private int unstuff(byte[] picture, int from, int expected) throws PictureException {
    byte[] out = bytes;
    int in = from;
    int to = 0;
    while (true) {
      while (in <= picture.length - Long.BYTES) {
        long eight = (long) LONGS.get(picture, in);
        LONGS.set(out, to, eight);
        // The highest bit of each byte that is FF; of false ones after the first it does not
        // matter.
        long ff = (~eight - 0x0101010101010101L) & eight & 0x8080808080808080L;
        if (ff != 0) {
          int before = Long.numberOfTrailingZeros(ff) >>> 3;
          in += before;
          to += before;
          break;
        }
        in += Long.BYTES;
        to += Long.BYTES;
      }
      while (in < picture.length && picture[in] != (byte) 0xFF) {
        out[to++] = picture[in++];
      }
      if (in + 1 >= picture.length) {
        throw damaged("it breaks off in its data");
      }
      int second = picture[in + 1] & 0xFF;
      in += 2;
      if (second == 0) {
        out[to++] = (byte) 0xFF;
      } else if (second == 0xFF) {
        // A fill byte before a marker: the second FF may begin it.
        in--;
      } else {
        closeSegment(second, to, expected);
        if (second == EOI) {
          return to;
        }
      }
    }
  }

  private void closeSegment(int marker, int end, int expected) throws PictureException {
    boolean restart = marker >= RST0 && marker <= RST7;
    if (!restart && marker != EOI) {
      throw damaged("marker FF %02X within the data", marker);
    }
    if (segments == expected || (restart && marker - RST0 != (segments & 7))) {
      throw damaged("restart marker FF %02X out of turn", marker);
    }
    segmentEnds[segments++] = end;
  }
}
