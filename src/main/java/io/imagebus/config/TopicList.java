package io.imagebus.config;

import io.imagebus.frame.ByTopic;
import io.imagebus.frame.TopicFilter;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Topic filters, comma separated, as settings name them; perhaps each with a value. Stateless. */
final class TopicList {

  private TopicList() {}

  /**
   * Reads {@code site/gate, yard/#}.
   *
   * @throws IllegalArgumentException if one is no filter
   */
  static List<TopicFilter> filters(String text) {
    return words(text).map(TopicFilter::new).toList();
  }

  /**
   * Reads {@code site/gate=60, yard/#=40}.
   *
   * @param allowed whether a value may stand there
   * @throws IllegalArgumentException if one is no filter, or has a value that may not
   */
  static ByTopic<String> values(String text, Predicate<String> allowed) {
    return new ByTopic<>(words(text).map(word -> rule(word, allowed)).toList());
  }

  private static ByTopic.Rule<String> rule(String word, Predicate<String> allowed) {
    int equals = word.indexOf('=');
    String value = word.substring(equals + 1).strip();
    if (equals < 0 || !allowed.test(value)) {
      throw new IllegalArgumentException("'" + word + "' is no topic filter with its value");
    }
    return new ByTopic.Rule<>(new TopicFilter(word.substring(0, equals).strip()), value);
  }

  /** Whether it can be read. */
  static boolean isFilters(String text) {
    try {
      filters(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether it can be read with values. */
  static boolean isValues(String text, Predicate<String> allowed) {
    try {
      values(text, allowed);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Stream<String> words(String text) {
    return text.isBlank() ? Stream.of() : Stream.of(text.split(",", -1)).map(String::strip);
  }
}
