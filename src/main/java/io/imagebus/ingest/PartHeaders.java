package io.imagebus.ingest;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The header lines of one part that matter here; others are skipped. Owned by its parser. */
final class PartHeaders {
  private static final Pattern BYTE_COUNT = Pattern.compile("[0-9]{1,18}");

  private OptionalLong contentLengthBytes = OptionalLong.empty();
  private OptionalLong captureMicros = OptionalLong.empty();
  private Optional<String> contentType = Optional.empty();

  void add(String line) throws MultipartException {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return;
    }
    String value = line.substring(colon + 1).strip();
    switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
      case "content-length" -> contentLengthBytes = OptionalLong.of(byteCount(value));
      case "content-type" -> contentType = Optional.of(value);
      case "x-timestamp" -> captureMicros = CaptureTime.read(value);
      default -> {}
    }
  }

  OptionalLong contentLengthBytes() {
    return contentLengthBytes;
  }

  /** When the picture was taken, since 1970-01-01 UTC, if the sender says so. */
  OptionalLong captureMicros() {
    return captureMicros;
  }

  Optional<String> contentType() {
    return contentType;
  }

  private static long byteCount(String value) throws MultipartException {
    if (!BYTE_COUNT.matcher(value).matches()) {
      throw new MultipartException(
          "Content-Length '%.40s' of a part is not a number of bytes: send one or leave it out",
          value);
    }
    return Long.parseLong(value);
  }
}
