package io.imagebus.ingest;

import io.imagebus.image.Pictures;
import java.util.Arrays;

/** What must not get in. */
final class BadPictures {

  private BadPictures() {}

  /** 60,000 × 60,000 pixels, says the header. */
  static byte[] huge() {
    return Pictures.bytes(
        0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0xEA, 0x60, 0xEA, 0x60, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8,
        1, 1, 0, 0, 63, 0, 1, 2, 3, 0xFF, 0xD9);
  }

  static byte[] truncated() {
    byte[] picture = Pictures.baselineJpeg(64, 64);
    return Arrays.copyOf(picture, picture.length / 2);
  }

  static byte[] tooLong() {
    byte[] picture = Arrays.copyOf(Pictures.baselineJpeg(64, 64), IngestEdge.MAX_PICTURE_BYTES + 1);
    picture[picture.length - 2] = (byte) 0xFF;
    picture[picture.length - 1] = (byte) 0xD9;
    return picture;
  }
}
