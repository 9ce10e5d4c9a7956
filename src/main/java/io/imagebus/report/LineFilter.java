package io.imagebus.report;

import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Alarm;
import io.imagebus.sequence.Hop;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Which lines of the account are wanted, and how much of each. It goes with the question to every
 * node, so that only what is wanted travels.
 *
 * @param topic of the line; all topics when empty
 * @param node that keeps the line; all nodes when empty
 * @param hop of the line; all hops when empty
 * @param window the only one that is told beside the counters since the start; both when empty
 * @param displays whether displays are told one by one beside their sum
 * @param gaps how many of the newest gaps of a line are told, 0 to {@link #MAX_GAPS}
 * @param history whether the steps of the last quarter of an hour are told
 */
record LineFilter(
    Optional<TopicFilter> topic,
    Optional<String> node,
    Optional<Hop> hop,
    Optional<Window> window,
    boolean displays,
    int gaps,
    boolean history) {

  /** The most gaps of a line in one answer. */
  static final int MAX_GAPS = AccountLine.MAX_GAPS;

  /** The peer of the line that is the sum of all displays of a node. */
  static final String ALL_DISPLAYS = "displays";

  boolean wants(AccountLine line) {
    return wants(line.topic())
        && node.map(line.node()::equals).orElse(true)
        && hop.map(line.hop()::equals).orElse(true)
        && (displays || !isOneDisplay(line));
  }

  boolean wants(Alarm alarm) {
    return wants(alarm.topic())
        && node.map(alarm.node()::equals).orElse(true)
        && hop.map(alarm.hop()::equals).orElse(true);
  }

  boolean wants(Topic name) {
    return topic.map(filter -> filter.matches(name)).orElse(true);
  }

  boolean wants(Window which) {
    return window.map(which::equals).orElse(true);
  }

  /** Whether the line is of one display, and so is part of another line. */
  static boolean isOneDisplay(AccountLine line) {
    return line.hop() == Hop.DELIVERY_TO_DISPLAY && !line.peer().equals(ALL_DISPLAYS);
  }

  /** As it travels between nodes. */
  JsonObject toJson() {
    JsonObject json =
        new JsonObject().put("displays", displays).put("gaps", gaps).put("history", history);
    topic.ifPresent(filter -> json.put("topic", filter.text()));
    node.ifPresent(id -> json.put("node", id));
    hop.ifPresent(wanted -> json.put("hop", wanted.label()));
    window.ifPresent(wanted -> json.put("window", wanted.label()));
    return json;
  }

  /** What {@link #toJson} wrote; what is absent is not asked for. */
  static LineFilter of(JsonObject json) {
    return new LineFilter(
        Optional.ofNullable(json.getString("topic")).map(TopicFilter::new),
        Optional.ofNullable(json.getString("node")),
        Optional.ofNullable(json.getString("hop")).flatMap(Hop::of),
        Optional.ofNullable(json.getString("window")).flatMap(Window::of),
        json.getBoolean("displays", false),
        json.getInteger("gaps", 0),
        json.getBoolean("history", false));
  }
}
