package io.imagebus.delivery;

import io.imagebus.door.Problem;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;

/** How long a request waits for a topic's first picture, and what it hears if none came. */
final class FirstPicture {

  private static final long WAIT_MILLIS = 1_000;

  /** A variant has to be asked for at another node, perhaps, and made. */
  private static final long VARIANT_WAIT_MILLIS = 4_000;

  private FirstPicture() {}

  static long waitMillis(Variant variant) {
    return variant.isSource() ? WAIT_MILLIS : VARIANT_WAIT_MILLIS;
  }

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
