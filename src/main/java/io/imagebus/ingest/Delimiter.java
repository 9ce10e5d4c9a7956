package io.imagebus.ingest;

import java.util.List;
import java.util.Optional;

/** What separates parts on the wire. */
record Delimiter(String text) {

  /** What a line is to a parser that looks for boundaries. */
  enum Line {
    /** A part follows. */
    PART,
    /** The body is over. */
    CLOSE,
    /** Something else. */
    OTHER
  }

  /**
   * The delimiter that this line shows in use. By the book it is the parameter behind two hyphens;
   * many cameras put the hyphens into the parameter already.
   */
  static Optional<Delimiter> inUse(String boundary, String line) {
    List<Delimiter> known = List.of(new Delimiter("--" + boundary), new Delimiter(boundary));
    return known.stream()
        .filter(d -> d.text.startsWith("--") && d.kindOf(line) != Line.OTHER)
        .findFirst();
  }

  Line kindOf(String line) {
    if (!line.startsWith(text)) {
      return Line.OTHER;
    }
    String rest = line.substring(text.length()).strip();
    if (rest.isEmpty()) {
      return Line.PART;
    }
    return rest.startsWith("--") ? Line.CLOSE : Line.OTHER;
  }
}
