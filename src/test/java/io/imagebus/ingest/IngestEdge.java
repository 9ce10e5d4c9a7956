package io.imagebus.ingest;

import io.imagebus.base.Clock;
import io.imagebus.bus.BusSettings;
import io.imagebus.bus.ClusterVerticle;
import io.imagebus.bus.HttpAddress;
import io.imagebus.bus.Membership;
import io.imagebus.bus.RepairSettings;
import io.imagebus.bus.StreamEvent;
import io.imagebus.bus.StreamSubscriber;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.door.ControlSocket;
import io.imagebus.door.SocketWriter;
import io.imagebus.door.TopicPath;
import io.imagebus.frame.ByTopic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.imagebus.image.PictureLimits;
import io.imagebus.image.dct.DctCodec;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A node of ingest alone, with its part of the bus and an HTTP port. */
final class IngestEdge extends VerticleBase {

  static final int MAX_PICTURE_BYTES = 256 * 1024;
  static final int CHUNK_BYTES = 4 * 1024;
  static final int CONTROL_BYTES = 64 * 1024;
  static final int MAX_MESSAGE_BYTES = MAX_PICTURE_BYTES + CONTROL_BYTES;
  private static final String PUBLISH = "/ws/publish/";

  private final String node = UUID.randomUUID().toString();
  private final IngestVerticle ingest =
      new IngestVerticle(
          new IngestSettings(
              new PictureLimits(MAX_PICTURE_BYTES, 100_000_000),
              CHUNK_BYTES,
              new FrameAssembler.Limits(
                  MAX_PICTURE_BYTES, 2 * MAX_PICTURE_BYTES, TimeUnit.MILLISECONDS.toNanos(300)),
              TimeUnit.SECONDS.toNanos(30),
              TimeUnit.MINUTES.toNanos(10),
              new ByTopic<>(
                  List.of(
                      new ByTopic.Rule<>(new TopicFilter("thin/#"), Unchanged.THIN),
                      new ByTopic.Rule<>(new TopicFilter("drop/#"), Unchanged.DROP))),
              TimeUnit.MINUTES.toNanos(10),
              List.of(new TopicFilter("sound/#"))),
          Clock.system(),
          node,
          0,
          1,
          DctCodec::new);
  private final List<StreamEvent> events = new CopyOnWriteArrayList<>();
  private int port;

  static IngestEdge start(Vertx vertx) throws Exception {
    IngestEdge edge = new IngestEdge();
    BusSettings settings =
        new BusSettings(
            new HttpAddress(),
            2 << 20,
            4 << 20,
            60_000,
            2_000,
            64 << 20,
            MAX_PICTURE_BYTES,
            1 << 20,
            60,
            3_000,
            64 << 20,
            1_000,
            RepairSettings.OFF);
    await(
        vertx.deployVerticle(
            new ClusterVerticle(
                settings, Membership.alone(edge.node), Clock.system(), new SplittableRandom(1))));
    await(vertx.deployVerticle(edge));
    return edge;
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Override
  public Future<?> start() throws Exception {
    ingest.deploy(context);
    new StreamSubscriber(vertx, events::add).want(new TopicFilter("#"), Variant.SOURCE);
    Router router = Router.router(vertx);
    ingest.mount(router);
    router.getWithRegex(PUBLISH + ".*").handler(this::pictures);
    router.get("/ws").handler(this::control);
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxWebSocketFrameSize(MAX_MESSAGE_BYTES)
            .setMaxWebSocketMessageSize(MAX_MESSAGE_BYTES)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false);
    return vertx
        .createHttpServer(options)
        .requestHandler(router)
        .listen(0, "127.0.0.1")
        .onSuccess(server -> port = server.actualPort());
  }

  private void pictures(RoutingContext request) {
    request
        .request()
        .toWebSocket()
        .onSuccess(
            socket ->
                ingest.attachPictures(
                    socket, TopicPath.parse(request.request().path(), PUBLISH, "")));
  }

  private void control(RoutingContext request) {
    request
        .request()
        .toWebSocket()
        .onSuccess(
            socket ->
                ingest.attach(
                    new ControlSocket(
                        socket, SocketWriter.of(socket, 1 << 18, 1 << 17), CONTROL_BYTES)));
  }

  int port() {
    return port;
  }

  /** Everything that a display would have heard, of all topics. */
  List<StreamEvent> events() {
    return events;
  }

  @Override
  public Future<?> stop() throws Exception {
    return ingest.undeploy(context);
  }
}
