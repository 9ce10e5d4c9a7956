package io.imagebus.delivery;

import io.imagebus.bus.TopicKey;
import io.imagebus.door.Problem;
import io.imagebus.door.SocketUpgrade;
import io.imagebus.door.SocketWriter;
import io.imagebus.door.TopicPath;
import io.imagebus.flow.FrameRate;
import io.imagebus.frame.Topic;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The doors through which pictures leave without control messages. Owned by one event loop. */
final class HttpDoors {

  private static final String TOPICS = "/api/v1/topics/";
  private static final String SNAPSHOT = "/snapshot.jpg";
  private static final String MJPEG = "/stream.mjpeg";
  private static final String SUBSCRIBE = "/ws/subscribe/";

  private final Floor floor;

  HttpDoors(Floor floor) {
    this.floor = floor;
  }

  void mount(Router router) {
    router
        .getWithRegex(TOPICS + ".+/snapshot\\.jpg")
        .handler(request -> serve(request, TOPICS, SNAPSHOT, this::snapshot));
    router
        .getWithRegex(TOPICS + ".+/stream\\.mjpeg")
        .handler(request -> serve(request, TOPICS, MJPEG, this::mjpeg));
    router
        .getWithRegex(SUBSCRIBE + ".+")
        .handler(request -> serve(request, SUBSCRIBE, "", this::pictures));
  }

  private interface Door {
    void open(RoutingContext request, Topic topic);
  }

  private void serve(RoutingContext request, String prefix, String suffix, Door door) {
    Topic topic;
    try {
      topic = TopicPath.parse(request.request().path(), prefix, suffix);
    } catch (IllegalArgumentException e) {
      new Problem(400, "bad-topic", String.valueOf(e.getMessage())).answer(request);
      return;
    }
    try {
      door.open(request, topic);
    } catch (VariantRequest.Unsupported e) {
      new Problem(400, "unsupported-variant", String.valueOf(e.getMessage())).answer(request);
    } catch (IllegalArgumentException e) {
      new Problem(400, "bad-query", String.valueOf(e.getMessage())).answer(request);
    }
  }

  private void snapshot(RoutingContext request, Topic topic) {
    TopicKey wanted = wanted(topic, VariantRequest.of(request.queryParams()));
    String maxAge = request.queryParams().get("max_age");
    double maxAgeSeconds =
        maxAge == null ? Double.POSITIVE_INFINITY : QueryNumber.of("max_age", maxAge);
    new SnapshotRequest(floor, request, wanted, maxAgeSeconds).open();
  }

  private TopicKey wanted(Topic topic, VariantRequest asked) {
    return new TopicKey(topic, floor.settings().ladder().rungOf(asked.wish()));
  }

  private void mjpeg(RoutingContext request, Topic topic) {
    VariantRequest asked = VariantRequest.of(request.queryParams());
    if (!isFull(request)) {
      new MjpegOutlet(floor, request, wanted(topic, asked), asked.rate()).open();
    }
  }

  private void pictures(RoutingContext request, Topic topic) {
    VariantRequest asked = VariantRequest.of(request.queryParams());
    if (!isFull(request)) {
      SocketUpgrade.upgrade(request)
          .onSuccess(socket -> show(socket, wanted(topic, asked), asked.rate()));
    }
  }

  private void show(ServerWebSocket socket, TopicKey wanted, FrameRate rate) {
    DeliverySettings settings = floor.settings();
    PictureOutlet outlet =
        new PictureOutlet(
            floor,
            String.valueOf(socket.remoteAddress()),
            wanted,
            SocketWriter.of(socket, settings.sendBufferBytes(), settings.unsentBytes()),
            rate);
    socket.closeHandler(
        gone -> {
          floor.outlets().remove(outlet);
          outlet.close();
        });
    outlet.open();
  }

  private boolean isFull(RoutingContext request) {
    if (!floor.outlets().isFull()) {
      return false;
    }
    request.response().putHeader("Retry-After", "5");
    new Problem(503, "too-many-displays", "this node is full; try another").answer(request);
    return true;
  }
}
