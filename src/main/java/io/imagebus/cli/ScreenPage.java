package io.imagebus.cli;

import java.io.PrintWriter;
import java.util.List;

/**
 * A page of lines on standard output that is shown again and again: in place of the last one on a
 * terminal, below it elsewhere. Owned by one event loop.
 */
final class ScreenPage {

  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_SCREEN = "\u001b[2J";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final boolean isInPlace;
  private boolean isFirst = true;

  ScreenPage(PrintWriter out, boolean isInPlace) {
    this.out = out;
    this.isInPlace = isInPlace;
  }

  void show(List<String> lines) {
    if (isInPlace) {
      out.print(isFirst ? CLEAR_SCREEN + HOME : HOME);
      lines.forEach(line -> out.println(line + CLEAR_LINE));
      out.print(CLEAR_BELOW);
    } else {
      lines.forEach(out::println);
    }
    isFirst = false;
    out.flush();
  }
}
