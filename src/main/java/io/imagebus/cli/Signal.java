package io.imagebus.cli;

import io.vertx.core.Future;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Ctrl-C or SIGTERM: stops what runs, and gives it a few seconds to do so. Thread-safe. */
final class Signal {

  private static final long GOODBYE_MILLIS = 4_500;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Supplier<Future<Void>> stop;

  /** Waits for the signal from now on. */
  Signal(Supplier<Future<Void>> stop) {
    this.stop = stop;
    Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "goodbye"));
  }

  private void onSignal() {
    try {
      stop.get()
          .toCompletionStage()
          .toCompletableFuture()
          .get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      System.err.println("imagebus: did not stop cleanly: " + e);
    } finally {
      over.countDown();
    }
  }

  /** Returns when the signal has come and everything has stopped. */
  void await() throws InterruptedException {
    over.await();
  }

  /**
   * Waits for something that runs on an event loop.
   *
   * @throws CommandFailedException with the failure's own message
   */
  static <T> T await(Future<T> future) throws InterruptedException {
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new CommandFailedException(String.valueOf(cause.getMessage()), cause);
    }
  }
}
