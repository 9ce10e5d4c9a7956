package io.imagebus.door;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/** Collects the body of a request up to a limit. Stateless. */
public final class LimitedBody {

  private LimitedBody() {}

  /**
   * Reads the body.
   *
   * @param tooLong the answer to a longer one, after which the connection is closed
   * @param taker gets the whole body, on the event loop of the request
   */
  public static void collect(
      RoutingContext context, int maxBytes, Problem tooLong, Consumer<Buffer> taker) {
    HttpServerRequest request = context.request();
    Buffer body = Buffer.buffer();
    request.handler(
        piece -> {
          if (body.length() + (long) piece.length() > maxBytes) {
            request.handler(null).endHandler(null);
            context.response().putHeader("Connection", "close");
            tooLong.answer(context);
          } else {
            body.appendBuffer(piece);
          }
        });
    request.endHandler(end -> taker.accept(body));
    request.resume();
  }
}
