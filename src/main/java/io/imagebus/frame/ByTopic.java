package io.imagebus.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Values for the topics that filters name; of several filters that match, the first one's holds.
 * Immutable.
 *
 * @param rules in order
 */
public record ByTopic<T>(List<Rule<T>> rules) {

  /** A value for the topics of one filter. */
  public record Rule<T>(TopicFilter filter, T value) {}

  /** Copies the list. */
  public ByTopic {
    rules = List.copyOf(rules);
  }

  /** No value for any topic. */
  public static <T> ByTopic<T> none() {
    return new ByTopic<>(List.of());
  }

  /** The same rules with other values. */
  public <R> ByTopic<R> map(Function<? super T, ? extends R> change) {
    List<Rule<R>> changed = new ArrayList<>();
    rules.forEach(rule -> changed.add(new Rule<>(rule.filter(), change.apply(rule.value()))));
    return new ByTopic<>(changed);
  }

  /** The value of a topic, if a filter matches. */
  public Optional<T> of(Topic topic) {
    return rules.stream().filter(rule -> rule.filter().matches(topic)).map(Rule::value).findFirst();
  }
}
