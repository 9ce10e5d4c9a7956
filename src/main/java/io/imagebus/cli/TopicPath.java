package io.imagebus.cli;

import io.imagebus.frame.Topic;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** A topic as part of an HTTP path: its slashes stay, everything unusual is escaped. */
final class TopicPath {

  private TopicPath() {}

  static String of(Topic topic) {
    return topic.levels().stream().map(TopicPath::escape).collect(Collectors.joining("/"));
  }

  private static String escape(String level) {
    if (level.equals(".") || level.equals("..")) {
      return level.replace(".", "%2E");
    }
    return URLEncoder.encode(level, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
