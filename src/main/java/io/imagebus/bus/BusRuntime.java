package io.imagebus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A Vert.x that is one node, alone or in a cluster, with the membership that goes with it.
 *
 * @param vertx to be closed by the one who started it
 */
public record BusRuntime(Vertx vertx, Membership membership) {

  private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;

  /**
   * Starts a node's Vert.x.
   *
   * @param cluster how to join; empty for a node that stands alone
   * @throws IllegalArgumentException if the cluster's configuration cannot be used
   */
  public static Future<BusRuntime> start(Optional<ClusterSettings> cluster) {
    VertxOptions options =
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors());
    if (cluster.isEmpty()) {
      return Future.succeededFuture(
          new BusRuntime(Vertx.vertx(options), Membership.alone(UUID.randomUUID().toString())));
    }
    return startClustered(options, cluster.get());
  }

  private static Future<BusRuntime> startClustered(VertxOptions options, ClusterSettings cluster) {
    HazelcastClusterManager manager = new HazelcastClusterManager(HazelcastFile.load(cluster));
    EventBusGuard.enable();
    if (cluster.busPort() != 0) {
      EventBusGuard.watch(cluster.busPort());
    }
    options.setEventBusOptions(eventBus(cluster));
    return Vertx.builder()
        .with(options)
        .withClusterManager(manager)
        .buildClustered()
        .map(
            vertx -> {
              // Of a port that was taken from the free ones the number is known only now.
              EventBusGuard.watch(manager.getNodeInfo().port());
              return new BusRuntime(vertx, new HazelcastMembership(manager));
            });
  }

  /**
   * The reply timer outlasts a node that stands still for some seconds, because its close loses
   * what is under way; the read time-out is what really closes the connection of a peer that has
   * stopped.
   */
  private static EventBusOptions eventBus(ClusterSettings cluster) {
    String host = cluster.host().isEmpty() ? "127.0.0.1" : cluster.host();
    EventBusOptions options = new EventBusOptions();
    options
        .setHost(host)
        .setPort(cluster.busPort())
        .setReceiveBufferSize(RECEIVE_BUFFER_BYTES)
        .setTcpKeepAlive(true)
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setReadIdleTimeout(15_000);
    if (cluster.busPublicPort() != 0) {
      options.setClusterPublicPort(cluster.busPublicPort());
    }
    return options
        .setClusterPublicHost(cluster.busPublicHost().isEmpty() ? host : cluster.busPublicHost())
        .setClusterPingInterval(5_000)
        .setClusterPingReplyInterval(10_000)
        .setConnectTimeout(3_000);
  }
}
