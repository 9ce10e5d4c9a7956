package io.imagebus.wall;

import io.imagebus.base.Clock;
import io.imagebus.bus.ClusterQuery;
import io.imagebus.bus.LocalBus;
import io.imagebus.bus.Membership;
import io.imagebus.door.Problem;
import io.imagebus.wall.LayoutBook.Change;
import io.imagebus.wall.WallMessage.Done;
import io.imagebus.wall.WallMessage.Edit;
import io.imagebus.wall.WallMessage.FindScreens;
import io.imagebus.wall.WallMessage.FindWall;
import io.imagebus.wall.WallMessage.Gone;
import io.imagebus.wall.WallMessage.ListWalls;
import io.imagebus.wall.WallMessage.Outcome;
import io.imagebus.wall.WallMessage.Refused;
import io.imagebus.wall.WallMessage.Reported;
import io.imagebus.wall.WallMessage.Show;
import io.imagebus.wall.WallMessage.Walls;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the layouts of all named walls, together with the other nodes, and knows the screens of
 * this one. One instance a node, to be deployed after the bus; what it owns is touched on its event
 * loop only.
 */
public final class WallVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(WallVerticle.class);

  private static final long TICK_MILLIS = 1_000;
  private static final String SCREENS = "walls.screens";
  private static final String SHOW = "walls.show";

  private final Membership membership;
  private final Clock clock;
  private final Optional<Path> dataDirectory;
  private final LayoutBook book;
  private final Screens screens = new Screens();
  private @Nullable LayoutDisk disk;
  private @Nullable LayoutSync sync;

  /**
   * The walls of one node.
   *
   * @param dataDirectory where layouts outlive a restart; empty to keep them in memory only
   */
  public WallVerticle(Membership membership, Clock clock, Optional<Path> dataDirectory) {
    this.membership = membership;
    this.clock = clock;
    this.dataDirectory = dataDirectory.map(directory -> directory.resolve("walls"));
    this.book = new LayoutBook(membership.self());
  }

  @Override
  public Future<?> start() {
    WorkerExecutor worker = vertx.createSharedWorkerExecutor("imagebus-walls", 1);
    if (dataDirectory.isEmpty()) {
      LOG.info("wall layouts are kept in memory only: node.data-dir is not set");
      begin(new LayoutDisk(Optional.empty(), worker));
      return Future.succeededFuture();
    }
    return worker
        .executeBlocking(() -> Stored.open(dataDirectory.get()))
        .recover(
            failure ->
                Future.failedFuture(
                    new IllegalStateException(
                        "wall layouts cannot be kept (node.data-dir): " + failure.getMessage(),
                        failure)))
        .onSuccess(
            stored -> {
              LayoutDisk opened = new LayoutDisk(Optional.of(stored.directory()), worker);
              stored.records().stream()
                  .flatMap(record -> book.merge(record).forgotten().stream())
                  .forEach(opened::forget);
              begin(opened);
            });
  }

  /** What the disk had at the start. */
  private record Stored(LayoutDirectory directory, List<LayoutRecord> records) {

    static Stored open(Path path) throws IOException {
      LayoutDirectory directory = LayoutDirectory.open(path);
      return new Stored(directory, directory.load());
    }
  }

  private void begin(LayoutDisk opened) {
    disk = opened;
    LayoutSync exchange = new LayoutSync(vertx, membership, book, this::merge);
    sync = exchange;
    exchange.start();
    new LocalBus(vertx).answer(WallMessage.QUESTIONS, this::answer);
    ClusterQuery.answer(vertx, membership.self(), SCREENS, this::ownScreens);
    ClusterQuery.answer(vertx, membership.self(), SHOW, this::showHere);
    vertx.setPeriodic(
        TICK_MILLIS,
        timer -> {
          exchange.tick();
          opened.tick();
          screens.expire(clock.nanoTime());
        });
  }

  @Override
  public Future<?> stop() {
    return disk == null ? Future.succeededFuture() : disk.close();
  }

  private Future<Object> answer(WallMessage message) {
    if (message instanceof ListWalls) {
      return Future.succeededFuture(
          new Walls(book.records().stream().filter(record -> !record.isRemoved()).toList()));
    } else if (message instanceof FindWall find) {
      return Future.succeededFuture(new Walls(living(find.name()).stream().toList()));
    } else if (message instanceof Edit edit) {
      return edit(edit).map(outcome -> outcome);
    } else if (message instanceof Show show) {
      return show(show.showing()).map(outcome -> outcome);
    } else if (message instanceof FindScreens find) {
      return screensOf(find.name()).map(outcome -> outcome);
    } else if (message instanceof Reported reported) {
      screens.reported(reported.session(), reported.report(), clock.nanoTime());
    } else if (message instanceof Gone gone) {
      screens.gone(gone.session());
    }
    return Future.succeededFuture(message);
  }

  private Optional<LayoutRecord> living(WallName name) {
    return book.find(name).filter(record -> !record.isRemoved());
  }

  private Future<Outcome> edit(Edit edit) {
    WallName name = edit.name();
    Optional<LayoutRecord> before = living(name);
    if (before.isEmpty() && edit.layout().isEmpty()) {
      return Future.succeededFuture(new Refused(unknown(name)));
    }
    Optional<Problem> refused = edit.precondition().check(name, before.map(LayoutRecord::version));
    if (refused.isPresent()) {
      return Future.succeededFuture(new Refused(refused.get()));
    }
    if (before.isEmpty() && book.isFull()) {
      return Future.succeededFuture(
          new Refused(
              new Problem(
                  409,
                  "too-many-walls",
                  "there are " + book.walls() + " walls; remove one that nobody needs")));
    }
    Change change = book.edit(name, edit.layout());
    LayoutRecord made = change.kept().get(0);
    int status = before.isPresent() ? 200 : 201;
    return apply(change)
        .compose(onDisk -> exchange().spread(change.kept(), onDisk))
        .map(
            kept ->
                new Done(
                    status,
                    Optional.of(made.version()),
                    new JsonObject()
                        .put("wall", name.text())
                        .put("etag", made.version().tag())
                        .put("kept", kept.toJson())));
  }

  private LayoutSync exchange() {
    LayoutSync started = sync;
    if (started == null) {
      throw new IllegalStateException("the walls are not there yet");
    }
    return started;
  }

  static Problem unknown(WallName name) {
    return new Problem(
        404, "unknown-wall", "there is no wall " + name + "; GET /api/v1/walls lists those there");
  }

  private Future<Boolean> merge(List<LayoutRecord> records) {
    boolean hadRoom = book.leftOut() == 0;
    List<Future<Boolean>> done = new ArrayList<>();
    for (LayoutRecord record : records) {
      Change change = book.merge(record);
      if (!change.isNone()) {
        done.add(apply(change));
      } else if (book.find(record.name()).filter(record::equals).isPresent()) {
        // It came by another way already, perhaps a moment ago: told when it is written.
        done.add(written(record));
      }
    }
    if (hadRoom && book.leftOut() > 0) {
      LOG.warn("other nodes have more walls than the {} that are kept", LayoutBook.MOST_WALLS);
    }
    return Future.all(done).map(all -> all.<Boolean>list().stream().allMatch(each -> each));
  }

  private Future<Boolean> apply(Change change) {
    LocalBus bus = new LocalBus(vertx);
    List<Future<Boolean>> done = new ArrayList<>();
    for (LayoutRecord record : change.kept()) {
      bus.publish(WallMessage.CHANGES, record);
      done.add(written(record));
    }
    if (disk != null) {
      change.forgotten().forEach(disk::forget);
    }
    return Future.all(done).map(all -> all.<Boolean>list().stream().allMatch(each -> each));
  }

  private Future<Boolean> written(LayoutRecord record) {
    return disk == null ? Future.succeededFuture(false) : disk.keep(record);
  }

  private Future<Outcome> show(Showing showing) {
    if (living(showing.wall()).isEmpty()) {
      return Future.succeededFuture(new Refused(unknown(showing.wall())));
    }
    return ClusterQuery.ask(vertx, membership, SHOW, showing.toJson())
        .map(
            answers ->
                new Done(
                    200,
                    Optional.empty(),
                    showing
                        .toJson()
                        .put(
                            "screens",
                            answers.values().stream()
                                .mapToInt(each -> each.getInteger("screens"))
                                .sum())
                        .put("missing", missing(answers))));
  }

  private Future<JsonObject> showHere(JsonObject asked) {
    Showing showing = Showing.of(asked);
    new LocalBus(vertx).publish(WallMessage.SHOWINGS, showing);
    return Future.succeededFuture(new JsonObject().put("screens", screens.count(showing.wall())));
  }

  private Future<JsonObject> ownScreens(JsonObject asked) {
    WallName wall = new WallName(asked.getString("wall"));
    return Future.succeededFuture(
        new JsonObject().put("screens", screens.of(wall, membership.self(), clock.nanoTime())));
  }

  private Future<Outcome> screensOf(WallName wall) {
    return ClusterQuery.ask(vertx, membership, SCREENS, new JsonObject().put("wall", wall.text()))
        .map(
            answers -> {
              List<JsonObject> reports =
                  answers.values().stream()
                      .flatMap(each -> each.getJsonArray("screens").stream())
                      .map(JsonObject.class::cast)
                      .toList();
              return new Done(
                  200,
                  Optional.empty(),
                  new JsonObject()
                      .put("wall", wall.text())
                      .put("answered", new JsonArray(List.copyOf(answers.keySet())))
                      .put("missing", missing(answers))
                      .put("screens", Screens.newest(reports)));
            });
  }

  private JsonArray missing(Map<String, JsonObject> answers) {
    return new JsonArray(
        membership.members().stream().filter(node -> !answers.containsKey(node)).toList());
  }
}
