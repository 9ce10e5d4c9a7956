package io.imagebus.delivery;

import io.imagebus.base.Clock;
import io.imagebus.bus.FakeStages;
import io.imagebus.door.ControlSocket;
import io.imagebus.door.EncodedMessage;
import io.imagebus.door.SocketUpgrade;
import io.imagebus.door.SocketWriter;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** An HTTP server with delivery behind it, and streams at will. */
final class TestEdge extends VerticleBase {

  private final DeliverySettings settings;
  private final DeliveryVerticle delivery;
  final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
  final List<String> writers = new CopyOnWriteArrayList<>();
  private int port;

  TestEdge(DeliverySettings settings) {
    this.settings = settings;
    this.delivery = new DeliveryVerticle(settings, Clock.system(), "node", 0, 1);
  }

  static TestEdge start(Vertx vertx, DeliverySettings settings) throws Exception {
    TestEdge edge = new TestEdge(settings);
    await(vertx.deployVerticle(edge));
    return edge;
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Override
  public Future<?> start() throws Exception {
    delivery.deploy(context);
    Router router = Router.router(vertx);
    router.get("/ws").handler(request -> SocketUpgrade.upgrade(request).onSuccess(this::onSocket));
    delivery.mount(router);
    HttpServerOptions options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false);
    return vertx
        .createHttpServer(options)
        .requestHandler(new SocketUpgrade(router))
        .listen(0, "127.0.0.1")
        .onSuccess(server -> port = server.actualPort());
  }

  private void onSocket(ServerWebSocket socket) {
    sockets.add(socket);
    SocketWriter writer =
        SocketWriter.of(socket, settings.sendBufferBytes(), settings.unsentBytes());
    writers.add(writer.getClass().getSimpleName());
    ControlSocket control = new ControlSocket(socket, writer, settings.controlBytes());
    delivery.attach(control, "test-" + sockets.size());
  }

  @Override
  public Future<?> stop() throws Exception {
    return delivery.undeploy(context);
  }

  int port() {
    return port;
  }

  /** Runs on the event loop of delivery. */
  <T> T ask(Callable<T> question) {
    try {
      return await(
          Future.future(promise -> context.runOnContext(any -> promise.complete(call(question)))));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T call(Callable<T> question) {
    try {
      return question.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  List<DisplayAccount> accounts() {
    return ask(() -> new ArrayList<>(delivery.accounts()));
  }

  List<TopicTotals> departed() {
    return ask(delivery::departed);
  }

  /** The messages that the rooms hold for late joiners. */
  List<EncodedMessage> heldMessages() {
    return ask(
        () -> {
          List<EncodedMessage> held = new ArrayList<>();
          for (StreamRoom room : delivery.floor().rooms().all()) {
            SharedFrame last = room.last();
            for (int i = 0; last != null && i < last.chunkCount(); i++) {
              held.add(last.chunk(i));
            }
          }
          return held;
        });
  }

  /** To be called on the event loop. */
  SharedFrame lastOf(String topic) {
    return delivery.floor().rooms().all().stream()
        .filter(room -> room.topic().name().equals(topic))
        .map(StreamRoom::last)
        .findFirst()
        .orElseThrow();
  }

  int displays() {
    return ask(delivery::displays);
  }

  static FakeStages stages(Vertx vertx) {
    return new FakeStages(vertx);
  }
}
