package io.imagebus.cli;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs the work of one command on one event loop, until it is done or the user stops it with
 * Ctrl-C, which ends it within a second.
 *
 * @param <T> what comes out
 */
final class EventLoop<T> {

  private static final long GOODBYE_MILLIS = 900;

  /**
   * The work of a command; made and called on the event loop.
   *
   * @param <T> what comes out
   */
  interface Work<T> {

    /** Begins. When the future completes, everything is printed: the process may end at once. */
    Future<T> start();

    /** The user wants no more: the future of {@link #start} is to complete soon. */
    default void stop() {}
  }

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(1)
              .setWorkerPoolSize(1)
              .setInternalBlockingPoolSize(2)
              .setPreferNativeTransport(true));
  private final Context context = vertx.getOrCreateContext();
  private final CompletableFuture<Work<T>> running = new CompletableFuture<>();
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final CountDownLatch over = new CountDownLatch(1);

  private EventLoop() {}

  /**
   * Does the work and gives back what came out.
   *
   * @throws CommandFailedException if it failed
   */
  static <T> T run(Function<Vertx, Work<T>> maker) throws InterruptedException {
    return new EventLoop<T>().await(maker);
  }

  private T await(Function<Vertx, Work<T>> maker) throws InterruptedException {
    Thread onSignal = new Thread(this::stop, "goodbye");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      context.runOnContext(any -> begin(maker));
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CommandFailedException failure) {
        throw failure;
      }
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } finally {
      removeHook(onSignal);
      over.countDown();
      vertx.close();
    }
  }

  private void begin(Function<Vertx, Work<T>> maker) {
    try {
      Work<T> work = maker.apply(vertx);
      running.complete(work);
      work.start().onSuccess(result::complete).onFailure(result::completeExceptionally);
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  /** The process was told to end; it does when this returns. */
  private void stop() {
    if (running.isDone()) {
      Work<T> work = running.join();
      context.runOnContext(any -> work.stop());
    }
    try {
      if (!over.await(GOODBYE_MILLIS, TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread onSignal) {
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      // The hook is what ended the work.
      return;
    }
  }
}
