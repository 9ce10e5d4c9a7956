package io.imagebus.bus;

import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeListener;
import java.util.List;
import java.util.function.Consumer;

/** The membership as Hazelcast sees it. Thread-safe. */
final class HazelcastMembership implements Membership {

  private final ClusterManager manager;

  HazelcastMembership(ClusterManager manager) {
    this.manager = manager;
  }

  @Override
  public String self() {
    return manager.getNodeId();
  }

  @Override
  public List<String> members() {
    return manager.getNodes();
  }

  @Override
  public void onLeft(Consumer<String> listener) {
    manager.nodeListener(
        new NodeListener() {
          @Override
          public void nodeAdded(String node) {
            // A node counts as there once its beacon is heard.
          }

          @Override
          public void nodeLeft(String node) {
            listener.accept(node);
          }
        });
  }

  @Override
  public boolean isClustered() {
    return true;
  }
}
