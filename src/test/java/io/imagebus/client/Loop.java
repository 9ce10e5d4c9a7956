package io.imagebus.client;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a test's calls on the event loop that owns the client. */
final class Loop {

  private final Context context;

  Loop(Vertx vertx) {
    this.context = vertx.getOrCreateContext();
  }

  <T> T call(Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    context.runOnContext(
        any -> {
          try {
            result.complete(action.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    return result.orTimeout(10, TimeUnit.SECONDS).join();
  }

  void run(Runnable action) {
    call(
        () -> {
          action.run();
          return true;
        });
  }
}
