package io.imagebus.image;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.Probed.Accepted;
import io.imagebus.image.Probed.Reason;
import io.imagebus.image.Probed.Refused;

/*
 * A WebP (RFC 9649) is a RIFF file, little-endian, chunks padded to even lengths:
 *
 *   "RIFF" | bytes after this field (4) | "WEBP" | chunks: type (4) | data length (4) | data
 *
 * A simple file is one chunk, "VP8 " (lossy) or "VP8L" (lossless). An extended one starts with
 * "VP8X", which gives the canvas, and may have profiles, alpha and the like before the picture. The
 * decoder obeys the picture chunk and not the canvas; so both are read, and they must agree. A file
 * has alpha if a chunk of it is there or the canvas says so, since a flipped bit can hide either.
 */
/** Walks the chunks of one WebP. One use, one thread. */
final class WebpProbe {
  private static final int MAX_CHUNKS = 1_024;
  private static final int RIFF_HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int VP8_HEADER_BYTES = 10;
  private static final int VP8L_HEADER_BYTES = 5;
  private static final int VP8X_BYTES = 10;
  private static final int ANIMATION_FLAG = 0x02;
  private static final int ALPHA_FLAG = 0x10;
  private static final int BITS_PER_SAMPLE = 8;

  private final ByteSlice slice;
  private int endByte;
  private boolean extended;
  private boolean alpha;
  private int canvasWidthPixels;
  private int canvasHeightPixels;

  WebpProbe(ByteSlice slice) {
    this.slice = slice;
  }

  Probed probe() {
    if (slice.length() < RIFF_HEADER_BYTES + CHUNK_HEADER_BYTES) {
      return truncated();
    }
    long riffEnd = 8 + slice.uint32LittleEndian(4);
    if (riffEnd > slice.length()) {
      return truncated();
    }
    endByte = (int) riffEnd;
    long at = RIFF_HEADER_BYTES;
    for (int chunks = 0; chunks < MAX_CHUNKS && endByte - at >= CHUNK_HEADER_BYTES; chunks++) {
      int chunk = (int) at;
      long dataBytes = slice.uint32LittleEndian(chunk + 4);
      if (dataBytes > endByte - at - CHUNK_HEADER_BYTES) {
        return corrupt(chunk, "a chunk longer than the file says it is");
      }
      if (slice.isTag(chunk, "VP8 ")) {
        return lossy(chunk + CHUNK_HEADER_BYTES, (int) dataBytes);
      }
      if (slice.isTag(chunk, "VP8L")) {
        return lossless(chunk + CHUNK_HEADER_BYTES, (int) dataBytes);
      }
      if (chunk == RIFF_HEADER_BYTES && !readCanvas(chunk, (int) dataBytes)) {
        return corrupt(chunk, "the first chunk is none of VP8, VP8L, VP8X");
      }
      alpha |= slice.isTag(chunk, "ALPH");
      if (animated(chunk)) {
        return new Refused(
            Reason.UNSUPPORTED, "the WebP is an animation: send one still picture per frame");
      }
      at += CHUNK_HEADER_BYTES + dataBytes + (dataBytes & 1);
    }
    return corrupt(endByte, "no picture among its chunks");
  }

  private boolean readCanvas(int chunk, int dataBytes) {
    if (!slice.isTag(chunk, "VP8X") || dataBytes < VP8X_BYTES) {
      return false;
    }
    int data = chunk + CHUNK_HEADER_BYTES;
    extended = true;
    alpha = (slice.uint8(data) & ALPHA_FLAG) != 0;
    canvasWidthPixels = slice.uint24LittleEndian(data + 4) + 1;
    canvasHeightPixels = slice.uint24LittleEndian(data + 7) + 1;
    return true;
  }

  private boolean animated(int chunk) {
    return chunk == RIFF_HEADER_BYTES
        && (slice.uint8(chunk + CHUNK_HEADER_BYTES) & ANIMATION_FLAG) != 0;
  }

  /** A VP8 key frame (RFC 6386, 9.1): tag of 3 bytes, start code, 14 bits each of size. */
  private Probed lossy(int data, int dataBytes) {
    if (dataBytes < VP8_HEADER_BYTES) {
      return corrupt(data, "a VP8 chunk of %d bytes".formatted(dataBytes));
    }
    int tag = slice.uint24LittleEndian(data);
    boolean keyFrame = (tag & 1) == 0;
    boolean startCode = slice.agreesWith(data + 3, 0x9D, 0x01, 0x2A);
    if (!keyFrame || !startCode || tag >> 5 > dataBytes - VP8_HEADER_BYTES) {
      return corrupt(data, "a VP8 chunk that is not a key frame");
    }
    int widthPixels = slice.uint16LittleEndian(data + 6) & 0x3FFF;
    int heightPixels = slice.uint16LittleEndian(data + 8) & 0x3FFF;
    Coding coding = alpha ? Coding.PREFIX_CODES : Coding.SEQUENTIAL;
    return agreed(data, widthPixels, heightPixels, alpha ? 4 : 3, coding);
  }

  /** A VP8L stream: signature 2F, 14 bits each of size less one, alpha hint, version. */
  private Probed lossless(int data, int dataBytes) {
    if (dataBytes < VP8L_HEADER_BYTES || slice.uint8(data) != 0x2F) {
      return corrupt(data, "a VP8L chunk without its signature");
    }
    long bits = slice.uint32LittleEndian(data + 1);
    if (bits >> 29 != 0) {
      return corrupt(data, "a VP8L chunk of unknown version");
    }
    int widthPixels = (int) (bits & 0x3FFF) + 1;
    int heightPixels = (int) (bits >> 14 & 0x3FFF) + 1;
    int components = (bits >> 28 & 1) == 1 ? 4 : 3;
    return agreed(data, widthPixels, heightPixels, components, Coding.PREFIX_CODES);
  }

  private Probed agreed(
      int data, int widthPixels, int heightPixels, int components, Coding coding) {
    boolean sameAsCanvas = widthPixels == canvasWidthPixels && heightPixels == canvasHeightPixels;
    if (widthPixels == 0 || heightPixels == 0 || (extended && !sameAsCanvas)) {
      return corrupt(
          data,
          "a picture of %d x %d on a canvas of %d x %d"
              .formatted(widthPixels, heightPixels, canvasWidthPixels, canvasHeightPixels));
    }
    return new Accepted(
        new PictureInfo(
            ImageFormat.WEBP,
            widthPixels,
            heightPixels,
            components,
            BITS_PER_SAMPLE,
            coding,
            1,
            Orientation.UPRIGHT));
  }

  private Refused truncated() {
    return Refused.truncated(ImageFormat.WEBP, slice.length(), "before the end its header gives");
  }

  private static Refused corrupt(int at, String fault) {
    return Refused.corrupt(ImageFormat.WEBP, at, fault);
  }
}
