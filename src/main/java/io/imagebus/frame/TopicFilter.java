package io.imagebus.frame;

import java.util.List;

/**
 * The topics that a subscriber wants: a topic in which {@code +} stands for one level and a last
 * {@code #} for the rest, as in MQTT 5 §4.7.
 *
 * @param text the filter as written
 */
public record TopicFilter(String text) {

  /**
   * Checks the filter.
   *
   * @throws IllegalArgumentException says which rule is broken, in words for the subscriber
   */
  public TopicFilter {
    Topic.checkName(text, "topic filter");
    List<String> levels = Topic.split(text);
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      if (level.indexOf('+') >= 0 && level.length() > 1) {
        throw new IllegalArgumentException(
            "topic filter '" + text + "': + stands for a whole level, as in site/+/gate");
      }
      if (level.indexOf('#') >= 0 && (level.length() > 1 || i < levels.size() - 1)) {
        throw new IllegalArgumentException(
            "topic filter '" + text + "': # stands alone as the last level, as in site/#");
      }
    }
  }

  /** The filter that matches one topic only. */
  public static TopicFilter of(Topic topic) {
    return new TopicFilter(topic.name());
  }

  /** The levels, first to last, wildcards as they are. */
  public List<String> levels() {
    return Topic.split(text);
  }

  /** Whether a wildcard is in it. */
  public boolean hasWildcard() {
    return text.indexOf('+') >= 0 || text.indexOf('#') >= 0;
  }

  /** Whether the topic is wanted; {@code site/#} wants {@code site} too. */
  public boolean matches(Topic topic) {
    List<String> want = levels();
    List<String> have = topic.levels();
    for (int i = 0; i < want.size(); i++) {
      String level = want.get(i);
      if (level.equals("#")) {
        return true;
      }
      if (i >= have.size() || !(level.equals("+") || level.equals(have.get(i)))) {
        return false;
      }
    }
    return want.size() == have.size();
  }

  @Override
  public String toString() {
    return text;
  }
}
