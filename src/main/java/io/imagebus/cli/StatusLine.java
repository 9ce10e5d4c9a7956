package io.imagebus.cli;

import java.io.PrintWriter;

/**
 * Standard error of a command that runs: one line that is rewritten on a terminal, and notes that
 * stay. Owned by one event loop.
 */
final class StatusLine {

  private static final String REWRITE = "\r\u001b[K";
  private static final int TERMINAL_SECONDS = 1;
  private static final int OTHER_SECONDS = 5;

  private final PrintWriter err;
  private final boolean isTerminal;
  private boolean isLineOpen;

  StatusLine(PrintWriter err, boolean isTerminal) {
    this.err = err;
    this.isTerminal = isTerminal;
  }

  /** How often the line is to be shown, seconds. */
  int intervalSeconds() {
    return isTerminal ? TERMINAL_SECONDS : OTHER_SECONDS;
  }

  /** Shows how things are now. */
  void show(String line) {
    if (isTerminal) {
      err.print(REWRITE + line);
      isLineOpen = true;
    } else {
      err.println(line);
    }
    err.flush();
  }

  /** Says something that stays. */
  void note(String line) {
    if (isLineOpen) {
      err.print(REWRITE);
      isLineOpen = false;
    }
    err.println(line);
    err.flush();
  }
}
