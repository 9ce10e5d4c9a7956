package io.imagebus.config;

import io.imagebus.config.Constraints.Violation;
import io.imagebus.config.Schema.SectionSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values that the sources give, later ones on top, and everything that is wrong with them.
 * Owned by one load. Not thread-safe.
 */
final class SettingsDraft {

  private static final int LONGEST_SHOWN_VALUE = 80;

  /**
   * One value as a source gives it.
   *
   * @param text the value as written
   * @param value what it means
   * @param source where it is written
   */
  private record Given(String text, Object value, String source) {}

  private final Map<String, Given> givenByPath = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** Keys for which something was refused; rules that involve them are not judged. */
  private final Set<String> refused = new HashSet<>();

  void give(KeySpec key, String text, String source) {
    key.read(text)
        .ifPresentOrElse(
            value -> givenByPath.put(key.path(), new Given(text, value, source)),
            () -> {
              refused.add(key.path());
              addRefused(key.path(), text, source, key.allowed());
            });
  }

  void addProblem(String source, String what) {
    problems.add(source + ": " + what);
  }

  void addUnknown(String source, String name, Optional<String> nearest) {
    String hint =
        nearest
            .map(known -> "did you mean " + known + "?")
            .orElse("delete it; check-config --sample lists all keys");
    addProblem(source, name + ": unknown key; " + hint);
  }

  /** The settings; throws with every problem there is. */
  Settings finish() {
    List<Record> sections = Schema.SETTINGS.sections().stream().map(this::section).toList();
    Optional<Settings> settings = build(Settings.class, sections);
    settings.map(Settings::cluster).ifPresent(this::checkFileExists);
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return settings.orElseThrow();
  }

  private void checkFileExists(Cluster cluster) {
    if (cluster.enabled()
        && cluster.builtInResource().isEmpty()
        && !Files.isReadable(Path.of(cluster.config()))) {
      addRefused("cluster.config", "local, compose, kubernetes or the path of a readable file");
    }
  }

  private Record section(SectionSpec section) {
    List<Object> values = section.keys().stream().map(this::value).toList();
    Optional<? extends Record> built = build(section.type(), values);
    if (built.isPresent()) {
      return built.get();
    }
    section.keys().forEach(key -> refused.add(key.path()));
    return Records.create(section.type(), section.keys().stream().map(KeySpec::preset).toList());
  }

  private Object value(KeySpec key) {
    Given given = givenByPath.get(key.path());
    return given == null ? key.preset() : given.value();
  }

  private <R extends Record> Optional<R> build(Class<R> type, List<?> values) {
    try {
      return Optional.of(Records.create(type, values));
    } catch (InvalidSettingException e) {
      e.violations().forEach(this::addViolation);
      return Optional.empty();
    }
  }

  private void addViolation(Violation violation) {
    if (!refused.contains(violation.path()) && !refused.contains(violation.otherPath())) {
      addRefused(violation.path(), violation.allowed());
    }
  }

  private void addRefused(String path, String allowed) {
    Given given = givenByPath.get(path);
    if (given == null) {
      String preset = Schema.SETTINGS.key(path).orElseThrow().key().preset();
      addRefused(path, preset, "built-in default", allowed);
    } else {
      addRefused(path, given.text(), given.source(), allowed);
    }
  }

  private void addRefused(String path, String text, String source, String allowed) {
    String shown = text.replaceAll("\\p{Cntrl}", " ");
    if (shown.length() > LONGEST_SHOWN_VALUE) {
      shown = shown.substring(0, LONGEST_SHOWN_VALUE) + "…";
    }
    addProblem(source, path + ": '" + shown + "' is not allowed; use " + allowed);
  }
}
