package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.client.ServerUrl;
import io.imagebus.testbed.NodeProcess;
import io.imagebus.testbed.Program;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Nodes that meet nobody but each other: on the loopback address, with a cluster name and a range
 * of ports of their own. Its end kills what still runs, and fails if a node complained in its log
 * about anything that was not allowed.
 */
public final class TestCluster implements AutoCloseable {

  /** Below the ports that the kernel gives out by itself; Hazelcast looks at twenty. */
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 20;
  private static final int RANGES = 500;

  private final String name = "e2e-" + UUID.randomUUID();
  private final int port = FIRST_PORT + PORTS * ThreadLocalRandom.current().nextInt(RANGES);
  private final List<Program> programs = new ArrayList<>();
  private final List<Pattern> allowed = new ArrayList<>();

  /** Nodes on free HTTP ports, once each of them has a way to each other. */
  public List<NodeProcess> start(int count, String... more) throws Exception {
    List<NodeProcess> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(launch(0, more));
    }
    for (NodeProcess node : nodes) {
      node.awaitReady();
    }
    awaitLinked(nodes);
    // Several JVMs that load their classes at the same time make each other wait.
    programs.forEach(program -> program.err().forgive("BlockedThreadChecker"));
    return nodes;
  }

  /** A further node, or one that comes back; not yet ready. */
  public NodeProcess launch(int httpPort, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("node", "--cluster"));
    arguments.addAll(List.of("--port", Integer.toString(httpPort)));
    arguments.addAll(List.of("--set", "cluster.name=" + name));
    arguments.addAll(List.of("--set", "cluster.port=" + port));
    arguments.addAll(Arrays.asList(more));
    Program program = Program.start(arguments.toArray(String[]::new));
    programs.add(program);
    return new NodeProcess(program);
  }

  /** Waits until each node has a link that is up to each of the others. */
  public static void awaitLinked(List<NodeProcess> nodes) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              for (NodeProcess node : nodes) {
                if (upLinks(node) != (long) nodes.size() * (nodes.size() - 1)) {
                  return false;
                }
              }
              return true;
            });
  }

  private static long upLinks(NodeProcess node) throws Exception {
    return node.json("/api/v1/cluster").getJsonArray("nodes").stream()
        .map(JsonObject.class::cast)
        .flatMap(each -> each.getJsonArray("peers").stream())
        .map(JsonObject.class::cast)
        .filter(peer -> "up".equalsIgnoreCase(peer.getString("state")))
        .count();
  }

  public static List<ServerUrl> servers(List<NodeProcess> nodes) {
    return nodes.stream().map(NodeProcess::server).toList();
  }

  /** Expects log lines of WARN or worse that match. */
  public void allow(String... regularExpressions) {
    Arrays.stream(regularExpressions).map(Pattern::compile).forEach(allowed::add);
  }

  @Override
  public void close() {
    // Read before the end: nodes that see others killed complain about that.
    List<String> unexpected =
        programs.stream()
            .flatMap(program -> program.err().complaints().stream())
            .filter(line -> allowed.stream().noneMatch(each -> each.matcher(line).find()))
            .toList();
    programs.forEach(Program::close);
    assertThat(unexpected).as("complaints in the logs of the nodes").isEmpty();
  }
}
