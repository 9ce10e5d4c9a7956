package io.imagebus.fault;

import static org.awaitility.Awaitility.await;

import io.imagebus.client.ServerUrl;
import io.imagebus.testbed.NodeProcess;
import io.imagebus.testbed.Program;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Nodes in JVMs of their own, one on each host of a {@link NetworkLab}. Hosts count from 1. To be
 * closed, which kills what still runs.
 */
final class FaultCluster implements AutoCloseable {

  private static final int HTTP_PORT = 8080;

  /** Where each node's Hazelcast listens on its host. */
  static final int MEMBER_PORT = 5701;

  /** Where each event bus listens on its host. */
  static final int BUS_PORT = 5800;

  private final NetworkLab lab;
  private final int hosts;
  private final boolean proxied;
  private final List<String> settings;
  private final Map<Integer, NodeProcess> nodes = new TreeMap<>();
  private final Map<Integer, LinkProxy> proxies = new TreeMap<>();
  private final List<Program> programs = new ArrayList<>();
  private final List<Program> starting = new ArrayList<>();

  /**
   * A cluster of which no node runs yet.
   *
   * @param proxied whether a {@link LinkProxy} stands before the event bus of each node
   * @param settings {@code key=value}, the same for all nodes
   */
  FaultCluster(NetworkLab lab, int hosts, boolean proxied, List<String> settings) {
    this.lab = lab;
    this.hosts = hosts;
    this.proxied = proxied;
    this.settings = List.copyOf(settings);
  }

  /** Starts all nodes; returns when each has a link to each other. */
  void start() throws Exception {
    for (int host = 1; host <= hosts; host++) {
      launch(host);
    }
    for (NodeProcess node : nodes.values()) {
      node.awaitReady();
    }
    awaitLinked();
  }

  /** Starts the node of a host, again if there was one; not yet ready. */
  NodeProcess launch(int host) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("node", "--cluster"));
    String address = lab.address(host);
    arguments.addAll(List.of("--host", address, "--port", Integer.toString(HTTP_PORT)));
    List<String> keys = new ArrayList<>();
    keys.add("cluster.name=fault");
    keys.add("cluster.host=" + address);
    keys.add("cluster.port=" + MEMBER_PORT);
    keys.add("cluster.bus-port=" + BUS_PORT);
    keys.add("cluster.members=" + members());
    if (proxied) {
      keys.add("cluster.bus-public-host=" + lab.outside());
      keys.add("cluster.bus-public-port=" + proxy(host).port());
    }
    keys.addAll(settings);
    keys.forEach(key -> arguments.addAll(List.of("--set", key)));
    Program program =
        Program.startIn(lab.on(host), Memory.OPTIONS, arguments.toArray(String[]::new));
    programs.add(program);
    starting.add(program);
    NodeProcess node = new NodeProcess(program);
    nodes.put(host, node);
    return node;
  }

  private String members() {
    return IntStream.rangeClosed(1, hosts)
        .mapToObj(host -> lab.address(host) + ":" + MEMBER_PORT)
        .collect(Collectors.joining(","));
  }

  /** What stands before a node's event bus; of a proxied cluster. */
  LinkProxy proxy(int host) throws IOException {
    LinkProxy proxy = proxies.get(host);
    if (proxy == null) {
      InetSocketAddress bus = new InetSocketAddress(lab.address(host), BUS_PORT);
      proxy = LinkProxy.beforeEventBus(lab.outside(), bus);
      proxies.put(host, proxy);
    }
    return proxy;
  }

  NetworkLab lab() {
    return lab;
  }

  int hosts() {
    return hosts;
  }

  /** The node that was started last on a host. */
  NodeProcess node(int host) {
    return nodes.get(host);
  }

  /** The last node of each host, also those that were killed. */
  List<NodeProcess> nodes() {
    return List.copyOf(nodes.values());
  }

  /** Nodes whose process runs. */
  List<NodeProcess> running() {
    return nodes.values().stream().filter(node -> node.program().isAlive()).toList();
  }

  /** All servers, beginning with a host's, then round. */
  List<ServerUrl> serversFrom(int host) {
    return IntStream.range(0, hosts)
        .mapToObj(i -> ServerUrl.parse(url((host - 1 + i) % hosts + 1)))
        .toList();
  }

  /** The address of a host's HTTP port, whether a node runs there or not. */
  String url(int host) {
    return "http://" + lab.address(host) + ":" + HTTP_PORT;
  }

  /** Waits until each running node has a link that is up to each other. */
  void awaitLinked() {
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> isLinked(running()));
    // Several JVMs that load their classes at the same time make each other wait.
    starting.forEach(program -> program.err().forgive("BlockedThreadChecker|Migration"));
    starting.clear();
  }

  private static boolean isLinked(List<NodeProcess> among) throws Exception {
    for (NodeProcess node : among) {
      long up =
          node.json("/api/v1/cluster").getJsonArray("nodes").stream()
              .map(JsonObject.class::cast)
              .flatMap(each -> each.getJsonArray("peers").stream())
              .map(JsonObject.class::cast)
              .filter(peer -> "up".equalsIgnoreCase(peer.getString("state")))
              .count();
      if (up != (long) among.size() * (among.size() - 1)) {
        return false;
      }
    }
    return true;
  }

  /** Log lines of WARN or worse of all nodes that ever ran. */
  List<String> complaints() {
    return programs.stream().flatMap(program -> program.err().complaints().stream()).toList();
  }

  /** The same, and forgets them: a node's memory of them is bounded. */
  List<String> takeComplaints() {
    List<String> taken = complaints();
    programs.forEach(program -> program.err().forgive(""));
    return taken;
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
    for (LinkProxy proxy : proxies.values()) {
      try {
        proxy.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
