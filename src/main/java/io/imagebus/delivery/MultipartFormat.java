package io.imagebus.delivery;

import io.vertx.core.buffer.Buffer;

/**
 * The body of {@code multipart/x-mixed-replace}. The boundary after a picture is sent with it,
 * because browsers show a picture only when they have seen that.
 */
final class MultipartFormat {

  private static final String BOUNDARY = "imagebus-frame";
  private static final int HEADER_BYTES = 160;
  private static final long MICROS_A_SECOND = 1_000_000;

  static final String CONTENT_TYPE = "multipart/x-mixed-replace; boundary=" + BOUNDARY;

  private MultipartFormat() {}

  /** What comes before the first part. */
  static Buffer opening() {
    return Buffer.buffer("--" + BOUNDARY + "\r\n");
  }

  /** One part, from its headers to the boundary that ends it. */
  static Buffer part(SharedFrame frame) {
    Buffer picture = frame.plain();
    return Buffer.buffer(picture.length() + HEADER_BYTES)
        .appendString("Content-Type: " + frame.format().contentType() + "\r\n")
        .appendString("Content-Length: " + picture.length() + "\r\n")
        .appendString("X-Timestamp: " + seconds(frame.frame().captureMicros()) + "\r\n\r\n")
        .appendBuffer(picture)
        .appendString("\r\n--" + BOUNDARY + "\r\n");
  }

  /** Seconds since 1970 with six decimals. */
  static String seconds(long micros) {
    return "%d.%06d"
        .formatted(Math.floorDiv(micros, MICROS_A_SECOND), Math.floorMod(micros, MICROS_A_SECOND));
  }
}
