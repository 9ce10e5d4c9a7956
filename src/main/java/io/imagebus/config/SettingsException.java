package io.imagebus.config;

import java.util.List;

/** Everything that is wrong with a configuration, one line for each problem. */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  SettingsException(List<String> problems) {
    super(
        (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
            + " in the configuration:\n  "
            + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems in the order of the sources, one line each. */
  public List<String> problems() {
    return problems;
  }
}
