package io.imagebus.ingest;

import java.util.Locale;

/** A multipart body that cannot be read on. The message tells the sender what to change. */
public final class MultipartException extends Exception {
  private static final long serialVersionUID = 1L;

  MultipartException(String message, Object... figures) {
    super(String.format(Locale.ROOT, message, figures));
  }

  /**
   * @param strayLine a line of the body that looks like another boundary, or nothing
   */
  static MultipartException noBoundary(String boundary, int searchedBytes, String strayLine) {
    String hint = strayLine.isEmpty() ? "" : " (it has a line '%.80s')".formatted(strayLine);
    return new MultipartException(
        "no boundary '--%s' in the first %,d bytes of the body%s:"
            + " send Content-Type: multipart/x-mixed-replace; boundary=… as the body has it",
        boundary, searchedBytes, hint.replaceAll("[^ -~]", "?"));
  }

  static MultipartException noBoundaryAfterPicture(Delimiter delimiter, PartHeaders headers) {
    String length =
        headers.contentLengthBytes().isPresent()
            ? String.format(
                Locale.ROOT, " of Content-Length %,d", headers.contentLengthBytes().getAsLong())
            : "";
    return new MultipartException(
        "no boundary '%s' after a picture%s: send the exact Content-Length or none",
        delimiter.text(), length);
  }

  static MultipartException headersTooLong(int maxBytes) {
    return new MultipartException(
        "the headers of a part exceed %,d bytes: end them with an empty line", maxBytes);
  }

  static MultipartException headersCutShort() {
    return new MultipartException("the body ends within the headers of a part: send whole parts");
  }

  static MultipartException pictureCutShort(int hadBytes, int expectedBytes) {
    return new MultipartException(
        "the body ends %,d bytes into a picture of %,d: send whole pictures",
        hadBytes, expectedBytes);
  }

  /**
   * @param atLeastBytes what is known of the picture's length
   */
  static MultipartException pictureTooLarge(long atLeastBytes, int maxBytes) {
    return new MultipartException(
        "a picture of %,d bytes or more; the limit is %,d (frames.max-bytes):"
            + " send smaller pictures or a lower quality",
        atLeastBytes, maxBytes);
  }
}
