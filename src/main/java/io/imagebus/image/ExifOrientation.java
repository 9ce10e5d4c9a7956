package io.imagebus.image;

/*
 * EXIF is a TIFF file: byte order ("II" or "MM"), 42 and the position of the first directory; a
 * directory is a count and entries of 12 bytes: tag (2), type (2), count (4), value (4). A value of
 * two bytes stands in the first two of the four.
 */
/** Reads the one entry of EXIF data that changes how a picture is shown. */
final class ExifOrientation {
  private static final int HEADER_BYTES = 8;
  private static final int ENTRY_BYTES = 12;
  private static final int MAGIC = 42;
  private static final int ORIENTATION = 0x0112;

  private final ByteSlice slice;
  private final int start;
  private final int length;
  private final boolean littleEndian;

  private ExifOrientation(ByteSlice slice, int start, int length) {
    this.slice = slice;
    this.start = start;
    this.length = length;
    this.littleEndian = slice.uint8(start) == 'I';
  }

  /** Whether this range begins as TIFF data does: its byte order and 42 in it. */
  static boolean isTiff(ByteSlice slice, int start, int length) {
    return length >= HEADER_BYTES
        && (slice.agreesWith(start, 'I', 'I', MAGIC, 0)
            || slice.agreesWith(start, 'M', 'M', 0, MAGIC));
  }

  /**
   * The orientation in the TIFF data of this range; upright if it is not found. Believes neither
   * the 42 nor the type of the entry, which are always the same, so that it is found with them
   * damaged.
   */
  static Orientation read(ByteSlice slice, int start, int length) {
    if (length < HEADER_BYTES) {
      return Orientation.UPRIGHT;
    }
    return new ExifOrientation(slice, start, length).find();
  }

  private Orientation find() {
    long directory = uint32(4);
    if (directory > length - 2) {
      return Orientation.UPRIGHT;
    }
    int entries = uint16((int) directory);
    long at = directory + 2;
    for (int i = 0; i < entries && at + ENTRY_BYTES <= length; i++) {
      if (uint16((int) at) == ORIENTATION) {
        return Orientation.ofExif(uint16((int) at + 8));
      }
      at += ENTRY_BYTES;
    }
    return Orientation.UPRIGHT;
  }

  private int uint16(int at) {
    return littleEndian ? slice.uint16LittleEndian(start + at) : slice.uint16(start + at);
  }

  private long uint32(int at) {
    return littleEndian ? slice.uint32LittleEndian(start + at) : slice.uint32(start + at);
  }
}
