package io.imagebus.report;

import io.imagebus.door.TopicPath;
import io.imagebus.frame.TopicFilter;
import io.imagebus.sequence.Hop;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link LineFilter} from the query of a URL. Values are percent-encoded; {@code +} is a
 * plus sign and not a space, as topic filters have it. Stateless.
 */
final class LineQuery {

  private static final List<String> NAMES =
      List.of("topic", "node", "hop", "window", "displays", "gaps", "history");

  private LineQuery() {}

  /**
   * Reads the query.
   *
   * @param rawQuery as it came, not decoded; null when there was none
   * @throws IllegalArgumentException says what is wrong and what may be written
   */
  static LineFilter parse(@Nullable String rawQuery) {
    Map<String, String> values = split(rawQuery == null ? "" : rawQuery);
    return new LineFilter(
        Optional.ofNullable(values.get("topic")).map(TopicFilter::new),
        Optional.ofNullable(values.get("node")).map(LineQuery::nodeId),
        oneOf(values, "hop", Hop::of, labels(Hop.values(), Hop::label)),
        oneOf(values, "window", Window::of, labels(Window.values(), Window::label)),
        flag(values, "displays"),
        gaps(values.getOrDefault("gaps", "0")),
        flag(values, "history"));
  }

  private static Map<String, String> split(String rawQuery) {
    Map<String, String> values = new HashMap<>();
    for (String part : rawQuery.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            name + " is not a parameter; there are " + String.join(", ", NAMES));
      }
      String value = equals < 0 ? "" : TopicPath.decode(part.substring(equals + 1));
      if (values.put(name, value) != null) {
        throw new IllegalArgumentException(name + " is given twice; give it once");
      }
    }
    return values;
  }

  private static String nodeId(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "node is empty; write the id of a node as /api/v1/cluster tells it");
    }
    return text;
  }

  private static <T> Optional<T> oneOf(
      Map<String, String> values, String name, Function<String, Optional<T>> reader, String all) {
    String text = values.get(name);
    if (text == null) {
      return Optional.empty();
    }
    Optional<T> value = reader.apply(text);
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + "=" + text + " is not known; write " + all);
    }
    return value;
  }

  private static <T> String labels(T[] values, Function<T, String> label) {
    return Arrays.stream(values).map(label).collect(Collectors.joining(" or "));
  }

  private static boolean flag(Map<String, String> values, String name) {
    String text = values.getOrDefault(name, "false");
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(
          name + "=" + text + " is not understood; write " + name + "=true or leave it out");
    }
    return text.equals("true");
  }

  private static int gaps(String text) {
    String allowed = "write a whole number from 0 to " + LineFilter.MAX_GAPS;
    try {
      int count = Integer.parseInt(text);
      if (count >= 0 && count <= LineFilter.MAX_GAPS) {
        return count;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("gaps=" + text + " is no number; " + allowed, e);
    }
    throw new IllegalArgumentException("gaps=" + text + " is out of range; " + allowed);
  }
}
