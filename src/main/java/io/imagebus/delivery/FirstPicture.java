package io.imagebus.delivery;

import io.imagebus.door.Problem;
import io.imagebus.frame.Topic;

/** How long a request waits for a topic's first picture, and what it hears if none came. */
final class FirstPicture {

  static final long WAIT_MILLIS = 1000;

  private FirstPicture() {}

  static Problem missing(Topic topic, boolean isPublished) {
    if (isPublished) {
      return new Problem(
          503, "no-picture-yet", "topic '" + topic + "' is published but has no picture yet");
    }
    return new Problem(
        404,
        "unknown-topic",
        "nobody publishes topic '" + topic + "'; GET /api/v1/topics lists those that are there");
  }
}
