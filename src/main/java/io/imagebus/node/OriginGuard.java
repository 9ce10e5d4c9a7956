package io.imagebus.node;

import io.imagebus.config.Http;
import io.imagebus.door.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * A browser lets a page read answers of another origin if they say so, and keeps it from sending
 * most other requests unless it was allowed to beforehand, which never happens here: pages publish
 * over WebSocket. Sockets a browser opens to everywhere and only says where the page came from; so
 * these must be refused here.
 */
/**
 * Decides which pages from elsewhere may use this node. Requests that do not come from a page pass.
 * Owned by one event loop.
 */
final class OriginGuard {

  /** What the embeddable client reads of answers, besides the picture. */
  private static final String EXPOSED = "Age, ETag, X-Timestamp, X-Imagebus-State";

  private final boolean everybody;
  private final Set<String> allowed;

  OriginGuard(Http settings) {
    everybody = settings.allowsEveryOrigin();
    allowed = everybody ? Set.of() : Set.copyOf(settings.originList());
  }

  void mount(Router router) {
    router.route().handler(this::check);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    String origin = request.getHeader("Origin");
    boolean socket = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    boolean welcome = origin == null || everybody || allowed.contains(origin);
    if (socket && !welcome && !isOwn(origin, request.getHeader("Host"))) {
      new Problem(
              403, "foreign-origin", "http.allowed-origins of this node does not name " + origin)
          .answer(context);
      return;
    }
    if (origin != null && !socket && welcome && isReading(request.method())) {
      context
          .response()
          .putHeader("Access-Control-Allow-Origin", everybody ? "*" : origin)
          .putHeader("Access-Control-Expose-Headers", EXPOSED)
          .putHeader("Vary", "Origin");
    }
    context.next();
  }

  private static boolean isReading(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private static boolean isOwn(@Nullable String origin, @Nullable String host) {
    return origin != null && host != null && host.equalsIgnoreCase(authorityOf(origin));
  }

  private static @Nullable String authorityOf(String origin) {
    try {
      return URI.create(origin).getRawAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
