package io.imagebus.testbed;

import io.imagebus.base.Clock;
import io.imagebus.client.BusClient;
import io.imagebus.client.ConnectionListener;
import io.imagebus.client.ServerUrl;
import io.netty.util.ResourceLeakDetector;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The event loop on which a test's publishers and displays live. To be closed, which ends them.
 *
 * <p>While it lives, this JVM does not track each access to each buffer: a publisher masks every
 * byte, and with paranoid tracking one of 10 MB/s takes all of a processor.
 */
public final class Clients implements AutoCloseable {

  private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();

  public Clients() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
  }

  public Vertx vertx() {
    return vertx;
  }

  /** Runs something on the event loop that owns the clients. */
  public <T> T call(Callable<T> action) {
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

  public void run(Runnable action) {
    call(
        () -> {
          action.run();
          return true;
        });
  }

  /** A client that is connected to the first of the servers, and knows the others. */
  public BusClient connect(List<ServerUrl> servers, ConnectionListener listener) {
    BusClient client = call(() -> new BusClient(vertx, Clock.system(), servers, listener));
    call(client::connect)
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(15, TimeUnit.SECONDS)
        .join();
    return client;
  }

  @Override
  public void close() {
    try {
      vertx.close().await();
    } finally {
      ResourceLeakDetector.setLevel(before);
    }
  }
}
