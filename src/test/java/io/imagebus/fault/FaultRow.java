package io.imagebus.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.testbed.NodeProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;

/**
 * One row of the matrix while it runs: a lab, a cluster, a load, the promises. The system property
 * {@code fault.seed} repeats a run. To be closed. One thread.
 */
final class FaultRow implements AutoCloseable {

  /** Threads and descriptors that come and go by themselves: pooled, or kept alive for a while. */
  private static final long SPARE = 12;

  private static final Duration SETTLED = Duration.ofSeconds(25);

  private final String row;
  private final long seed;
  private final Promises promises;
  private final NetworkLab lab;
  private final FaultCluster cluster;
  private final List<Pattern> allowed = new ArrayList<>();
  private final Map<NodeProcess, Baseline> baselines = new HashMap<>();
  private Load load;
  private boolean completed;

  private record Baseline(long threads, long descriptors) {

    static Baseline of(NodeProcess node) {
      return new Baseline(node.program().threads(), node.program().descriptors());
    }
  }

  private FaultRow(String row, String fault, boolean proxied, List<String> settings) {
    this.row = row;
    this.seed = Long.getLong("fault.seed", System.nanoTime());
    this.promises = new Promises(row, fault, seed);
    this.lab = NetworkLab.open(3);
    List<String> all = new ArrayList<>(List.of("frames.chunk-bytes=64KiB"));
    all.addAll(settings);
    this.cluster = new FaultCluster(lab, 3, proxied, all);
    allow(Allowed.JOINING);
    System.out.printf("%s, %s: seed %d%n", row, fault, seed);
  }

  /** Starts three nodes and the usual load. */
  static FaultRow start(String row, String fault, String... settings) throws Exception {
    return start(row, fault, false, Load.Size.USUAL, settings);
  }

  /** Starts three nodes and a load; returns when every display shows pictures. */
  static FaultRow start(
      String row, String fault, boolean proxied, Load.Size size, String... settings)
      throws Exception {
    FaultRow started = new FaultRow(row, fault, proxied, List.of(settings));
    try {
      started.cluster.start();
      started.load = new Load(started.cluster, size, started.random());
      started.load.start();
      started.noteBaselines();
      return started;
    } catch (Exception | AssertionError e) {
      started.close();
      throw e;
    }
  }

  /** Takes what every node holds now for what it may hold at the end. */
  void noteBaselines() {
    cluster.running().forEach(node -> baselines.put(node, Baseline.of(node)));
  }

  /** Random numbers of this run, from the beginning. */
  SplittableRandom random() {
    return new SplittableRandom(seed);
  }

  long seed() {
    return seed;
  }

  FaultCluster cluster() {
    return cluster;
  }

  NetworkLab lab() {
    return lab;
  }

  NodeProcess node(int host) {
    return cluster.node(host);
  }

  Load load() {
    return load;
  }

  Promises promises() {
    return promises;
  }

  /** Expects log lines of WARN or worse that match; see {@link Allowed}. */
  void allow(String... regularExpressions) {
    Arrays.stream(regularExpressions).map(Pattern::compile).forEach(allowed::add);
  }

  static ConditionFactory within(int seconds) {
    return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(20));
  }

  /** Lets time pass under the fault. */
  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    await()
        .atMost(time.plusSeconds(5))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> System.nanoTime() - end >= 0);
  }

  LedgerCheck ledgers() {
    return new LedgerCheck(cluster, load.ledger(), load.displays());
  }

  /** Ends the filming, and checks that all accounts agree, and that nothing was left behind. */
  void finish(LedgerCheck check) throws Exception {
    load.rest();
    check.assertHolds(row, SETTLED);
    promises.measured("G: every account equals the ledgers", "equal", true);
    baselines.keySet().removeIf(node -> !node.program().isAlive());
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> baselines.forEach(FaultRow::assertBack));
    promises.measured("threads and descriptors of the survivors", "as before", true);
    completed = true;
  }

  private static void assertBack(NodeProcess node, Baseline before) {
    Baseline now = Baseline.of(node);
    assertThat(now.threads())
        .as("threads of %s", node.url())
        .isLessThanOrEqualTo(before.threads() + SPARE);
    assertThat(now.descriptors())
        .as("descriptors of %s", node.url())
        .isLessThanOrEqualTo(before.descriptors() + SPARE);
  }

  /** What the nodes said last, and how they see each other. */
  private void keepEvidence() throws Exception {
    Files.createDirectories(Promises.DIRECTORY);
    for (int host = 1; host <= cluster.hosts(); host++) {
      NodeProcess node = cluster.node(host);
      if (node != null) {
        Path file = Promises.DIRECTORY.resolve(row + "-node" + host + ".log");
        Files.writeString(file, node.program().err().toString());
        if (node.program().isAlive() && !node.url().isEmpty()) {
          Path state = Promises.DIRECTORY.resolve(row + "-node" + host + "-cluster.json");
          Files.write(state, node.get("/api/v1/cluster").body());
        }
      }
    }
  }

  @Override
  public void close() throws Exception {
    try {
      // Read before the end: nodes that see others killed complain about that.
      List<String> complaints =
          cluster.complaints().stream()
              .filter(line -> allowed.stream().noneMatch(each -> each.matcher(line).find()))
              .toList();
      if (load != null) {
        load.close();
      }
      if (completed) {
        promises.noLines("unexpected lines in the logs", complaints);
      } else {
        complaints.forEach(System.out::println);
      }
      if (!completed || promises.areBroken()) {
        keepEvidence();
      }
    } finally {
      cluster.close();
      lab.close();
      promises.close(completed);
    }
  }
}
