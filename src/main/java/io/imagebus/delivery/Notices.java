package io.imagebus.delivery;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What a display is told, as JSON. The frequent ones are put together by hand. */
final class Notices {

  private Notices() {}

  /** {@code stream}: what the chunks of a stream id are. */
  static String stream(Track track, List<Long> subscriptions) {
    StreamInfo info = track.info();
    return new JsonObject()
        .put("type", "stream")
        .put("ids", new JsonArray(subscriptions))
        .put("stream", track.hex())
        .put("topic", info.topic().name())
        .put("variant", info.variant().label())
        .put("contentType", info.format().contentType())
        .put("source", info.source().toString())
        .put("first", track.next())
        .put("total", track.skippedTotal())
        .put("node", info.node())
        .encode();
  }

  /** {@code variant}: what comes of a subscription from now on, because of the display's link. */
  static String variant(Subscription subscription) {
    return new JsonObject()
        .put("type", "variant")
        .put("id", subscription.id())
        .put("variant", subscription.variant().label())
        .put("asked", subscription.asked().label())
        .encode();
  }

  /** {@code skip}: numbers that will not come; the total includes them. */
  static String skip(Track track, SkipRun run) {
    return "{\"type\":\"skip\",\"stream\":\""
        + track.hex()
        + "\",\"from\":"
        + run.from()
        + ",\"to\":"
        + run.to()
        + ",\"frames\":"
        + run.frames()
        + ",\"total\":"
        + (track.skippedTotal() + run.numbers())
        + ",\"reason\":\""
        + run.reason().label()
        + "\"}";
  }

  /** {@code ended}: nothing more comes; the picture stays. */
  static String ended(Track track, EndReason why) {
    return new JsonObject()
        .put("type", "ended")
        .put("stream", track.hex())
        .put("next", track.next())
        .put("total", track.skippedTotal())
        .put("why", why.label())
        .encode();
  }

  /** One stream's entry of a {@code heartbeat}. */
  static void beat(StringBuilder text, Track track, StreamRoom room, Freshness.State state) {
    text.append("{\"stream\":\"")
        .append(track.hex())
        .append("\",\"next\":")
        .append(track.next())
        .append(",\"total\":")
        .append(track.skippedTotal())
        .append(",\"frame\":")
        .append(room.newestFrame())
        .append(",\"state\":\"")
        .append(state.label())
        .append("\",\"captured\":")
        .append(room.newestCaptureMicros())
        .append('}');
  }
}
