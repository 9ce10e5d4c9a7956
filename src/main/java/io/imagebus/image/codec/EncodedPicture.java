package io.imagebus.image.codec;

/** A picture that was made. */
public final class EncodedPicture {
  private final byte[] bytes;
  private final Encoding encoding;

  /** Takes the array over: its owner does not change it any more. */
  public EncodedPicture(byte[] bytes, Encoding encoding) {
    this.bytes = bytes;
    this.encoding = encoding;
  }

  /** The whole encoded picture, without metadata of the source; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** What was asked for, and made. */
  public Encoding encoding() {
    return encoding;
  }
}
