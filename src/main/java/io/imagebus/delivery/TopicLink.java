package io.imagebus.delivery;

import io.imagebus.door.Problem;
import io.imagebus.door.TopicPath;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /topic/{topic}}, an address that a person can write: leads to the page of that camera. The
 * page finds what it needs beside itself, so it has one address for all topics. Stateless.
 */
final class TopicLink {

  private static final String PREFIX = "/topic/";

  private TopicLink() {}

  static void mount(Router router) {
    router.getWithRegex(PREFIX + ".+").handler(TopicLink::lead);
  }

  private static void lead(RoutingContext request) {
    String path = request.request().path();
    try {
      TopicPath.parse(path, PREFIX, "");
    } catch (IllegalArgumentException e) {
      new Problem(400, "bad-topic", String.valueOf(e.getMessage())).answer(request);
      return;
    }
    request.response().setStatusCode(302).putHeader("Location", location(path)).end();
  }

  /** Relative, as the node may be behind a proxy that serves it under another path. */
  private static String location(String path) {
    String topic = path.substring(PREFIX.length());
    String up = "../".repeat((int) topic.chars().filter(c -> c == '/').count() + 1);
    return up + "topic?name=" + topic.replace("+", "%2B").replace("&", "%26");
  }
}
