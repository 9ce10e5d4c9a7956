package io.imagebus.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Gathers lines that arrive in pieces and end with CRLF or LF. Counts the bytes of a section, so
 * that neither a line nor a section grows without bound. Owned by its parser.
 */
final class BoundedLines {
  private final StringBuilder line = new StringBuilder();
  private int sectionBytes;
  private boolean complete;

  /** A section begins with this text already read as the start of its first line. */
  void beginSection(String lineStart) {
    line.setLength(0);
    line.append(lineStart);
    sectionBytes = 0;
  }

  /**
   * Reads up to the end of the line or of the bytes.
   *
   * @return the position after what was read, or -1 if the section would exceed its limit
   */
  int read(byte[] bytes, int from, int maxSectionBytes) {
    int lineEnd = from;
    while (lineEnd < bytes.length && bytes[lineEnd] != '\n') {
      lineEnd++;
    }
    complete = lineEnd < bytes.length;
    int next = complete ? lineEnd + 1 : lineEnd;
    if (next - from > maxSectionBytes - sectionBytes) {
      return -1;
    }
    sectionBytes += next - from;
    line.append(new String(bytes, from, lineEnd - from, StandardCharsets.ISO_8859_1));
    return next;
  }

  /** The line that the last read completed, without its end. */
  Optional<String> take() {
    if (!complete) {
      return Optional.empty();
    }
    complete = false;
    int length = line.length();
    boolean carriageReturn = length > 0 && line.charAt(length - 1) == '\r';
    String read = line.substring(0, carriageReturn ? length - 1 : length);
    line.setLength(0);
    return Optional.of(read);
  }

  int sectionBytes() {
    return sectionBytes;
  }
}
