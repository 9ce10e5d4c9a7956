package io.imagebus.ingest;

import java.nio.charset.StandardCharsets;

/**
 * Finds a line feed followed by a delimiter in bytes that come in pieces. The delimiter itself
 * holds no line feed, so a failed match can only begin anew at a line feed, and no byte is looked
 * at twice. Owned by its parser.
 */
final class BoundarySearch {
  private final byte[] pattern;
  private int matched;

  BoundarySearch(String delimiter) {
    pattern = ("\n" + delimiter).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Begins where a line feed has just been read. */
  void beginAfterLineFeed() {
    matched = 1;
  }

  /** The position after the match that ends in these bytes, or -1 if none does. */
  int endOfMatch(byte[] bytes, int from) {
    for (int at = from; at < bytes.length; at++) {
      byte value = bytes[at];
      if (value == pattern[matched]) {
        matched++;
      } else {
        matched = value == '\n' ? 1 : 0;
      }
      if (matched == pattern.length) {
        matched = 0;
        return at + 1;
      }
    }
    return -1;
  }

  int patternBytes() {
    return pattern.length;
  }
}
