package io.imagebus.image.codec;

import io.imagebus.image.PictureInfo;

/**
 * Makes smaller pictures out of pictures. Holds what is dear to open, native memory perhaps; each
 * worker thread has one of its own and closes it. Not for an event loop.
 */
public interface PictureCodec extends AutoCloseable {

  /** Its name in logs and metrics, such as {@code ffmpeg}. */
  String name();

  /**
   * Decodes a picture once, for any number of encodings none of which is larger than {@code
   * largest}; it may decode at less than the full size, as long as that covers {@code largest}.
   *
   * @param picture the whole encoded picture; not changed, and read as long as the result is open
   * @param info what the probe has said of it
   * @param largest the largest size that will be asked for, upright
   * @return to be closed before the next decode of this codec
   * @throws PictureException if it is not a picture for this codec, or a damaged one
   */
  DecodedPicture decode(byte[] picture, PictureInfo info, PictureSize largest)
      throws PictureException;

  @Override
  void close();
}
