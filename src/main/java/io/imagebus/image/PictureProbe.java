package io.imagebus.image;

import static io.imagebus.image.Probed.Refused.refused;

import io.imagebus.image.Probed.Accepted;
import io.imagebus.image.Probed.Reason;
import io.imagebus.image.Probed.Refused;

/**
 * Looks into the encoded bytes of a whole picture without decoding a pixel: which format, how
 * large, is the end there. Whatever the bytes are, it neither throws nor works longer than one pass
 * over them.
 */
public final class PictureProbe {
  private static final int SHOWN_BYTES = 12;

  private PictureProbe() {}

  /**
   * The verdict on these bytes.
   *
   * @throws IndexOutOfBoundsException if the range lies outside the array
   */
  public static Probed probe(byte[] bytes, int offset, int length, PictureLimits limits) {
    ByteSlice slice = new ByteSlice(bytes, offset, length);
    if (length == 0) {
      return new Refused(Reason.EMPTY, "no bytes: send one encoded JPEG, PNG or WebP per frame");
    }
    if (length > limits.maxBytes()) {
      return refused(
          Reason.TOO_MANY_BYTES,
          "%,d bytes; the limit is %,d (frames.max-bytes):"
              + " send a smaller picture or a lower quality",
          length,
          limits.maxBytes());
    }
    return withinLimits(look(slice, limits), limits);
  }

  private static Probed look(ByteSlice slice, PictureLimits limits) {
    if (slice.agreesWith(0, 0xFF, 0xD8, 0xFF)) {
      return new JpegProbe(slice, limits.maxScans()).probe();
    }
    if (slice.agreesWith(0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return new PngProbe(slice).probe();
    }
    if (slice.agreesWith(0, 'R', 'I', 'F', 'F') && slice.agreesWith(8, 'W', 'E', 'B', 'P')) {
      return new WebpProbe(slice).probe();
    }
    return refused(
        Reason.NOT_A_PICTURE,
        "these %,d bytes start with %s, not as a JPEG, PNG or WebP does:"
            + " send the encoded picture itself, without text or Base64 around it",
        slice.length(),
        beginning(slice));
  }

  private static Probed withinLimits(Probed probed, PictureLimits limits) {
    if (!(probed instanceof Accepted accepted)) {
      return probed;
    }
    PictureInfo info = accepted.info();
    if (info.pixels() > limits.maxPixels()) {
      return refused(
          Reason.TOO_MANY_PIXELS,
          "%d x %d is %,d pixels; the limit is %,d (frames.max-pixels): send a smaller picture",
          info.widthPixels(),
          info.heightPixels(),
          info.pixels(),
          limits.maxPixels());
    }
    if (Math.max(info.widthPixels(), info.heightPixels()) > limits.maxSidePixels()) {
      return refused(
          Reason.TOO_MANY_PIXELS,
          "%d x %d has a side longer than %,d (frames.max-side-pixels): send a smaller picture",
          info.widthPixels(),
          info.heightPixels(),
          limits.maxSidePixels());
    }
    if (info.scans() > 1 && info.scans() * info.pixels() > limits.maxScannedPixels()) {
      return refused(
          Reason.TOO_MANY_SCANS,
          "%d scans of %,d pixels are a pass of a decoder over %,d; the limit is %,d, ten times"
              + " frames.max-pixels: send a JPEG that is not progressive",
          info.scans(),
          info.pixels(),
          info.scans() * info.pixels(),
          limits.maxScannedPixels());
    }
    return probed;
  }

  private static String beginning(ByteSlice slice) {
    StringBuilder hex = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < Math.min(SHOWN_BYTES, slice.length()); at++) {
      int value = slice.uint8(at);
      hex.append("%02X ".formatted(value));
      text.append(value >= ' ' && value < 0x7F ? (char) value : '.');
    }
    return hex + "(\"" + text + "\")";
  }
}
