package io.imagebus.client;

import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.VariantWish;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** What a client says, as JSON. */
final class ControlMessages {

  private ControlMessages() {}

  static JsonObject publish(int id, Topic topic, ImageFormat format) {
    return message("publish")
        .put("id", id)
        .put("topic", topic.name())
        .put("contentType", format.contentType());
  }

  static JsonObject heartbeat(StreamId stream, long nextSequence, long skippedTotal) {
    return about(stream, "heartbeat").put("next", nextSequence).put("total", skippedTotal);
  }

  /** Numbers of one frame that the publisher leaves out. */
  static JsonObject skip(StreamId stream, long from, long to, long skippedTotal) {
    return about(stream, "skip")
        .put("from", from)
        .put("to", to)
        .put("frames", 1)
        .put("total", skippedTotal)
        .put("reason", SkipReason.PUBLISHER.label());
  }

  static JsonObject end(StreamId stream, long nextSequence) {
    return about(stream, "end").put("next", nextSequence);
  }

  static JsonObject subscribe(int id, TopicFilter filter, VariantWish wish) {
    JsonObject message =
        message("subscribe").put("id", id).put("topic", filter.text()).put("start", "last");
    return wish.equals(VariantWish.SOURCE) ? message : message.put("variant", variant(wish));
  }

  private static JsonObject variant(VariantWish wish) {
    JsonObject variant = new JsonObject();
    putIfWished(variant, "width", wish.width());
    putIfWished(variant, "height", wish.height());
    putIfWished(variant, "quality", wish.quality());
    putIfWished(variant, "bytes", wish.bytes());
    wish.format()
        .ifPresent(format -> variant.put("format", format.name().toLowerCase(Locale.ROOT)));
    return variant;
  }

  private static void putIfWished(JsonObject variant, String name, int value) {
    if (value > 0) {
      variant.put(name, value);
    }
  }

  static JsonObject unsubscribe(int id) {
    return message("unsubscribe").put("id", id);
  }

  static JsonObject acknowledge(StreamId stream, long frame) {
    return about(stream, "ack").put("frame", frame);
  }

  static JsonObject report(List<JsonObject> streams) {
    return message("report").put("streams", new JsonArray(streams));
  }

  static JsonObject time(long nowMicros) {
    return message("time").put("t0", nowMicros);
  }

  private static JsonObject about(StreamId stream, String type) {
    return message(type).put("stream", stream.toString());
  }

  private static JsonObject message(String type) {
    return new JsonObject().put("type", type);
  }
}
