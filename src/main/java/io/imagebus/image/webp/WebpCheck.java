package io.imagebus.image.webp;

import static io.imagebus.image.webp.Faults.damaged;

import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException;
import java.nio.charset.StandardCharsets;

/*
 * WebP has no checksum, and a decoder makes a picture of any bytes. But an arithmetic code that has
 * lost its place decodes rubbish to the last block, and does not come to rest where the encoder did.
 * So the data is decoded as far as it takes to know where it ends, and no further.
 *
 * The prefix codes of the lossless kind tell less. After damage a decoder is some bits off from where
 * it should be for a pixel; with each pixel that changes by chance, and sooner or later it is none.
 */
/**
 * Tells whether the data of a WebP ends where its picture does. In lossy pictures nearly everything
 * is found but a bit of the header, which decodes to a picture as sound as the first; in lossless
 * ones a third of what is damaged at random. Owned by one thread.
 */
public final class WebpCheck {
  private static final int RIFF_HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int LOSSLESS_HEADER_BYTES = 5;
  private static final int ALPHA_HEADER_BYTES = 1;
  private static final int ALPHA_METHOD = 3;

  private final LossyCheck lossy = new LossyCheck();

  /** Ready for any picture. */
  public WebpCheck() {}

  /**
   * Checks.
   *
   * @param info what the probe has said of the picture
   * @throws PictureException if it is damaged
   */
  public void check(byte[] picture, PictureInfo info) throws PictureException {
    int width = info.widthPixels();
    int height = info.heightPixels();
    int at = RIFF_HEADER_BYTES;
    while (picture.length - at >= CHUNK_HEADER_BYTES) {
      int from = at + CHUNK_HEADER_BYTES;
      long dataBytes = Integer.toUnsignedLong(int32(picture, at + 4));
      if (dataBytes > picture.length - from) {
        throw damaged("a chunk near byte %,d does not fit", at);
      }
      int to = from + (int) dataBytes;
      switch (new String(picture, at, 4, StandardCharsets.ISO_8859_1)) {
        case "VP8 " -> {
          lossy.check(picture, from, to);
          return;
        }
        case "VP8L" -> {
          new LosslessCheck(picture, from + LOSSLESS_HEADER_BYTES, to).check(width, height);
          return;
        }
        case "ALPH" -> alpha(picture, from, to, info);
        default -> {
          // Profiles and metadata, of which nothing is made.
        }
      }
      at = to + ((to - from) & 1);
    }
    throw damaged("no picture among its chunks");
  }

  private static void alpha(byte[] picture, int from, int to, PictureInfo info)
      throws PictureException {
    int method = from < to ? picture[from] & ALPHA_METHOD : ALPHA_METHOD;
    int data = from + ALPHA_HEADER_BYTES;
    switch (method) {
      case 0 -> {
        if (to - data != info.pixels()) {
          throw damaged("%,d bytes of alpha for %,d pixels", to - data, info.pixels());
        }
      }
      case 1 -> new LosslessCheck(picture, data, to).check(info.widthPixels(), info.heightPixels());
      default -> throw damaged("an alpha of unknown compression");
    }
  }

  private static int int32(byte[] picture, int at) {
    return (picture[at] & 0xFF)
        | (picture[at + 1] & 0xFF) << 8
        | (picture[at + 2] & 0xFF) << 16
        | (picture[at + 3] & 0xFF) << 24;
  }
}
