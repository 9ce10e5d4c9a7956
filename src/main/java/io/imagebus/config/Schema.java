package io.imagebus.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The sections and keys of {@link Settings}, read from its records: there is no other list. */
final class Schema {

  /**
   * One section.
   *
   * @param component the component of {@link Settings} that holds it
   * @param type its record
   * @param keys its keys in component order
   */
  record SectionSpec(RecordComponent component, Class<? extends Record> type, List<KeySpec> keys) {

    String name() {
      return component.getName();
    }

    String doc() {
      return Objects.requireNonNull(
              type.getAnnotation(Section.class), () -> type + " has no @Section annotation")
          .value();
    }
  }

  static final Schema SETTINGS = new Schema();

  private final List<SectionSpec> sections =
      Arrays.stream(Settings.class.getRecordComponents()).map(Schema::section).toList();

  private final Map<String, KeySpec> keysByPath =
      keys().stream().collect(Collectors.toUnmodifiableMap(KeySpec::path, Function.identity()));

  private Schema() {}

  private static SectionSpec section(RecordComponent component) {
    Class<? extends Record> type = component.getType().asSubclass(Record.class);
    return new SectionSpec(component, type, KeySpec.of(type));
  }

  List<SectionSpec> sections() {
    return sections;
  }

  List<KeySpec> keys() {
    return sections.stream().flatMap(section -> section.keys().stream()).toList();
  }

  Optional<KeySpec> key(String path) {
    return Optional.ofNullable(keysByPath.get(path));
  }

  boolean hasSection(String name) {
    return sections.stream().anyMatch(section -> section.name().equals(name));
  }
}
