package io.imagebus.ingest;

import io.imagebus.ingest.PictureFeed.NotTaken;
import io.imagebus.ingest.PictureFeed.Outcome;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the pictures of one connection one after the other, and holds the connection while they
 * wait for their stream to be opened. Bounded by what one read of the connection brings. Owned by
 * one event loop.
 */
final class PictureQueue {

  /** The connection that the pictures come from. */
  interface Source {
    /** Stop reading. */
    void pause();

    /** Go on reading. */
    void resume();
  }

  /** Takes one picture at a time. */
  interface Taker {
    /** Takes a picture; the next may come when the future is done. */
    Future<Outcome> take(byte[] picture, long captureMicros);
  }

  private final Taker taker;
  private final Source source;
  private final Consumer<NotTaken> refused;
  private final Consumer<Throwable> failed;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private boolean busy;
  private boolean paused;
  private @Nullable Runnable whenDone;
  private long taken;
  private long refusals;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Waiting(byte[] picture, long captureMicros) {}

  PictureQueue(Taker taker, Source source, Consumer<NotTaken> refused, Consumer<Throwable> failed) {
    this.taker = taker;
    this.source = source;
    this.refused = refused;
    this.failed = failed;
  }

  void add(byte[] picture, long captureMicros) {
    waiting.addLast(new Waiting(picture, captureMicros));
    if (!busy) {
      next();
    } else if (!paused) {
      paused = true;
      source.pause();
    }
  }

  /** Runs once all pictures that were added are taken or refused. None may be added after. */
  void finish(Runnable done) {
    whenDone = done;
    next();
  }

  private void next() {
    while (!busy && !waiting.isEmpty()) {
      Waiting picture = waiting.pollFirst();
      Future<Outcome> outcome = taker.take(picture.picture, picture.captureMicros);
      if (outcome.isComplete()) {
        note(outcome);
      } else {
        busy = true;
        outcome.onComplete(
            done -> {
              busy = false;
              note(outcome);
              next();
              resume();
            });
      }
    }
    Runnable done = whenDone;
    if (!busy && done != null) {
      whenDone = null;
      done.run();
    }
  }

  private void resume() {
    if (paused && !busy) {
      paused = false;
      source.resume();
    }
  }

  private void note(Future<Outcome> outcome) {
    if (outcome.failed()) {
      waiting.clear();
      failed.accept(outcome.cause());
    } else if (outcome.result() instanceof NotTaken not) {
      refusals++;
      refused.accept(not);
    } else {
      taken++;
    }
  }

  /** Pictures numbered and on their way. */
  long taken() {
    return taken;
  }

  /** Pictures refused. */
  long refusals() {
    return refusals;
  }
}
