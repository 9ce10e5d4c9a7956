package io.imagebus.node;

import io.imagebus.base.Clock;
import io.imagebus.bus.LocalBus;
import io.imagebus.bus.PeerUrls;
import io.imagebus.config.Settings;
import io.imagebus.delivery.DeliveryVerticle;
import io.imagebus.door.ControlSocket;
import io.imagebus.door.Problem;
import io.imagebus.door.RequestDeadline;
import io.imagebus.door.SocketUpgrade;
import io.imagebus.door.SocketWriter;
import io.imagebus.door.TopicPath;
import io.imagebus.frame.Topic;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.ingest.IngestVerticle;
import io.imagebus.report.ReportDoor;
import io.imagebus.wall.WallEdge;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The node's HTTP port on one event loop. Ingest and delivery are deployed on the same context,
 * because a connection and what serves it share an event loop; they meet nowhere but on the bus.
 */
final class EdgeVerticle extends VerticleBase {

  private static final String PROTOCOL = "imagebus.v1";
  private static final String PUBLISH = "/ws/publish/";
  private static final long PING_MILLIS = 1_000;

  /** A peer whose kernel confirms nothing for so long is gone. */
  private static final int DEAD_MILLIS = 30_000;

  /** Who connects has said what it wants after so long, or is shown out. */
  private static final long FIRST_REQUEST_MILLIS = 8_000;

  private static final long LOOK_MILLIS = 20;

  /** What clients get to end their streams when there is nowhere to go. */
  private static final long ALONE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Settings settings;
  private final Clock clock;
  private final String node;
  private final int listenPort;
  private final BooleanSupplier ready;
  private final IngestVerticle ingest;
  private final DeliveryVerticle delivery;
  private final ControlSockets sockets = new ControlSockets();
  private boolean draining;
  private long drainTimer;
  private @Nullable WallEdge walls;
  private @Nullable HttpServer server;

  /**
   * One of the instances of a node.
   *
   * @param listenPort the port, or a negative number for a random one that all instances share
   * @param codecs opens a codec, on the thread that will use it
   * @param ready whether the node takes publishers and displays
   */
  EdgeVerticle(
      Settings settings,
      Clock clock,
      String node,
      int listenPort,
      int instance,
      int instances,
      Supplier<PictureCodec> codecs,
      BooleanSupplier ready) {
    this.settings = settings;
    this.clock = clock;
    this.node = node;
    this.listenPort = listenPort;
    this.ready = ready;
    this.ingest =
        new IngestVerticle(NodeStages.ingest(settings), clock, node, instance, instances, codecs);
    this.delivery =
        new DeliveryVerticle(NodeStages.delivery(settings), clock, node, instance, instances);
  }

  @Override
  public Future<?> start() throws Exception {
    PeerUrls.listen(vertx, sockets::otherNodes);
    vertx.setPeriodic(PING_MILLIS, timer -> sockets.ping());
    ingest.deploy(context);
    delivery.deploy(context);
    Router router = Router.router(vertx);
    new OriginGuard(settings.http()).mount(router);
    router.route().handler(this::refuseWhenDraining);
    ingest.mount(router);
    router.getWithRegex(PUBLISH + ".*").handler(this::publishPictures);
    router.get("/ws").handler(this::openControl);
    new ReportDoor(new LocalBus(vertx), ready).mount(router);
    walls = new WallEdge(vertx);
    walls.mount(router);
    delivery.mount(router);
    router.route("/api/*").handler(EdgeVerticle::notFound);
    RequestDeadline requests =
        new RequestDeadline(vertx, FIRST_REQUEST_MILLIS, new SocketUpgrade(router));
    return vertx
        .createHttpServer(options())
        .connectionHandler(requests::connected)
        .requestHandler(requests)
        .listen()
        .onSuccess(listening -> server = listening);
  }

