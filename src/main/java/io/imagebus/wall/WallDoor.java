package io.imagebus.wall;

import io.imagebus.bus.LocalBus;
import io.imagebus.door.LimitedBody;
import io.imagebus.door.Problem;
import io.imagebus.frame.Topic;
import io.imagebus.wall.WallMessage.Done;
import io.imagebus.wall.WallMessage.Edit;
import io.imagebus.wall.WallMessage.FindScreens;
import io.imagebus.wall.WallMessage.FindWall;
import io.imagebus.wall.WallMessage.ListWalls;
import io.imagebus.wall.WallMessage.Outcome;
import io.imagebus.wall.WallMessage.Refused;
import io.imagebus.wall.WallMessage.Show;
import io.imagebus.wall.WallMessage.Walls;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * {@code /api/v1/walls}, the layouts and screens of named walls, and the way to their page. Owned
 * by one event loop.
 */
final class WallDoor {

  private static final String WALLS = "/api/v1/walls";
  private static final String WALL = WALLS + "/:name";
  private static final String PAGE = "/wall/:name";
  private static final Set<String> SHOW_FIELDS = Set.of("topic", "seconds");

  private final LocalBus bus;

  WallDoor(LocalBus bus) {
    this.bus = bus;
  }

  void mount(Router router) {
    router.get(WALLS).handler(this::list);
    router.get(WALL).handler(named(this::read));
    router.put(WALL).handler(named(this::keep));
    router.delete(WALL).handler(named(this::remove));
    router.get(PAGE).handler(named(WallDoor::toPage));
    router.post(WALL + "/show").handler(named(this::show));
    router
        .get(WALL + "/screens")
        .handler(named((request, name) -> carryOut(request, new FindScreens(name))));
  }

  private static Handler<RoutingContext> named(BiConsumer<RoutingContext, WallName> handler) {
    return request -> {
      WallName name;
      try {
        name = new WallName(request.pathParam("name"));
      } catch (IllegalArgumentException e) {
        new Problem(400, "bad-wall-name", String.valueOf(e.getMessage())).answer(request);
        return;
      }
      handler.accept(request, name);
    };
  }

  /** The page finds what it needs beside itself, so it has one address for all walls. */
  private static void toPage(RoutingContext request, WallName name) {
    String query = request.request().query();
    request
        .response()
        .setStatusCode(302)
        .putHeader("Location", "../wall?name=" + name + (query == null ? "" : "&" + query))
        .end();
  }

  private void list(RoutingContext request) {
    bus.<Walls>request(WallMessage.QUESTIONS, new ListWalls())
        .onSuccess(
            walls -> {
              JsonArray all = new JsonArray();
              walls.records().forEach(record -> all.add(summary(record)));
              json(
                  request,
                  200,
                  new JsonObject().put("walls", all).put("most", LayoutBook.MAX_WALLS));
            })
        .onFailure(e -> fail(request, e));
  }

  private static JsonObject summary(LayoutRecord record) {
    Layout layout = record.layout().orElseThrow();
    return new JsonObject()
        .put("name", record.name().text())
        .put("title", layout.title())
        .put("etag", record.version().tag())
        .put("columns", layout.columns())
        .put("tiles", layout.tiles().size());
  }

  private void read(RoutingContext request, WallName name) {
    bus.<Walls>request(WallMessage.QUESTIONS, new FindWall(name))
        .onSuccess(
            found -> {
              if (found.records().isEmpty()) {
                WallVerticle.unknown(name).answer(request);
              } else {
                answer(request, found.records().get(0));
              }
            })
        .onFailure(e -> fail(request, e));
  }

  private static void answer(RoutingContext request, LayoutRecord record) {
    String tag = Precondition.entityTag(record.version());
    request.response().putHeader("ETag", tag);
    if (tag.equals(request.request().getHeader("If-None-Match"))) {
      request.response().setStatusCode(304).end();
    } else {
      json(request, 200, LayoutJson.write(record.layout().orElseThrow()));
    }
  }

  private void keep(RoutingContext request, WallName name) {
    withBody(
        request,
        "bad-layout",
        json ->
            carryOut(
                request,
                new Edit(name, Optional.of(LayoutReader.read(json)), precondition(request))));
  }

  private void remove(RoutingContext request, WallName name) {
    carryOut(request, new Edit(name, Optional.empty(), precondition(request)));
  }

  private static Precondition precondition(RoutingContext request) {
    HttpServerRequest head = request.request();
    return Precondition.of(head.getHeader("If-Match"), head.getHeader("If-None-Match"));
  }

  private void show(RoutingContext request, WallName name) {
    withBody(
        request,
        "bad-show",
        json -> {
          Fields fields = Fields.of(json, SHOW_FIELDS);
          int seconds = fields.number("seconds", Showing.PRESET_SECONDS, 1, Showing.MAX_SECONDS);
          Topic topic = fields.read("topic", Topic::new);
          carryOut(request, new Show(new Showing(name, topic, seconds)));
        });
  }

  /** Only JSON by its type: a page of another site cannot send that without being asked first. */
  private static void withBody(RoutingContext request, String code, Consumer<JsonObject> taker) {
    String type = request.request().getHeader("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      new Problem(415, "unsupported-content-type", "send Content-Type: application/json")
          .answer(request);
      return;
    }
    LimitedBody.collect(
        request,
        Layout.MAX_BYTES,
        new Problem(413, "too-many-bytes", "the body exceeds " + Layout.MAX_BYTES + " bytes"),
        body -> {
          try {
            taker.accept(parse(body));
          } catch (BadField e) {
            new Problem(400, code, String.valueOf(e.getMessage()), e.field()).answer(request);
          }
        });
  }

  private static JsonObject parse(Buffer body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException e) {
      throw new BadField("", "the body is no JSON object");
    }
  }

  private void carryOut(RoutingContext request, WallMessage message) {
    bus.<Outcome>request(WallMessage.QUESTIONS, message)
        .onSuccess(
            outcome -> {
              if (outcome instanceof Refused refused) {
                refused.problem().answer(request);
              } else if (outcome instanceof Done done) {
                done.version()
                    .ifPresent(
                        version ->
                            request.response().putHeader("ETag", Precondition.entityTag(version)));
                json(request, done.status(), done.body());
              }
            })
        .onFailure(e -> fail(request, e));
  }

  private static void fail(RoutingContext request, Throwable failure) {
    new Problem(500, "no-walls", String.valueOf(failure.getMessage())).answer(request);
  }

  private static void json(RoutingContext request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-cache")
        .end(body.toBuffer());
  }
}
