package io.imagebus.ingest;

import java.util.Locale;
import java.util.Optional;

/** Finds the boundary parameter of a multipart media type (RFC 2046, 5.1.1), leniently. */
final class BoundaryParameter {
  static final int MAX_CHARACTERS = 200;
  private static final String NAME = "boundary";

  private final String contentType;
  private int at;

  private BoundaryParameter(String contentType) {
    this.contentType = contentType;
  }

  static Optional<String> of(String contentType) {
    if (!contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      return Optional.empty();
    }
    return new BoundaryParameter(contentType).find().filter(BoundaryParameter::isUsable);
  }

  /** True if lines can be told apart by it: some visible characters, not too many. */
  static boolean isUsable(String boundary) {
    return !boundary.isBlank()
        && boundary.length() <= MAX_CHARACTERS
        && boundary.chars().allMatch(c -> c >= ' ' && c < 0x7F);
  }

  private Optional<String> find() {
    skipPast(';');
    while (at < contentType.length()) {
      int nameStart = at;
      while (at < contentType.length() && "=;".indexOf(contentType.charAt(at)) < 0) {
        at++;
      }
      String name = contentType.substring(nameStart, at).strip();
      String value = at < contentType.length() && contentType.charAt(at) == '=' ? value() : "";
      if (name.equalsIgnoreCase(NAME)) {
        return Optional.of(value);
      }
      skipPast(';');
    }
    return Optional.empty();
  }

  private String value() {
    at++;
    while (at < contentType.length() && contentType.charAt(at) == ' ') {
      at++;
    }
    if (at < contentType.length() && contentType.charAt(at) == '"') {
      return quoted();
    }
    int end = contentType.indexOf(';', at);
    int start = at;
    at = end < 0 ? contentType.length() : end;
    return contentType.substring(start, at).strip();
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < contentType.length() && contentType.charAt(at) != '"'; at++) {
      if (contentType.charAt(at) == '\\' && at + 1 < contentType.length()) {
        at++;
      }
      value.append(contentType.charAt(at));
    }
    return value.toString();
  }

  private void skipPast(char separator) {
    int found = contentType.indexOf(separator, at);
    at = found < 0 ? contentType.length() : found + 1;
  }
}
