package io.imagebus.node;

import io.imagebus.base.Clock;
import io.imagebus.bus.BusRuntime;
import io.imagebus.bus.ClusterVerticle;
import io.imagebus.bus.HttpAddress;
import io.imagebus.compression.CompressionVerticle;
import io.imagebus.config.Settings;
import io.imagebus.image.codec.Codecs;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.report.ReportVerticle;
import io.imagebus.wall.WallVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running node: a Vert.x, its verticles, its HTTP port. Thread-safe. */
public final class Node {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /** What the other nodes get to acknowledge the last pictures. */
  private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final BusRuntime runtime;
  private final HttpAddress http = new HttpAddress();
  private final AtomicBoolean ready = new AtomicBoolean();
  private final List<EdgeVerticle> edges = new ArrayList<>();
  private final List<String> edgeIds = new ArrayList<>();
  private final int drainSeconds;
  private @Nullable ClusterVerticle cluster;
  private String clusterId = "";

  private Node(BusRuntime runtime, int drainSeconds) {
    this.runtime = runtime;
    this.drainSeconds = drainSeconds;
  }

  /**
   * Starts a node.
   *
   * @return the node once it takes publishers and displays; fails with a message for the operator
   */
  public static Future<Node> start(Settings settings) {
    return start(settings, Optional.empty());
  }

  /** Loads native code on a thread of its own: nobody waits for it but the first variant. */
  private static Supplier<PictureCodec> nativeCodecs(Vertx vertx) {
    Future<Codecs> loaded = vertx.executeBlocking(() -> Codecs.of(Codecs.Choice.AUTO), false);
    var codecs = loaded.toCompletionStage().toCompletableFuture();
    return () -> codecs.join().open();
  }

  /**
   * Starts a node that makes variants with these codecs instead of its own.
   *
   * @param codecs opens one for each thread
   */
  static Future<Node> start(Settings settings, Optional<Supplier<PictureCodec>> codecs) {
    HeapReturn.enable();
    Future<BusRuntime> started;
    try {
      started = BusRuntime.start(NodeStages.cluster(settings));
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(e);
    }
    // Of no context: the one who waits must hear of a failure although the node's event loops end.
    Promise<Node> done = Promise.promise();
    started
        .onFailure(done::fail)
        .onSuccess(
            runtime -> {
              Node node = new Node(runtime, settings.node().drainSeconds());
              node.deploy(settings, codecs)
                  .onSuccess(done::complete)
                  .onFailure(
                      failure -> {
                        done.fail(failure);
                        runtime.vertx().close();
                      });
            });
    return done.future();
  }

  private Future<Node> deploy(Settings settings, Optional<Supplier<PictureCodec>> codecs) {
    Vertx vertx = runtime.vertx();
    Supplier<PictureCodec> opened = codecs.orElseGet(() -> nativeCodecs(vertx));
    Clock clock = Clock.system();
    String self = runtime.membership().self();
    long seed = UUID.randomUUID().getMostSignificantBits();
    ClusterVerticle bus =
        new ClusterVerticle(
            NodeStages.bus(settings, http),
            runtime.membership(),
            clock,
            new SplittableRandom(seed));
    cluster = bus;
    return vertx
        .deployVerticle(bus)
        .compose(
            id -> {
              clusterId = id;
              return vertx.deployVerticle(
                  new ReportVerticle(runtime.membership(), clock, settings.metrics().maxTopics()));
            })
        .compose(
            id ->
                vertx.deployVerticle(
                    new CompressionVerticle(NodeStages.compression(settings), clock, opened)))
        .compose(
            id ->
                vertx.deployVerticle(
                    new WallVerticle(runtime.membership(), clock, settings.node().dataDirectory())))
        .compose(
            id ->
                deployEdges(settings, clock, self, opened)
                    .recover(failure -> Future.failedFuture(explained(failure, settings))))
        .map(
            deployed -> {
              http.set(urlOf(settings));
              ready.set(true);
              LOG.info("node {} ready at {}", self, http.get());
              return this;
            });
  }

  private Future<?> deployEdges(
      Settings settings, Clock clock, String self, Supplier<PictureCodec> codecs) {
    int instances = Runtime.getRuntime().availableProcessors();
    // A negative port is a random one that the instances of this node share.
    int port = settings.http().port() == 0 ? -1 : settings.http().port();
    List<Future<?>> deployed = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      EdgeVerticle edge =
          new EdgeVerticle(settings, clock, self, port, i, instances, codecs, ready::get);
      edges.add(edge);
      deployed.add(runtime.vertx().deployVerticle(edge));
    }
    // Each is waited for, also after a failure: Vert.x cannot be closed while verticles start.
    return Future.join(deployed).onSuccess(all -> edgeIds.addAll(all.list()));
  }

  /** A port in use is a BindException in Java's own transport only, an IOException in each. */
  private static Throwable explained(Throwable failure, Settings settings) {
    if (failure instanceof IOException) {
      return new IllegalStateException(
          "cannot listen on "
              + settings.http().host()
              + ":"
              + settings.http().port()
              + " ("
              + failure.getMessage()
              + "); choose another port with --port or http.port",
          failure);
    }
    return failure;
  }

  private String urlOf(Settings settings) {
    if (!settings.http().publicUrl().isEmpty()) {
      return settings.http().publicUrl();
    }
    String host = settings.http().host();
    if (host.equals("0.0.0.0") || host.equals("::")) {
      host = settings.cluster().host().isEmpty() ? "127.0.0.1" : settings.cluster().host();
    }
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
  }

  /** The port that the node listens on. */
  public int port() {
    return edges.get(0).port();
  }

  /** How others reach the node's HTTP port. */
  public String url() {
    return http.get();
  }

  /** The node's id in the cluster; a UUID. */
  public String id() {
    return runtime.membership().self();
  }

  /**
   * Sends publishers and displays elsewhere and serves them until they have gone, tells the other
   * nodes, and frees everything; in this order, so that the ends of this node's streams reach the
   * others. Takes {@code node.drain-seconds} and a few seconds at most.
   */
  public Future<Void> stop() {
    ready.set(false);
    // No other node names this one to its clients any more.
    http.set("");
    Vertx vertx = runtime.vertx();
    return drain()
        .eventually(() -> Future.join(edgeIds.stream().map(vertx::undeploy).toList()))
        .eventually(this::leave)
        .eventually(vertx::close)
        .mapEmpty();
  }

  private Future<?> drain() {
    LOG.info("node {} drains", id());
    long limitNanos = TimeUnit.SECONDS.toNanos(drainSeconds);
    List<Future<?>> drained = new ArrayList<>();
    for (EdgeVerticle edge : edges) {
      Promise<Void> done = Promise.promise();
      edge.loop().runOnContext(any -> edge.drain(limitNanos).onComplete(done));
      drained.add(done.future());
    }
    return Future.join(drained);
  }

  private Future<?> leave() {
    ClusterVerticle left = cluster;
    return left == null
        ? Future.succeededFuture()
        : left.flush(FLUSH_NANOS).eventually(() -> runtime.vertx().undeploy(clusterId));
  }
}
