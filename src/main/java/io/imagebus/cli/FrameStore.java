package io.imagebus.cli;

import io.imagebus.client.ReceivedFrame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames to files, in order, on a worker. At most {@value #MAX_WAITING_BYTES} bytes wait; a
 * frame that finds no room is dropped and counted: the newest goes, for what is begun is finished.
 * Owned by one event loop.
 */
final class FrameStore {

  private static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;

  private final Vertx vertx;
  private final Path directory;
  private final Promise<Void> idle = Promise.promise();
  private long waitingBytes;
  private long waitingFrames;
  private long stored;
  private long dropped;
  private long failed;
  private boolean closing;
  private @Nullable String firstFailure;

  FrameStore(Vertx vertx, Path directory) {
    this.vertx = vertx;
    this.directory = directory;
  }

  /** Writes a frame soon, if there is room. */
  void store(ReceivedFrame received) {
    int bytes = received.frame().pictureBytes();
    if (waitingBytes + bytes > MAX_WAITING_BYTES) {
      dropped++;
      return;
    }
    waitingBytes += bytes;
    waitingFrames++;
    vertx
        .executeBlocking(() -> write(received), true)
        .onComplete(
            written -> {
              waitingBytes -= bytes;
              waitingFrames--;
              count(written.cause());
              completeIfIdle();
            });
  }

  private Path write(ReceivedFrame received) throws IOException {
    Path file = FramePath.of(directory, received);
    Files.createDirectories(file.getParent());
    return Files.write(file, received.frame().picture().getBytes());
  }

  private void count(@Nullable Throwable cause) {
    if (cause == null) {
      stored++;
      return;
    }
    failed++;
    if (firstFailure == null) {
      firstFailure = String.valueOf(cause);
    }
  }

  private void completeIfIdle() {
    if (closing && waitingFrames == 0) {
      idle.tryComplete();
    }
  }

  /** Succeeds when everything that waits is written. */
  Future<Void> close() {
    closing = true;
    completeIfIdle();
    return idle.future();
  }

  /** Frames written. */
  long stored() {
    return stored;
  }

  /** Frames not written because the disk was slower than the frames. */
  long dropped() {
    return dropped;
  }

  /** Frames that could not be written. */
  long failed() {
    return failed;
  }

  /** Why the first frame could not be written. */
  Optional<String> firstFailure() {
    return Optional.ofNullable(firstFailure);
  }
}
