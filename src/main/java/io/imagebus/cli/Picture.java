package io.imagebus.cli;

import io.imagebus.frame.ImageFormat;

/** One encoded picture to be published. Immutable. */
final class Picture {

  private final byte[] bytes;
  private final ImageFormat format;

  /** Takes the bytes over; they are not to be changed afterwards. */
  Picture(byte[] bytes, ImageFormat format) {
    this.bytes = bytes;
    this.format = format;
  }

  byte[] bytes() {
    return bytes;
  }

  ImageFormat format() {
    return format;
  }
}
