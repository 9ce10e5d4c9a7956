package io.imagebus.ingest;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The capture time in an {@code X-Timestamp} header: seconds since 1970 UTC, with a fraction. */
final class CaptureTime {

  private static final Pattern SECONDS = Pattern.compile("([0-9]{1,11})(?:\\.([0-9]{0,9}))?");
  private static final long MICROS_PER_SECOND = 1_000_000;

  private CaptureTime() {}

  /**
   * Reads the header of a request.
   *
   * @throws IllegalArgumentException if it is no time
   */
  static long micros(String header) {
    return read(header.strip())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "X-Timestamp is seconds since 1970 UTC with a fraction,"
                        + " such as 1767225600.250000"));
  }

  /** Microseconds; empty for anything that is no time, and for zero. */
  static OptionalLong read(String seconds) {
    Matcher matcher = SECONDS.matcher(seconds);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    String fraction = matcher.group(2) == null ? "" : matcher.group(2);
    String six = (fraction + "000000").substring(0, 6);
    long micros = Long.parseLong(matcher.group(1)) * MICROS_PER_SECOND + Long.parseLong(six);
    return micros == 0 ? OptionalLong.empty() : OptionalLong.of(micros);
  }
}
