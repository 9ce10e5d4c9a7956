package io.imagebus.cli;

import java.util.List;

/** What to say when no node can be reached. */
final class Unreachable {

  private Unreachable() {}

  /** One line; each failure names its server. */
  static String message(List<String> failures) {
    return "cannot connect to "
        + String.join("; ", failures)
        + ". Start a node with 'imagebus node', or name one with --server http://HOST:PORT.";
  }
}
