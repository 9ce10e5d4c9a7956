package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.damaged;

import io.imagebus.image.codec.PictureException;

/** Walks the marker segments of a JPEG (T.81, B.1.1). Owned by one thread. */
final class JpegSegments {
  static final int SOF0 = 0xC0;
  static final int SOF1 = 0xC1;
  static final int SOF2 = 0xC2;
  static final int DHT = 0xC4;
  static final int JPG = 0xC8;
  static final int DAC = 0xCC;
  static final int SOF15 = 0xCF;
  static final int EOI = 0xD9;
  static final int SOS = 0xDA;
  static final int DQT = 0xDB;
  static final int DRI = 0xDD;
  static final int APP14 = 0xEE;

  private static final int TEM = 0x01;
  private static final int RST0 = 0xD0;
  private static final int SOI = 0xD8;

  private byte[] picture = {};
  private int from;
  private int to;

  /**
   * Begins before the first segment.
   *
   * @throws PictureException if this is no JPEG
   */
  void begin(byte[] bytes) throws PictureException {
    picture = bytes;
    if (bytes.length < 4 || uint16(0) != (0xFF00 | SOI)) {
      throw damaged("it does not begin as one");
    }
    goOnAt(2);
  }

  /** The next marker is at or behind this position: after the data of a scan. */
  void goOnAt(int position) {
    from = position;
    to = position;
  }

  /**
   * Moves to the next segment.
   *
   * @return its marker's second byte; of {@link #EOI} the segment is empty
   * @throws PictureException if there is none
   */
  int next() throws PictureException {
    int marker = TEM;
    int at = to;
    while (marker == TEM) {
      if (at >= picture.length || uint8(at) != 0xFF) {
        throw damaged("no marker near byte %,d", at);
      }
      while (at < picture.length && uint8(at) == 0xFF) {
        at++;
      }
      if (at >= picture.length) {
        throw damaged("it ends in its header");
      }
      marker = uint8(at++);
    }
    if (marker == EOI) {
      goOnAt(at);
      return marker;
    }
    if (marker == 0 || (marker >= RST0 && marker <= SOI)) {
      throw damaged("marker FF %02X near byte %,d", marker, at);
    }
    open(at);
    return marker;
  }

  private void open(int at) throws PictureException {
    int lengthBytes = picture.length - at < 2 ? 0 : uint16(at);
    if (lengthBytes < 2 || lengthBytes > picture.length - at) {
      throw damaged("a segment near byte %,d does not fit", at);
    }
    from = at + 2;
    to = at + lengthBytes;
  }

  /** Where the segment's data begins. */
  int from() {
    return from;
  }

  /** Where it ends. */
  int to() {
    return to;
  }

  /**
   * Makes sure that the segment has so many bytes of data.
   *
   * @throws PictureException if it is shorter
   */
  void need(int bytes) throws PictureException {
    if (to - from < bytes) {
      throw damaged("a segment near byte %,d is too short", from);
    }
  }

  private int uint8(int position) {
    return picture[position] & 0xFF;
  }

  private int uint16(int position) {
    return uint8(position) << 8 | uint8(position + 1);
  }
}
