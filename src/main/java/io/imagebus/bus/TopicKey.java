package io.imagebus.bus;

import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;

/** What has one stream at a time. */
public record TopicKey(Topic topic, Variant variant) {

  /** Where a stream is published. */
  public static TopicKey of(StreamInfo info) {
    return new TopicKey(info.topic(), info.variant());
  }
}
