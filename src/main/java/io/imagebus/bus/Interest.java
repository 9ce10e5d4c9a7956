package io.imagebus.bus;

import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.vertx.core.json.JsonObject;

/** What a stage or a node wants to hear. */
record Interest(TopicFilter filter, Variant variant) {

  /** Whether the stream is one that is meant. */
  boolean wants(StreamInfo info) {
    return variant.equals(info.variant()) && filter.matches(info.topic());
  }

  JsonObject toJson() {
    return new JsonObject().put("filter", filter.text()).put("variant", variant.label());
  }

  static Interest fromJson(JsonObject json) {
    return new Interest(
        new TopicFilter(json.getString("filter")), Variant.parse(json.getString("variant")));
  }
}
