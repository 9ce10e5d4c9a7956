package io.imagebus.e2e;

import io.imagebus.client.ServerUrl;
import io.imagebus.testbed.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Nodes that keep what they know on disk and come back where they were. All tests of a class share
 * them; each test begins with all of them running, and with what the tests before it have left.
 */
final class LastingNodes implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private final int size;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private Path directory;
  private TestCluster cluster;

  /** To be registered as an extension of the class. */
  LastingNodes(int size) {
    this.size = size;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory("imagebus-nodes");
    cluster = new TestCluster();
    // What survivors, Hazelcast and Vert.x's event bus say when a connection breaks off.
    cluster.allow(
        "ConnectionBase - .*Connection reset by peer",
        "IllegalStateException: Promise already completed[^#]*OutboundConnection.writeMessage",
        "ClusteredEventBus - Connecting to server \\S+ failed",
        "BlockedThreadChecker",
        " WARN  \\[hz\\.");
    for (int node = 0; node < size; node++) {
      nodes.add(launch(node, 0));
    }
    awaitAll();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    startMissing();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    try {
      cluster.close();
    } finally {
      delete(directory);
    }
  }

  private NodeProcess launch(int node, int port) throws IOException {
    return cluster.launch(port, "--set", "node.data-dir=" + data(node));
  }

  private Path data(int node) {
    return directory.resolve("node-" + node);
  }

  private void awaitAll() throws Exception {
    for (NodeProcess node : nodes) {
      node.awaitReady();
    }
    TestCluster.awaitLinked(nodes);
  }

  NodeProcess get(int node) {
    return nodes.get(node);
  }

  ServerUrl server(int node) {
    return get(node).server();
  }

  WallApi api(int node) {
    return new WallApi(get(node));
  }

  void kill(int node) throws InterruptedException {
    get(node).program().kill();
  }

  void killAll() throws InterruptedException {
    for (int node = 0; node < size; node++) {
      kill(node);
    }
  }

  /** A killed node comes back at its address; it may be alone. */
  void start(int node) throws Exception {
    nodes.set(node, launch(node, server(node).port()).awaitReady());
  }

  /** All that do not run come back at the same time. */
  void startMissing() throws Exception {
    for (int node = 0; node < size; node++) {
      if (!get(node).program().isAlive()) {
        nodes.set(node, launch(node, server(node).port()));
      }
    }
    awaitAll();
  }

  /** A killed node loses all that it has kept. */
  void wipe(int node) throws IOException {
    delete(data(node));
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
