package io.imagebus.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * One key of the configuration as its record component declares it.
 *
 * @param section the section, kebab-case
 * @param name the key within the section, kebab-case
 * @param component the component that declares it
 */
record KeySpec(String section, String name, RecordComponent component) {

  /** The keys of one section in component order. */
  static List<KeySpec> of(Class<? extends Record> section) {
    return Arrays.stream(section.getRecordComponents())
        .map(
            component ->
                new KeySpec(kebab(section.getSimpleName()), kebab(component.getName()), component))
        .toList();
  }

  private static String kebab(String camel) {
    String lowerFirst = camel.substring(0, 1).toLowerCase(Locale.ROOT) + camel.substring(1);
    return lowerFirst.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  Key key() {
    return Objects.requireNonNull(
        component.getAnnotation(Key.class), () -> component + " has no @Key annotation");
  }

  private Class<?> type() {
    return component.getType();
  }

  /** The key as {@code section.name}, as errors and the command line write it. */
  String path() {
    return section + "." + name;
  }

  String environmentName() {
    return "IMAGEBUS_" + (section + "_" + name).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** The value that a text means; empty when the key does not accept it. */
  Optional<Object> read(String text) {
    Optional<Object> value =
        switch (kind()) {
          case TEXT -> Optional.of(text);
          case FLAG ->
              text.equals("true") || text.equals("false")
                  ? Optional.of(Boolean.valueOf(text))
                  : Optional.empty();
          case CHOICE ->
              choices().stream().filter(choice -> shown(choice).equalsIgnoreCase(text)).findAny();
          case NUMBER, BYTES -> readNumber(text);
        };
    return value.filter(this::accepts);
  }

  private Optional<Object> readNumber(String text) {
    boolean plain = kind() == Kind.BYTES || text.chars().allMatch(Character::isDigit);
    OptionalLong number = plain ? ByteSize.parse(text) : OptionalLong.empty();
    if (number.isEmpty() || number.getAsLong() > max()) {
      return Optional.empty();
    }
    long value = number.getAsLong();
    return Optional.of(type() == int.class ? (Object) Math.toIntExact(value) : (Object) value);
  }

  /** Whether a value of the component's type lies in the range. */
  boolean accepts(Object value) {
    if (value instanceof Number number) {
      return number.longValue() >= key().min() && number.longValue() <= max();
    }
    if (value instanceof String text) {
      return text.isEmpty()
          ? key().emptyAllowed()
          : text.chars().noneMatch(Character::isISOControl) && text.equals(text.strip());
    }
    return true;
  }

  private long max() {
    return type() == int.class ? Math.min(key().max(), Integer.MAX_VALUE) : key().max();
  }

  /** What the key accepts, to follow "use". */
  String allowed() {
    return switch (kind()) {
      case TEXT ->
          key().emptyAllowed() ? "a text on one line, or \"\"" : "a text that is not empty";
      case FLAG -> "true or false";
      case CHOICE -> "one of " + range();
      case NUMBER -> "a whole number" + ofUnit() + " from " + key().min() + " to " + max();
      case BYTES ->
          "a size from " + limit(key().min()) + " to " + limit(max()) + ", such as 65536 or 64KiB";
    };
  }

  /** The values allowed, in short. */
  String range() {
    return switch (kind()) {
      case TEXT -> "text";
      case FLAG -> "true, false";
      case CHOICE -> choices().stream().map(this::shown).collect(Collectors.joining(", "));
      case NUMBER, BYTES -> limit(key().min()) + " to " + limit(max());
    };
  }

  private String limit(long number) {
    return kind() == Kind.BYTES ? ByteSize.format(number) : Long.toString(number);
  }

  private String ofUnit() {
    return unit().isEmpty() ? "" : " of " + unit();
  }

  /** The unit that the name ends in; empty for counts, texts and sizes, which show their own. */
  String unit() {
    if (name.endsWith("-millis")) {
      return "milliseconds";
    }
    if (name.endsWith("-seconds")) {
      return "seconds";
    }
    return "";
  }

  /** The value as the configuration file writes it. */
  String shown(Object value) {
    return switch (kind()) {
      case TEXT -> '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      case FLAG, NUMBER -> value.toString();
      case CHOICE -> value.toString().toLowerCase(Locale.ROOT);
      case BYTES -> ByteSize.format(((Number) value).longValue());
    };
  }

  /** The preset value. */
  Object preset() {
    return read(key().preset())
        .orElseThrow(() -> new IllegalStateException(path() + " refuses its own preset"));
  }

  private List<Object> choices() {
    return Arrays.asList((Object[]) Objects.requireNonNull(type().getEnumConstants()));
  }

  private Kind kind() {
    if (type().isEnum()) {
      return Kind.CHOICE;
    }
    if (type() == boolean.class) {
      return Kind.FLAG;
    }
    if (type() == String.class) {
      return Kind.TEXT;
    }
    return name.endsWith("-bytes") ? Kind.BYTES : Kind.NUMBER;
  }

  private enum Kind {
    TEXT,
    FLAG,
    CHOICE,
    NUMBER,
    BYTES
  }
}
