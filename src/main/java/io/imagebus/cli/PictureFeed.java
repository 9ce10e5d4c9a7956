package io.imagebus.cli;

import io.vertx.core.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads pictures on a thread of its own, a few ahead, and hands them to an event loop. Owned by
 * that event loop.
 */
final class PictureFeed {

  private static final int READ_AHEAD = 4;

  private final PictureSource source;
  private final Context context;
  private final Runnable onAvailable;
  private final BlockingQueue<Picture> queue = new ArrayBlockingQueue<>(READ_AHEAD);
  private final Thread reader = new Thread(this::read, "pictures");
  private boolean ended;
  private long leftOut;
  private @Nullable IOException failure;

  /**
   * A feed that does not read yet.
   *
   * @param onAvailable called on the event loop for each picture that was read, and at the end
   */
  PictureFeed(PictureSource source, Context context, Runnable onAvailable) {
    this.source = source;
    this.context = context;
    this.onAvailable = onAvailable;
    reader.setDaemon(true);
  }

  void start() {
    reader.start();
  }

  private void read() {
    try {
      source.read(
          picture -> {
            queue.put(picture);
            context.runOnContext(any -> onAvailable.run());
          });
      end(null);
    } catch (IOException e) {
      end(e);
    } catch (InterruptedException e) {
      end(null);
    }
  }

  private void end(@Nullable IOException why) {
    long uncounted = source.leftOut();
    context.runOnContext(
        any -> {
          ended = true;
          failure = why;
          leftOut = uncounted;
          onAvailable.run();
        });
  }

  /** The next picture, if one was read. */
  Optional<Picture> poll() {
    return Optional.ofNullable(queue.poll());
  }

  /** Whether no picture will come any more. */
  boolean isDrained() {
    return ended && queue.isEmpty();
  }

  /** What ended the reading before the end of the input. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Damaged or too large pictures in the input; known at its end. */
  long leftOut() {
    return leftOut;
  }

  /** Reads no more. */
  void stop() {
    reader.interrupt();
  }
}
