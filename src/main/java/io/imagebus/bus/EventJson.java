package io.imagebus.bus;

import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.vertx.core.json.JsonObject;

/** The events of a stream, but for its frames, as JSON between nodes. Stateless. */
final class EventJson {

  private EventJson() {}

  /** The body of a link message; stream and skip count are in the envelope. */
  static JsonObject encode(StreamEvent event) {
    if (event instanceof Opened e) {
      JsonObject json =
          new JsonObject().put("opened", encode(e.info())).put("first", e.firstSequence());
      if (e.again()) {
        json.put("again", true);
      }
      EndReason over = e.over();
      return over == null ? json : json.put("over", over.name());
    } else if (event instanceof Skipped e) {
      return new JsonObject()
          .put("skipped", e.reason().name())
          .put("from", e.from())
          .put("to", e.to())
          .put("frames", e.frames());
    } else if (event instanceof Beat e) {
      return new JsonObject()
          .put("beat", e.nextSequence())
          .put("frame", e.lastFrame())
          .put("captured", e.captureMicros());
    } else if (event instanceof Ended e) {
      return new JsonObject().put("ended", e.why().name()).put("next", e.nextSequence());
    }
    throw new IllegalArgumentException("frames travel as chunks");
  }

  /**
   * Reads a body.
   *
   * @throws RuntimeException if it is none that {@link #encode} makes
   */
  static StreamEvent decode(StreamId stream, long skippedTotal, JsonObject body) {
    if (body.containsKey("opened")) {
      String over = body.getString("over");
      return new Opened(
          decodeInfo(body.getJsonObject("opened")),
          body.getLong("first"),
          skippedTotal,
          body.getBoolean("again", false),
          over == null ? null : EndReason.valueOf(over));
    } else if (body.containsKey("skipped")) {
      return new Skipped(
          stream,
          body.getLong("from"),
          body.getLong("to"),
          body.getLong("frames"),
          skippedTotal,
          SkipReason.valueOf(body.getString("skipped")));
    } else if (body.containsKey("beat")) {
      return new Beat(
          stream,
          body.getLong("beat"),
          skippedTotal,
          body.getLong("frame"),
          body.getLong("captured"));
    }
    return new Ended(
        stream, body.getLong("next"), skippedTotal, EndReason.valueOf(body.getString("ended")));
  }

  static JsonObject encode(StreamInfo info) {
    return new JsonObject()
        .put("stream", info.id().toString())
        .put("topic", info.topic().name())
        .put("variant", info.variant().label())
        .put("format", info.format().name())
        .put("source", info.source().toString())
        .put("node", info.node())
        .put("generation", info.generation());
  }

  static StreamInfo decodeInfo(JsonObject json) {
    return new StreamInfo(
        StreamId.parse(json.getString("stream")),
        new Topic(json.getString("topic")),
        Variant.parse(json.getString("variant")),
        ImageFormat.valueOf(json.getString("format")),
        StreamId.parse(json.getString("source")),
        json.getString("node"),
        json.getLong("generation"));
  }
}
