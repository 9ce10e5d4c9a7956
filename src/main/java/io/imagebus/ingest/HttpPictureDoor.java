package io.imagebus.ingest;

import io.imagebus.bus.LocalBus;
import io.imagebus.door.LimitedBody;
import io.imagebus.door.Problem;
import io.imagebus.door.TopicPath;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.Topic;
import io.imagebus.ingest.PictureFeed.NotTaken;
import io.imagebus.ingest.PictureFeed.Outcome;
import io.imagebus.ingest.PictureFeed.Taken;
import io.imagebus.ingest.PostedPictures.Picture;
import io.imagebus.ingest.PostedPictures.SharedBytes;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.ToIntFunction;

/** {@code POST /api/v1/topics/{topic}/frames}: one picture a request. Owned by one event loop. */
final class HttpPictureDoor {

  static final String PREFIX = "/api/v1/topics/";
  static final String SUFFIX = "/frames";

  /** Also without a topic, to say what is missing. */
  static final String PATH = PREFIX + "(?:.*/)?frames";

  private final StreamDesk desk;
  private final LocalBus bus;
  private final String node;
  private final ToIntFunction<Topic> instanceOf;

  /**
   * A door of one ingest instance.
   *
   * @param instanceOf which instance has a topic's posted pictures
   */
  HttpPictureDoor(StreamDesk desk, LocalBus bus, String node, ToIntFunction<Topic> instanceOf) {
    this.desk = desk;
    this.bus = bus;
    this.node = node;
    this.instanceOf = instanceOf;
  }

  void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    Topic topic;
    long captureMicros;
    try {
      topic = TopicPath.parse(request.path(), PREFIX, SUFFIX);
      String stamp = request.getHeader("X-Timestamp");
      captureMicros = stamp == null ? desk.clock().epochMicros() : CaptureTime.micros(stamp);
    } catch (IllegalArgumentException e) {
      new Problem(400, "bad-request", String.valueOf(e.getMessage())).answer(context);
      return;
    }
    String type = request.getHeader("Content-Type");
    if (type == null || ImageFormat.fromContentType(type).isEmpty()) {
      new Problem(
              415,
              "unsupported-content-type",
              "Content-Type is " + type + "; send image/jpeg, image/png or image/webp")
          .answer(context);
      return;
    }
    collect(context, topic, captureMicros);
  }

  private void collect(RoutingContext context, Topic topic, long captureMicros) {
    int maxBytes = desk.settings().pictures().maxBytes();
    LimitedBody.collect(
        context,
        maxBytes,
        new Problem(
            413, "too-many-bytes", "the picture exceeds " + maxBytes + " bytes (frames.max-bytes)"),
        body -> take(context, topic, captureMicros, body.getBytes()));
  }

  private void take(RoutingContext context, Topic topic, long captureMicros, byte[] picture) {
    Picture posted = new Picture(topic, new SharedBytes(picture), captureMicros);
    bus.<Outcome>request(PostedPictures.address(node, instanceOf.applyAsInt(topic)), posted)
        .onSuccess(outcome -> answer(context, topic, outcome))
        .onFailure(
            e ->
                new Problem(
                        LocalBus.codeOf(e) == 503 ? 503 : 500,
                        "no-stream",
                        String.valueOf(e.getMessage()))
                    .answer(context));
  }

  private static void answer(RoutingContext context, Topic topic, Outcome outcome) {
    if (outcome instanceof NotTaken not) {
      if (not.refusal().status() == 503) {
        context.response().putHeader("Retry-After", "1").putHeader("Connection", "close");
      }
      not.refusal().toProblem().answer(context);
    } else if (outcome instanceof Taken taken) {
      context
          .response()
          .setStatusCode(202)
          .putHeader("Content-Type", "application/json")
          .end(
              new JsonObject()
                  .put("topic", topic.name())
                  .put("stream", taken.stream())
                  .put("frame", taken.frame())
                  .toBuffer());
    }
  }
}
