package io.imagebus.bus;

import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import java.util.List;

/**
 * What is repaired between nodes, and what that may cost.
 *
 * @param mustSee topics of which missing chunks are asked for again; the same on every node
 * @param ringBytes chunks that this node keeps to answer from
 * @param bytesPerSecond most that this node sends again
 * @param holdMillis a frame waits no longer than this for an older one
 * @param holdBytes most bytes of one stream that wait
 * @param maxAgeMillis older frames are not handed on and not kept
 */
public record RepairSettings(
    List<TopicFilter> mustSee,
    long ringBytes,
    long bytesPerSecond,
    long holdMillis,
    long holdBytes,
    long maxAgeMillis) {

  /** Nothing is repaired. */
  public static final RepairSettings OFF = new RepairSettings(List.of(), 0, 0, 1, 0, 0);

  /** Copies the list. */
  public RepairSettings {
    mustSee = List.copyOf(mustSee);
  }

  /** Whether gaps of the topic are repaired. */
  boolean wants(Topic topic) {
    for (TopicFilter filter : mustSee) {
      if (filter.matches(topic)) {
        return true;
      }
    }
    return false;
  }

  /** Whether no topic is repaired. */
  boolean isOff() {
    return mustSee.isEmpty();
  }
}
