package io.imagebus.image.codec;

/** One marker segment before the picture data of a JPEG that the probe has let pass. */
final class JpegSegment {
  private static final int SOI_BYTES = 2;
  private static final int MARKER_BYTES = 2;
  private static final int APP1 = 0xE1;
  private static final int APP13 = 0xED;
  private static final int APP15 = 0xEF;
  private static final int COMMENT = 0xFE;
  private static final int SOS = 0xDA;
  private static final int RST0 = 0xD0;
  private static final int EOI = 0xD9;

  private final byte[] jpeg;
  private final int start;
  private final int end;

  private JpegSegment(byte[] jpeg, int start, int end) {
    this.jpeg = jpeg;
    this.start = start;
    this.end = end;
  }

  static JpegSegment first(byte[] jpeg) {
    return at(jpeg, SOI_BYTES);
  }

  JpegSegment next() {
    return at(jpeg, end);
  }

  private static JpegSegment at(byte[] jpeg, int start) {
    int length =
        start + 4 > jpeg.length ? 0 : (jpeg[start + 2] & 0xFF) << 8 | (jpeg[start + 3] & 0xFF);
    return new JpegSegment(jpeg, start, Math.min(jpeg.length, start + MARKER_BYTES + length));
  }

  /** Where its FF is. */
  int start() {
    return start;
  }

  /** Behind its last byte. */
  int end() {
    return end;
  }

  /** Whether this is a segment at all, and more may follow before the picture data. */
  boolean precedesPicture() {
    return end - start > MARKER_BYTES
        && (jpeg[start] & 0xFF) == 0xFF
        && marker() != SOS
        && marker() != 0xFF
        && !(marker() >= RST0 && marker() <= EOI);
  }

  /** EXIF, XMP, colour profiles, notes of programs, comments; not what says how to read colours. */
  boolean isMetadata() {
    return (marker() >= APP1 && marker() <= APP13) || marker() == APP15 || marker() == COMMENT;
  }

  private int marker() {
    return jpeg[start + 1] & 0xFF;
  }
}
