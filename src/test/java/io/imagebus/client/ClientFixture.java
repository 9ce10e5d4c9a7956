package io.imagebus.client;

import static org.awaitility.Awaitility.await;

import io.imagebus.base.Clock;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;

/** A client and the event loop that owns it; one that has heard what became of it. */
final class ClientFixture implements AutoCloseable {

  final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  final Loop loop = new Loop(vertx);
  final List<ConnectionState> states = new CopyOnWriteArrayList<>();
  final List<String> errors = new CopyOnWriteArrayList<>();

  BusClient client(ServerUrl... servers) {
    return loop.call(
        () ->
            new BusClient(
                vertx,
                Clock.system(),
                List.of(servers),
                new ConnectionListener() {
                  @Override
                  public void onState(ConnectionState state, ServerUrl server, String why) {
                    states.add(state);
                  }

                  @Override
                  public void onError(String code, String message) {
                    errors.add(code + ": " + message);
                  }
                }));
  }

  BusClient connected(ServerUrl... servers) {
    BusClient client = client(servers);
    loop.call(client::connect)
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(5, TimeUnit.SECONDS)
        .join();
    return client;
  }

  static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(10));
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
