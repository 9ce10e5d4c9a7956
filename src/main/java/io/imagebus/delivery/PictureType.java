package io.imagebus.delivery;

import io.imagebus.frame.ImageFormat;
import io.imagebus.wire.Chunk;

/** A picture's encoding by its first bytes, for streams that change it on the way. */
final class PictureType {

  private static final int[] JPEG = {0xFF, 0xD8, 0xFF};
  private static final int[] PNG = {0x89, 'P', 'N', 'G'};
  private static final int[] RIFF = {'R', 'I', 'F', 'F'};

  private PictureType() {}

  static ImageFormat of(Chunk first, ImageFormat otherwise) {
    if (startsWith(first, JPEG)) {
      return ImageFormat.JPEG;
    }
    if (startsWith(first, PNG)) {
      return ImageFormat.PNG;
    }
    return startsWith(first, RIFF) ? ImageFormat.WEBP : otherwise;
  }

  private static boolean startsWith(Chunk chunk, int[] magic) {
    if (chunk.payloadLength() < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (Byte.toUnsignedInt(chunk.bytes()[chunk.payloadStart() + i]) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
