package io.imagebus.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a record demands of its components, collected and then enforced at once. */
final class Constraints {

  /**
   * A rule that does not hold.
   *
   * @param path the key to change
   * @param otherPath the key it was compared with; the same key when there is none
   * @param allowed what the key accepts
   */
  record Violation(String path, String otherPath, String allowed) {}

  private final List<Violation> violations = new ArrayList<>();

  /** Starts with no demand. */
  Constraints() {}

  /** Demands what the {@link Key} annotations of a section say, values in component order. */
  Constraints(Class<? extends Record> section, Object... values) {
    List<KeySpec> keys = KeySpec.of(section);
    for (int i = 0; i < values.length; i++) {
      KeySpec key = keys.get(i);
      require(key.path(), key.accepts(Objects.requireNonNull(values[i])), key.allowed());
    }
  }

  Constraints require(String path, boolean holds, String allowed) {
    if (!holds) {
      violations.add(new Violation(path, path, allowed));
    }
    return this;
  }

  Constraints atLeast(String path, long bytes, String otherPath, long otherBytes) {
    if (bytes < otherBytes) {
      add(path, otherPath, "at least ", otherBytes);
    }
    return this;
  }

  Constraints atMost(String path, long bytes, String otherPath, long otherBytes) {
    if (bytes > otherBytes) {
      add(path, otherPath, "at most ", otherBytes);
    }
    return this;
  }

  /** Throws when anything does not hold. */
  void enforce() {
    if (!violations.isEmpty()) {
      throw new InvalidSettingException(violations);
    }
  }

  private void add(String path, String otherPath, String relation, long otherBytes) {
    String allowed = relation + otherPath + " (" + ByteSize.format(otherBytes) + ")";
    violations.add(new Violation(path, otherPath, allowed));
  }
}
