package io.imagebus.report;

import java.util.Arrays;
import java.util.Optional;

/** A span of time that reliability is told of. */
enum Window {
  /** The last minute. */
  MINUTE("1m"),
  /** The last quarter of an hour. */
  QUARTER_HOUR("15m"),
  /** Since the line began; every answer has it. */
  START("start");

  private final String label;

  Window(String label) {
    this.label = label;
  }

  /** The window as it is written in the API. */
  String label() {
    return label;
  }

  static Optional<Window> of(String label) {
    return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
  }
}
