package io.imagebus.image.webp;

import static io.imagebus.image.webp.Faults.damaged;

import io.imagebus.image.codec.PictureException;
import java.util.Arrays;

/*
 * A VP8 key frame (RFC 6386) is a tag of 3 bytes, a start code, the size, a first partition with the
 * header and the modes of all macroblocks, then 1, 2, 4 or 8 partitions with their coefficients, one
 * row of macroblocks each in turns:
 *
 *   tag | 9D 01 2A | width | height | first partition | sizes of all but the last (3 each) | …
 */
/** Reads the data of a VP8 key frame to its end. Owned by one thread. */
final class LossyCheck {
  private static final int HEADER_BYTES = 10;
  private static final int SIZE_BYTES = 3;
  private static final int BLOCK_PIXELS = 16;

  private final MacroblockModes modes = new MacroblockModes();
  private final Coefficients coefficients = new Coefficients();

  /**
   * Checks.
   *
   * @param from where the chunk's data begins, which the probe has seen
   * @param to where it ends
   */
  void check(byte[] picture, int from, int to) throws PictureException {
    int width = uint16(picture, from + 6) & 0x3FFF;
    int height = uint16(picture, from + 8) & 0x3FFF;
    int columns = (width + BLOCK_PIXELS - 1) / BLOCK_PIXELS;
    int rows = (height + BLOCK_PIXELS - 1) / BLOCK_PIXELS;
    int firstEnd = from + HEADER_BYTES + (uint24(picture, from) >> 5);
    if (firstEnd > to) {
      throw damaged("its first partition does not fit");
    }
    BoolDecoder first = new BoolDecoder(picture, from + HEADER_BYTES, firstEnd);
    FrameHeader header = FrameHeader.read(first);
    BoolDecoder[] partitions = partitions(picture, firstEnd, to, header.partitions());
    modes.begin(header, columns);
    coefficients.begin(header, columns);
    for (int row = 0; row < rows; row++) {
      BoolDecoder data = partitions[row & (partitions.length - 1)];
      modes.beginRow();
      coefficients.beginRow();
      for (int column = 0; column < columns; column++) {
        modes.read(first, column);
        coefficients.read(data, column, modes);
      }
      if (first.isOverrun() || data.isOverrun()) {
        throw damaged("its data ends before its last row");
      }
    }
    if (!first.isAtEnd() || !Arrays.stream(partitions).allMatch(BoolDecoder::isAtEnd)) {
      throw damaged("its data does not end with its last block");
    }
  }

  private static BoolDecoder[] partitions(byte[] picture, int sizes, int to, int count)
      throws PictureException {
    int at = sizes + SIZE_BYTES * (count - 1);
    BoolDecoder[] partitions = new BoolDecoder[count];
    for (int i = 0; i < count; i++) {
      boolean last = i == count - 1;
      int end = at <= to && !last ? at + uint24(picture, sizes + SIZE_BYTES * i) : to;
      if (at > to || end > to) {
        throw damaged("partition %d does not fit", i);
      }
      partitions[i] = new BoolDecoder(picture, at, end);
      at = end;
    }
    return partitions;
  }

  private static int uint16(byte[] picture, int at) {
    return (picture[at] & 0xFF) | (picture[at + 1] & 0xFF) << 8;
  }

  private static int uint24(byte[] picture, int at) {
    return uint16(picture, at) | (picture[at + 2] & 0xFF) << 16;
  }
}
