package io.imagebus.ingest;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.door.Problem;
import io.imagebus.door.TopicPath;
import io.imagebus.frame.Topic;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code POST /api/v1/topics/{topic}/stream}: an endless {@code multipart/x-mixed-replace} body,
 * one picture a part. Owned by one event loop.
 */
final class HttpStreamDoor {

  static final String SUFFIX = "/stream";

  /** Also without a topic, to say what is missing. */
  static final String PATH = HttpPictureDoor.PREFIX + "(?:.*/)?stream";

  private final StreamDesk desk;
  private final Set<Session> sessions = new HashSet<>();

  HttpStreamDoor(StreamDesk desk) {
    this.desk = desk;
  }

  void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    Topic topic;
    try {
      topic = TopicPath.parse(request.path(), HttpPictureDoor.PREFIX, SUFFIX);
    } catch (IllegalArgumentException e) {
      new Problem(400, "bad-request", String.valueOf(e.getMessage())).answer(context);
      return;
    }
    String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
    if (!type.isBlank() && !type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      context.response().putHeader("Connection", "close");
      new Problem(
              415,
              "unsupported-content-type",
              "Content-Type is '"
                  + type
                  + "'; send multipart/x-mixed-replace; boundary=NAME, or none as ffmpeg -f mpjpeg"
                  + " does")
          .answer(context);
      return;
    }
    new Session(context, topic, MultipartPictures.boundaryOf(type)).start();
  }

  /** Ends each body after its next whole picture, so that the publisher begins anew elsewhere. */
  void drain() {
    sessions.forEach(session -> session.draining = true);
  }

  /** One publisher's connection. */
  private final class Session {
    private final RoutingContext context;
    private final PictureFeed feed;
    private final PictureQueue queue;
    private final MultipartBody parts;
    private boolean pictureCame;
    private boolean draining;
    private boolean over;

    Session(RoutingContext context, Topic topic, Optional<String> boundary) {
      this.context = context;
      this.feed = new PictureFeed(desk, topic, this::onReplaced);
      HttpServerRequest request = context.request();
      PictureQueue.Source source =
          new PictureQueue.Source() {
            @Override
            public void pause() {
              if (!request.isEnded()) {
                request.pause();
              }
            }

            @Override
            public void resume() {
              if (!request.isEnded()) {
                request.resume();
              }
            }
          };
      this.queue =
          new PictureQueue(
              feed::take,
              source,
              refused -> {},
              failure -> fail(503, "no-stream", String.valueOf(failure.getMessage())));
      this.parts = new MultipartBody(boundary, desk.settings().pictures().maxBytes(), this::onPart);
    }

    private void onPart(Part part) {
      pictureCame = true;
      queue.add(part.body().getBytes(), part.captureMicros().orElse(desk.clock().epochMicros()));
    }

    void start() {
      sessions.add(this);
      HttpServerRequest request = context.request();
      request.exceptionHandler(e -> finish(EndReason.PUBLISHER_GONE));
      context.response().closeHandler(closed -> finish(EndReason.PUBLISHER_GONE));
      request.handler(this::onData);
      request.endHandler(end -> onEnd());
      request.resume();
    }

    private void onData(Buffer data) {
      if (over) {
        return;
      }
      pictureCame = false;
      try {
        parts.feed(data);
        if (draining && pictureCame) {
          leave();
        }
      } catch (MultipartException e) {
        fail(400, "bad-multipart", String.valueOf(e.getMessage()));
      }
    }

    private void onEnd() {
      if (over) {
        return;
      }
      try {
        parts.end();
      } catch (MultipartException e) {
        fail(400, "bad-multipart", String.valueOf(e.getMessage()));
        return;
      }
      queue.finish(this::onTaken);
    }

    private void onTaken() {
      if (over) {
        return;
      }
      finish(EndReason.PUBLISHER_GONE);
      context
          .response()
          .putHeader("Content-Type", "application/json")
          .end(
              new JsonObject()
                  .put("topic", feed.topic().name())
                  .put("frames", queue.taken())
                  .put("refused", queue.refusals())
                  .toBuffer());
    }

    private void leave() {
      context.request().handler(null).endHandler(null);
      context.response().putHeader("Retry-After", "1");
      Refusal refusal = Refusal.draining();
      queue.finish(() -> fail(refusal.status(), refusal.code(), refusal.message()));
    }

    private void onReplaced() {
      fail(409, "replaced", "a newer publisher has taken topic " + feed.topic() + " over");
    }

    private void fail(int status, String code, String detail) {
      if (!over) {
        finish(EndReason.PUBLISHER_GONE);
        context.response().putHeader("Connection", "close");
        new Problem(status, code, detail).answer(context);
        context.request().connection().close();
      }
    }

    private void finish(EndReason why) {
      if (!over) {
        over = true;
        sessions.remove(this);
        feed.end(why);
      }
    }
  }
}
