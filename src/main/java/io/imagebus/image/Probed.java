package io.imagebus.image;

import io.imagebus.frame.ImageFormat;
import java.util.Locale;

/** The verdict on the bytes of a picture. */
public sealed interface Probed {

  /** The header is sound, the end is there, the limits are kept. */
  record Accepted(PictureInfo info) implements Probed {}

  /**
   * Not let in.
   *
   * @param message what is wrong and what to do, for the sender
   */
  record Refused(Reason reason, String message) implements Probed {

    static Refused truncated(ImageFormat format, int lengthBytes, String missing) {
      return refused(
          Reason.TRUNCATED,
          "the %s breaks off after %,d bytes, %s: send the whole picture",
          format,
          lengthBytes,
          missing);
    }

    static Refused corrupt(ImageFormat format, long atByte, String fault) {
      return refused(
          Reason.CORRUPT_HEADER,
          "the %s is damaged near byte %,d, %s: send the picture exactly as it was encoded",
          format,
          atByte,
          fault);
    }

    static Refused refused(Reason reason, String message, Object... figures) {
      return new Refused(reason, String.format(Locale.ROOT, message, figures));
    }
  }

  /** Why a picture is refused. */
  enum Reason {
    /** No bytes at all. */
    EMPTY,
    /** The first bytes are not those of a JPEG, PNG or WebP. */
    NOT_A_PICTURE,
    /** The picture begins well but its end is missing. */
    TRUNCATED,
    /** A length, size or checksum in the header contradicts the format or the rest. */
    CORRUPT_HEADER,
    /** A legal picture of a kind that displays do not show. */
    UNSUPPORTED,
    /** More encoded bytes than {@link PictureLimits#maxBytes}. */
    TOO_MANY_BYTES,
    /** More pixels than {@link PictureLimits#maxPixels}, or a longer side than it may have. */
    TOO_MANY_PIXELS,
    /** More scans than {@link PictureLimits#maxScans}, or too many for so many pixels. */
    TOO_MANY_SCANS
  }
}
