package io.imagebus.config;

import java.util.List;
import java.util.stream.Collectors;

/** Values that a record of the settings does not accept. */
public final class InvalidSettingException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<Constraints.Violation> violations;

  InvalidSettingException(List<Constraints.Violation> violations) {
    super(
        violations.stream()
            .map(violation -> violation.path() + ": use " + violation.allowed())
            .collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  List<Constraints.Violation> violations() {
    return violations;
  }
}