  private HttpServerOptions options() {
    int maxMessage = settings.frames().maxBytes() + settings.delivery().controlBytes();
    HttpServerOptions options = new HttpServerOptions();
    options
        .setHost(settings.http().host())
        .setPort(listenPort)
        .setAcceptBacklog(4096)
        .setTcpNoDelay(true)
        .setTcpUserTimeout(DEAD_MILLIS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
    return options
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(true)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(maxMessage)
        .setMaxWebSocketMessageSize(maxMessage)
        .setWebSocketClosingTimeout(5)
        .addWebSocketSubProtocol(PROTOCOL);
  }

  /** The port on which this instance listens. */
  int port() {
    HttpServer listening = server;
    return listening == null ? -1 : listening.actualPort();
  }

  private void refuseWhenDraining(RoutingContext request) {
    if (draining && !request.request().path().startsWith("/health/")) {
      request.response().putHeader("Connection", "close").putHeader("Retry-After", "1");
      new Problem(503, "draining", "this node goes down; use another").answer(request);
    } else {
      request.next();
    }
  }

  private static void notFound(RoutingContext request) {
    new Problem(
            404,
            "not-found",
            request.request().method()
                + " "
                + request.request().path()
                + " is not part of the API; see the README for the doors")
        .answer(request);
  }

  private void publishPictures(RoutingContext request) {
    Topic topic;
    try {
      topic = TopicPath.parse(request.request().path(), PUBLISH, "");
    } catch (IllegalArgumentException e) {
      new Problem(400, "bad-topic", String.valueOf(e.getMessage())).answer(request);
      return;
    }
    SocketUpgrade.upgrade(request).onSuccess(socket -> ingest.attachPictures(socket, topic));
  }

  private void openControl(RoutingContext request) {
    SocketUpgrade.upgrade(request).onSuccess(this::welcome);
  }

  private void welcome(ServerWebSocket webSocket) {
    SocketWriter writer =
        SocketWriter.of(
            webSocket, settings.delivery().sendBufferBytes(), settings.delivery().unsentBytes());
    ControlSocket socket = new ControlSocket(webSocket, writer, settings.delivery().controlBytes());
    String session = UUID.randomUUID().toString();
    sockets.add(socket);
    ingest.attach(socket);
    delivery.attach(socket, session);
    walls().attach(socket, session);
    socket.send(
        new JsonObject()
            .put("type", "welcome")
            .put("node", node)
            .put("session", session)
            .put(
                "limits",
                new JsonObject()
                    .put("frameBytes", settings.frames().maxBytes())
                    .put("chunkBytes", settings.frames().chunkBytes())
                    .put("controlBytes", settings.delivery().controlBytes()))
            .put("nodes", new JsonArray(sockets.otherNodes())));
  }

  private WallEdge walls() {
    return Objects.requireNonNull(walls, "the node has not started");
  }

  /**
   * Takes nobody in any more and asks those who are there to go elsewhere; serves them until they
   * have gone. To be called on this event loop.
   *
   * @param limitNanos longest wait
   * @return succeeds when those who understand have gone and no stream is open, or in time
   */
  Future<Void> drain(long limitNanos) {
    Promise<Void> drained = Promise.promise();
    draining = true;
    ingest.drain();
    sockets.drain();
    long begunNanos = clock.nanoTime();
    drainTimer =
        vertx.setPeriodic(
            LOOK_MILLIS,
            timer -> {
              long nanos = clock.nanoTime() - begunNanos;
              boolean alone = sockets.otherNodes().isEmpty() && nanos >= ALONE_NANOS;
              if (isIdle() || alone || nanos >= limitNanos) {
                vertx.cancelTimer(drainTimer);
                drained.complete();
              }
            });
    return drained.future();
  }

  private boolean isIdle() {
    return sockets.isEmpty() && ingest.openStreams() == 0;
  }

  /** The event loop that this instance lives on. */
  Context loop() {
    return context;
  }

  @Override
  public Future<?> stop() throws Exception {
    draining = true;
    vertx.cancelTimer(drainTimer);
    ingest.endAll();
    sockets.closeAll();
    delivery.sendAllAway();
    Future<?> closed =
        server == null ? Future.succeededFuture() : server.shutdown(1, TimeUnit.SECONDS);
    return closed.eventually(() -> undeploy());
  }

  private Future<?> undeploy() {
    try {
      return Future.join(delivery.undeploy(context), ingest.undeploy(context));
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }
}
