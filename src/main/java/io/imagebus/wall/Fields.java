package io.imagebus.wall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * An object that came from outside, read field by field; each method throws {@link BadField} with
 * the field's path if it is not as it should be.
 */
final class Fields {

  private final String path;
  private final JsonObject json;

  private Fields(String path, JsonObject json) {
    this.path = path;
    this.json = json;
  }

  /** The fields of a whole document; others than the known ones are refused. */
  static Fields of(JsonObject json, Set<String> known) {
    return new Fields("", json).onlyKnown(known);
  }

  private Fields onlyKnown(Set<String> known) {
    for (String name : json.fieldNames()) {
      if (!known.contains(name)) {
        throw bad(name, "is unknown; use " + String.join(", ", new TreeSet<>(known)));
      }
    }
    return this;
  }

  boolean has(String name) {
    return json.getValue(name) != null;
  }

  BadField bad(String name, String rule) {
    return new BadField(path + name, rule);
  }

  /** A text without control characters; the preset if it is absent. */
  String text(String name, String preset, int maxLength) {
    Object value = json.getValue(name, preset);
    if (value instanceof String text
        && text.length() <= maxLength
        && text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    throw bad(name, "is a text of at most " + maxLength + " characters on one line");
  }

  /** A text that is a value with rules of its own, which say themselves what is wrong. */
  <T> T read(String name, Function<String, T> reader) {
    Object value = json.getValue(name, "");
    if (!(value instanceof String text)) {
      throw bad(name, "is a text");
    }
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw bad(name, "is wrong: " + e.getMessage());
    }
  }

  /** One of some texts. */
  String choice(String name, Set<String> choices) {
    if (json.getValue(name) instanceof String text && choices.contains(text)) {
      return text;
    }
    throw bad(name, "is one of " + String.join(", ", new TreeSet<>(choices)));
  }

  /** A whole number that must be there. */
  int number(String name, int min, int max) {
    if (json.getValue(name) instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= min
        && number.intValue() <= max) {
      return number.intValue();
    }
    throw bad(name, "is a whole number from " + min + " to " + max);
  }

  int number(String name, int preset, int min, int max) {
    return has(name) ? number(name, min, max) : preset;
  }

  /** A number with or without a fraction, from 0 on. */
  Optional<Double> measure(String name, double max) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (json.getValue(name) instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() <= max) {
      return Optional.of(number.doubleValue());
    }
    throw bad(name, "is a number from 0 to " + (long) max);
  }

  /** An object in it. */
  Fields object(String name, Set<String> known) {
    if (json.getValue(name) instanceof JsonObject object) {
      return new Fields(path + name + ".", object).onlyKnown(known);
    }
    throw bad(name, "is an object with " + String.join(", ", new TreeSet<>(known)));
  }

  /** A list of objects in it. */
  List<Fields> objects(String name, int min, int max, Set<String> known) {
    if (!(json.getValue(name) instanceof JsonArray array)
        || array.size() < min
        || array.size() > max) {
      throw bad(name, "is a list of " + min + " to " + max + " objects");
    }
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      if (!(array.getValue(i) instanceof JsonObject object)) {
        throw bad(name + "[" + i + "]", "is an object");
      }
      objects.add(new Fields(path + name + "[" + i + "].", object).onlyKnown(known));
    }
    return objects;
  }
}
