package io.imagebus.report;

import io.imagebus.bus.LocalBus;
import io.imagebus.door.Problem;
import io.imagebus.report.ReportVerticle.Question;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;

/** The routes that tell how the node does. Owned by one event loop. */
public final class ReportDoor {

  private final LocalBus bus;
  private final BooleanSupplier ready;

  /**
   * The routes of one event loop.
   *
   * @param ready whether the node takes publishers and displays
   */
  public ReportDoor(LocalBus bus, BooleanSupplier ready) {
    this.bus = bus;
    this.ready = ready;
  }

  /** Adds the routes. */
  public void mount(Router router) {
    router.get("/api/v1/topics").handler(context -> answer(context, Question.TOPICS));
    router.get("/api/v1/cluster").handler(context -> answer(context, Question.CLUSTER));
    router.get("/api/v1/reliability").handler(this::reliability);
    router.get("/metrics").handler(this::metrics);
    router
        .get("/health/live")
        .handler(context -> json(context, 200, new JsonObject().put("status", "UP")));
    router.get("/health/ready").handler(this::readiness);
  }

  private void readiness(RoutingContext context) {
    boolean up = ready.getAsBoolean();
    json(context, up ? 200 : 503, new JsonObject().put("status", up ? "UP" : "DOWN"));
  }

  private void answer(RoutingContext context, Question question) {
    ReportVerticle.ask(bus, question)
        .onSuccess(json -> json(context, 200, json))
        .onFailure(e -> fail(context, e));
  }

  private void reliability(RoutingContext context) {
    LineFilter filter;
    try {
      filter = LineQuery.parse(context.request().query());
    } catch (IllegalArgumentException e) {
      new Problem(400, "bad-query", String.valueOf(e.getMessage())).answer(context);
      return;
    }
    ReportVerticle.askReliability(bus, filter)
        .onSuccess(json -> json(context, 200, json))
        .onFailure(e -> fail(context, e));
  }

  private void metrics(RoutingContext context) {
    ReportVerticle.ask(bus, Question.METRICS)
        .onSuccess(
            json ->
                context
                    .response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(json.getString("text")))
        .onFailure(e -> fail(context, e));
  }

  private static void fail(RoutingContext context, Throwable failure) {
    boolean isRefused = LocalBus.codeOf(failure) == 400;
    new Problem(
            isRefused ? 400 : 500,
            isRefused ? "bad-query" : "no-report",
            String.valueOf(failure.getMessage()))
        .answer(context);
  }

  private static void json(RoutingContext context, int status, JsonObject body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body.toBuffer());
  }
}
