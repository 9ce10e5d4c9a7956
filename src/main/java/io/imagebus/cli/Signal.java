package io.imagebus.cli;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Ctrl-C or SIGTERM: stops what runs, and gives it some time to do so. A second one ends the
 * process at once. Thread-safe.
 */
final class Signal {

  private final CountDownLatch over = new CountDownLatch(1);
  private final Supplier<Future<Void>> stop;
  private final Duration limit;

  /**
   * Waits for the signal from now on.
   *
   * @param limit what the stop gets; then the process ends anyhow
   */
  Signal(Supplier<Future<Void>> stop, Duration limit) {
    this.stop = stop;
    this.limit = limit;
    Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "goodbye"));
  }

  private void onSignal() {
    SecondSignal.endsAtOnce();
    try {
      stop.get()
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
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
