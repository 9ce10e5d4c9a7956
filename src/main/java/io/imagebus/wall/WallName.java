package io.imagebus.wall;

import java.util.regex.Pattern;

/**
 * The name of a wall: part of addresses and of file names, hence its few characters.
 *
 * @param text 1 to 64 of a–z, 0–9, {@code .}, {@code _} and {@code -}, with a letter or digit at
 *     both ends
 */
record WallName(String text) implements Comparable<WallName> {

  static final int MAX_LENGTH = 64;

  private static final Pattern SYNTAX = Pattern.compile("[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException says what a name may be
   */
  WallName {
    if (text.length() > MAX_LENGTH || !SYNTAX.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a wall's name has 1 to 64 of a-z, 0-9, '.', '_' and '-', and begins and ends with a"
              + " letter or digit, such as control-room");
    }
  }

  /** The name under which a version that lost a conflict is kept; the same on every node. */
  WallName ofConflict(LayoutVersion loser) {
    String suffix = ".conflict-" + loser.tag();
    return new WallName(
        text.substring(0, Math.min(text.length(), MAX_LENGTH - suffix.length())) + suffix);
  }

  @Override
  public int compareTo(WallName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
