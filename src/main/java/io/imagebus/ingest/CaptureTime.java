package io.imagebus.ingest;

import java.math.BigDecimal;

/** The capture time in an {@code X-Timestamp} header. */
final class CaptureTime {

  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

  private CaptureTime() {}

  /**
   * Reads seconds since 1970 UTC, with a fraction.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static long micros(String header) {
    try {
      if (header.length() <= 32) {
        long micros = new BigDecimal(header.strip()).multiply(MICROS).longValue();
        if (micros > 0) {
          return micros;
        }
      }
    } catch (NumberFormatException e) {
      // Said below, with the header's form.
    }
    throw new IllegalArgumentException(
        "X-Timestamp is seconds since 1970 UTC with a fraction, such as 1767225600.250000");
  }
}
