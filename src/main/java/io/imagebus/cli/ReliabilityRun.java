package io.imagebus.cli;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks for the account, once or each second. Owned by one event loop. */
final class ReliabilityRun implements EventLoop.Work<Void> {

  private static final String NO_ACCOUNT =
      "the answer is no account; is there an imagebus node at the --server URL?";
  private static final long EVERY_MILLIS = 1_000;

  /**
   * How often to ask.
   *
   * @param isWatching whether to ask again each second; then a node that does not answer is waited
   *     for
   * @param times how many answers are wanted; no end when empty
   */
  record Repetition(boolean isWatching, Optional<Long> times) {}

  private final Vertx vertx;
  private final NodeApi nodes;
  private final String path;
  private final Repetition repetition;
  private final Consumer<JsonObject> screen;
  private final StatusLine status;
  private final Promise<Void> done = Promise.promise();
  private long shown;
  private boolean isTroubleTold;

  ReliabilityRun(
      Vertx vertx,
      NodeApi nodes,
      String path,
      Repetition repetition,
      Consumer<JsonObject> screen,
      StatusLine status) {
    this.vertx = vertx;
    this.nodes = nodes;
    this.path = path;
    this.repetition = repetition;
    this.screen = screen;
    this.status = status;
  }

  @Override
  public Future<Void> start() {
    ask();
    return done.future();
  }

  @Override
  public void stop() {
    done.tryComplete();
  }

  private void ask() {
    nodes.get(path).map(ReliabilityRun::parse).onSuccess(this::show).onFailure(this::fail);
  }

  private static JsonObject parse(NodeApi.Answer answer) {
    try {
      JsonObject json = new JsonObject(answer.body());
      if (json.getValue("topics") instanceof JsonArray) {
        return json;
      }
    } catch (DecodeException | ClassCastException e) {
      throw new CommandFailedException(NO_ACCOUNT, e);
    }
    throw new CommandFailedException(NO_ACCOUNT);
  }

  private void show(JsonObject answer) {
    if (done.future().isComplete()) {
      return;
    }
    isTroubleTold = false;
    screen.accept(answer);
    shown++;
    if (repetition.isWatching() && repetition.times().map(times -> shown < times).orElse(true)) {
      again();
    } else {
      done.tryComplete();
    }
  }

  /** The first answer must come; after that whoever watches wants to see it come back. */
  private void fail(Throwable failure) {
    if (shown == 0) {
      done.tryFail(failure);
      return;
    }
    if (!isTroubleTold) {
      isTroubleTold = true;
      status.note(failure.getMessage() + " (what is shown is old; trying again each second)");
    }
    again();
  }

  private void again() {
    vertx.setTimer(EVERY_MILLIS, timer -> ask());
  }
}
