package io.imagebus.door;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;

/**
 * Closes connections on which no request has come after a while: who connects and says nothing, or
 * says it a byte at a time, would otherwise hold a descriptor for ever. A connection on which a
 * request did come is left alone, whatever it carries. Owned by one event loop.
 */
public final class RequestDeadline implements Handler<HttpServerRequest> {

  private final Vertx vertx;
  private final long millis;
  private final Handler<HttpServerRequest> next;
  private final Map<HttpConnection, Long> waiting = new HashMap<>();

  /**
   * The deadline of one server's connections.
   *
   * @param millis from the connection to the end of its first request's head
   * @param next gets the requests
   */
  public RequestDeadline(Vertx vertx, long millis, Handler<HttpServerRequest> next) {
    this.vertx = vertx;
    this.millis = millis;
    this.next = next;
  }

  /** Takes a new connection. */
  public void connected(HttpConnection connection) {
    long timer =
        vertx.setTimer(
            millis,
            any -> {
              waiting.remove(connection);
              connection.close();
            });
    waiting.put(connection, timer);
  }

  @Override
  public void handle(HttpServerRequest request) {
    Long timer = waiting.remove(request.connection());
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
    next.handle(request);
  }
}
