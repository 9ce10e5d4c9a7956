package io.imagebus.door;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * An answer that says what went wrong and what to do: {@code application/problem+json}, RFC 9457.
 *
 * @param status HTTP status, 400 to 599
 * @param code stable short name of the problem, such as {@code bad-topic}
 * @param detail one or two sentences for the one who made the request
 * @param field the part of the document at fault, such as {@code tiles[3].width}; may be empty
 */
public record Problem(int status, String code, String detail, String field) {

  /** A problem of the request as a whole. */
  public Problem(int status, String code, String detail) {
    this(status, code, detail, "");
  }

  /** Ends the response with this problem. The connection stays usable. */
  public void answer(RoutingContext request) {
    if (request.response().ended() || request.response().closed()) {
      return;
    }
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Cache-Control", "no-store")
        .end(toJson().toBuffer());
  }

  /** The members of RFC 9457 §3.1, {@code code}, and {@code field} if there is one. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", code.replace('-', ' '))
            .put("status", status)
            .put("code", code)
            .put("detail", detail);
    return field.isEmpty() ? json : json.put("field", field);
  }
}
