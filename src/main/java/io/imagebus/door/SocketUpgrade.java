package io.imagebus.door;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/*
 * vertx-web wraps the request, and the wrapper wraps the WebSocket that it is upgraded to; the
 * wrapped one does not show its channel, and every picture would take the slow way with a copy for
 * each display. So the request is kept as it was before the router saw it.
 */
/**
 * Stands before a router, so that its routes can upgrade to sockets that {@link SocketWriter} can
 * write to directly. Owned by one event loop.
 */
public final class SocketUpgrade implements Handler<HttpServerRequest> {

  private static final String KEY = "imagebus.request";

  private final Router router;
  private @Nullable HttpServerRequest current;

  /** Takes the place of the router as the server's request handler. */
  public SocketUpgrade(Router router) {
    this.router = router;
    router.route().order(Integer.MIN_VALUE).handler(this::keep);
  }

  @Override
  public void handle(HttpServerRequest request) {
    current = request;
    router.handle(request);
    current = null;
  }

  private void keep(RoutingContext context) {
    context.put(KEY, current);
    context.next();
  }

  /**
   * Upgrades a request, or answers it with a problem.
   *
   * @return fails if the request was answered
   */
  public static Future<ServerWebSocket> upgrade(RoutingContext context) {
    if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
      new Problem(426, "websocket-only", "this path speaks WebSocket").answer(context);
      return Future.failedFuture("no upgrade");
    }
    HttpServerRequest request = context.get(KEY, context.request());
    return request
        .toWebSocket()
        .onFailure(
            e -> new Problem(400, "bad-handshake", String.valueOf(e.getMessage())).answer(context));
  }
}
