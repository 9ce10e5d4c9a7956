package io.imagebus.door;

import java.nio.charset.StandardCharsets;

/** Texts that fit in a close frame: at most 123 bytes of UTF-8, RFC 6455 §5.5. */
public final class CloseReason {

  private static final int MAX_BYTES = 123;

  private CloseReason() {}

  /** The longest beginning of the text that fits. */
  public static String fit(String text) {
    int end = text.length();
    while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end);
  }
}
