package io.imagebus.image;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.Probed.Accepted;
import io.imagebus.image.Probed.Refused;
import java.util.zip.CRC32;

/*
 * A PNG (W3C, third edition) is a signature of 8 bytes and a row of chunks:
 *
 *   length (4) | type (4) | data (length) | CRC of type and data (4)
 *
 * IHDR is the first and 13 bytes long, at least one IDAT holds the pixels, an empty IEND is the last.
 * The header's checksum is checked, those of the pixel data are left to the decoder.
 */
/** Walks the chunks of one PNG. One use, one thread. */
final class PngProbe {
  private static final int MAX_CHUNKS = 65_536;
  private static final int SIGNATURE_BYTES = 8;
  private static final int IHDR_BYTES = 13;
  private static final int CHUNK_OVERHEAD_BYTES = 12;
  private static final int IHDR_DATA = SIGNATURE_BYTES + 8;
  private static final int FIRST_CHUNK_END = SIGNATURE_BYTES + CHUNK_OVERHEAD_BYTES + IHDR_BYTES;

  private final ByteSlice slice;

  PngProbe(ByteSlice slice) {
    this.slice = slice;
  }

  Probed probe() {
    if (slice.length() < FIRST_CHUNK_END) {
      return truncated();
    }
    if (slice.uint32(SIGNATURE_BYTES) != IHDR_BYTES || !slice.isTag(SIGNATURE_BYTES + 4, "IHDR")) {
      return corrupt(SIGNATURE_BYTES, "the first chunk is not an IHDR of 13 bytes");
    }
    if (!checksumHolds(SIGNATURE_BYTES, IHDR_BYTES)) {
      return corrupt(SIGNATURE_BYTES, "the checksum of IHDR does not hold");
    }
    long widthPixels = slice.uint32(IHDR_DATA);
    long heightPixels = slice.uint32(IHDR_DATA + 4);
    int bitsPerSample = slice.uint8(IHDR_DATA + 8);
    int components = components(slice.uint8(IHDR_DATA + 9), bitsPerSample);
    boolean size = isSize(widthPixels) && isSize(heightPixels);
    if (!size || components == 0 || !methodsAreKnown()) {
      return corrupt(IHDR_DATA, "values in IHDR that do not exist");
    }
    return walk(
        new PictureInfo(
            ImageFormat.PNG,
            (int) widthPixels,
            (int) heightPixels,
            components,
            bitsPerSample,
            slice.uint8(IHDR_DATA + 12) == 0 ? Coding.SEQUENTIAL : Coding.PROGRESSIVE,
            1,
            Orientation.UPRIGHT));
  }

  private Probed walk(PictureInfo info) {
    int at = FIRST_CHUNK_END;
    boolean pixels = false;
    Orientation orientation = Orientation.UPRIGHT;
    for (int chunks = 1; chunks < MAX_CHUNKS; chunks++) {
      if (slice.length() - at < CHUNK_OVERHEAD_BYTES) {
        return truncated();
      }
      long dataBytes = slice.uint32(at);
      if (dataBytes > Integer.MAX_VALUE || slice.isTag(at + 4, "IHDR")) {
        return corrupt(at, "a chunk that must not be there");
      }
      if (dataBytes > slice.length() - at - CHUNK_OVERHEAD_BYTES) {
        return truncated();
      }
      if (slice.isTag(at + 4, "IEND")) {
        boolean end = pixels && dataBytes == 0 && checksumHolds(at, 0);
        return end
            ? new Accepted(info.oriented(orientation))
            : corrupt(at, "IEND without pixels before it or damaged");
      }
      pixels |= slice.isTag(at + 4, "IDAT");
      if (slice.isTag(at + 4, "eXIf")) {
        orientation = ExifOrientation.read(slice, at + 8, (int) dataBytes);
      }
      at += CHUNK_OVERHEAD_BYTES + (int) dataBytes;
    }
    return corrupt(at, "more than %,d chunks".formatted(MAX_CHUNKS));
  }

  private boolean checksumHolds(int chunk, int dataBytes) {
    CRC32 checksum = new CRC32();
    slice.updateChecksum(checksum, chunk + 4, 4 + dataBytes);
    return checksum.getValue() == slice.uint32(chunk + 8 + dataBytes);
  }

  private static boolean isSize(long pixels) {
    return pixels >= 1 && pixels <= Integer.MAX_VALUE;
  }

  /** Components of a pixel, or 0 for a colour type that does not exist with this depth. */
  private static int components(int colourType, int bits) {
    boolean atLeast8 = bits == 8 || bits == 16;
    boolean upTo8 = bits == 1 || bits == 2 || bits == 4 || bits == 8;
    return switch (colourType) {
      case 0 -> upTo8 || atLeast8 ? 1 : 0;
      case 2 -> atLeast8 ? 3 : 0;
      case 3 -> upTo8 ? 1 : 0;
      case 4 -> atLeast8 ? 2 : 0;
      case 6 -> atLeast8 ? 4 : 0;
      default -> 0;
    };
  }

  private boolean methodsAreKnown() {
    int compression = slice.uint8(IHDR_DATA + 10);
    int filter = slice.uint8(IHDR_DATA + 11);
    int interlace = slice.uint8(IHDR_DATA + 12);
    return compression == 0 && filter == 0 && interlace <= 1;
  }

  private Refused truncated() {
    return Refused.truncated(ImageFormat.PNG, slice.length(), "without its last chunk (IEND)");
  }

  private static Refused corrupt(int at, String fault) {
    return Refused.corrupt(ImageFormat.PNG, at, fault);
  }
}
