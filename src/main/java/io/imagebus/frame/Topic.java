package io.imagebus.frame;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The name of one source of pictures, such as {@code site/hall-2/gate}: levels split by {@code /}.
 *
 * @param name 1 to 255 bytes of UTF-8, at most 16 levels, none of them empty
 */
public record Topic(String name) implements Comparable<Topic> {

  /** The longest name, in bytes of UTF-8. */
  public static final int MAX_BYTES = 255;

  /** The most levels of a name. */
  public static final int MAX_LEVELS = 16;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException says which rule is broken, in words for the sender
   */
  public Topic {
    checkName(name, "topic");
    if (name.indexOf('+') >= 0 || name.indexOf('#') >= 0) {
      throw new IllegalArgumentException(
          "topic '" + name + "' has a wildcard; + and # are for subscriptions only");
    }
  }

  /** The levels, first to last. */
  public List<String> levels() {
    return split(name);
  }

  @Override
  public int compareTo(Topic other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }

  static List<String> split(String name) {
    return List.of(name.split("/", -1));
  }

  /** The rules that a topic and a filter share. */
  static void checkName(String name, String kind) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(kind + " is empty; write for example site/hall-2/gate");
    }
    checkCharacters(name, kind);
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          kind + " has " + bytes + " bytes; at most " + MAX_BYTES + " are allowed");
    }
    List<String> levels = split(name);
    if (levels.size() > MAX_LEVELS) {
      throw new IllegalArgumentException(
          kind + " has " + levels.size() + " levels; at most " + MAX_LEVELS + " are allowed");
    }
    if (levels.contains("")) {
      throw new IllegalArgumentException(
          kind + " '" + name + "' has an empty level; remove the extra '/'");
    }
  }

  private static void checkCharacters(String name, String kind) {
    for (int i = 0; i < name.length(); ) {
      int codePoint = name.codePointAt(i);
      if (Character.isISOControl(codePoint)) {
        throw new IllegalArgumentException(
            "%s has the control character U+%04X at position %d".formatted(kind, codePoint, i));
      }
      // U+FFFD is what decoders leave in place of invalid UTF-8.
      if (codePoint == 0xFFFD || Character.getType(codePoint) == Character.SURROGATE) {
        throw new IllegalArgumentException(kind + " is not valid UTF-8 at position " + i);
      }
      i += Character.charCount(codePoint);
    }
  }
}
