package io.imagebus.wall;

import io.imagebus.frame.Topic;
import io.vertx.core.json.JsonObject;

/**
 * Somebody wants the screens of a wall to show one topic large for a while.
 *
 * @param seconds 1 to {@link #MAX_SECONDS}
 */
record Showing(WallName wall, Topic topic, int seconds) {

  static final int MAX_SECONDS = 3_600;
  static final int PRESET_SECONDS = 30;

  JsonObject toJson() {
    return new JsonObject()
        .put("wall", wall.text())
        .put("topic", topic.name())
        .put("seconds", seconds);
  }

  static Showing of(JsonObject json) {
    return new Showing(
        new WallName(json.getString("wall")),
        new Topic(json.getString("topic")),
        json.getInteger("seconds"));
  }
}
