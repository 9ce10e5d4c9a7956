package io.imagebus.fault;

import static io.imagebus.fault.FaultRow.pass;
import static io.imagebus.fault.FaultRow.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.testbed.NodeProcess;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Three nodes under load while one thing after another breaks and is mended. After each, the
 * filming rests until all accounts equal the ledgers: a process that is killed later has been
 * checked up to then. To be closed. One thread.
 */
final class Soak implements AutoCloseable {

  private static final Duration SETTLED = Duration.ofSeconds(40);
  private static final int FRESH_SECONDS = 60;
  private static final int SAMPLE_SECONDS = 5;

  private final SoakSettings settings;
  private final long startNanos = System.nanoTime();
  private final NetworkLab lab;
  private final FaultCluster cluster;
  private final SoakReport report;
  private final MemoryTrend memory = new MemoryTrend();
  private final UnwantedNumbers unwanted = new UnwantedNumbers();
  private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
  private Load load;

  /** Starts nodes, cameras and displays; returns when all displays show pictures. */
  static Soak start(SoakSettings settings) throws Exception {
    Soak soak = new Soak(settings);
    try {
      soak.begin();
      return soak;
    } catch (Exception | AssertionError e) {
      soak.close();
      throw e;
    }
  }

  private Soak(SoakSettings settings) {
    this.settings = settings;
    this.lab = NetworkLab.open(3);
    this.cluster = new FaultCluster(lab, 3, false, List.of("frames.chunk-bytes=64KiB"));
    this.report = new SoakReport(settings);
  }

  private void begin() throws Exception {
    cluster.start();
    load = new Load(cluster, settings.load(), new SplittableRandom(settings.seed()));
    load.start();
    sampler.scheduleAtFixedRate(
        () -> cluster.running().forEach(memory::resident), 0, SAMPLE_SECONDS, TimeUnit.SECONDS);
  }

  /** Breaks things until the time is over, and checks after each. */
  void run() throws Exception {
    SoakSchedule schedule = new SoakSchedule(cluster, settings);
    int number = 0;
    while (System.nanoTime() - startNanos < settings.time().toNanos()) {
      pass(schedule.calm());
      number++;
      SoakSchedule.Step step = schedule.next();
      report.begins(number, step);
      endure(step);
      settle(number, step.row());
    }
  }

  private void endure(SoakSchedule.Step step) throws Exception {
    if (step.midFrameAt() > 0) {
      String node = cluster.node(step.midFrameAt()).id();
      load.cameras().stream()
          .filter(camera -> camera.stream().filter(s -> s.node().equals(node)).isPresent())
          .forEach(camera -> camera.shootPart(1));
    }
    for (Fault fault : step.faults()) {
      fault.inject();
      try {
        pass(step.hold());
      } finally {
        fault.heal();
      }
      pass(step.pause());
    }
  }

  /** Everything is back, and everything was counted. */
  private void settle(int number, String row) throws Exception {
    long healedNanos = System.nanoTime();
    try {
      cluster.awaitLinked();
      within(FRESH_SECONDS).untilAsserted(() -> assertThat(notFreshSince(healedNanos)).isEmpty());
      double seconds = (System.nanoTime() - healedNanos) / 1e9;
      load.rest();
      new LedgerCheck(cluster, load.ledger(), load.displays())
          .mayLose(line -> true)
          .joiningLate()
          .besideOthers()
          .eachConnection()
          .apartFrom(unwanted)
          .assertHolds("soak-%d-%s".formatted(number, row), SETTLED);
      report.held(number, row, seconds);
    } catch (Exception | AssertionError e) {
      report.failed(number, row, e);
    }
    for (NodeProcess node : cluster.running()) {
      memory.atRest(node);
    }
    report.complaints(cluster.takeComplaints());
    report.compare(SoakTable.of(cluster, load, unwanted));
    report.retired(load.bringHome());
    load.film();
  }

  private List<String> notFreshSince(long nanos) {
    return load.displays().stream()
        .filter(display -> !display.isFreshSince(nanos))
        .map(display -> display.topic() + " at " + display.welcomes() + ": " + display.state())
        .toList();
  }

  /** What became of it; fails if anything was not as promised. */
  void conclude() throws Exception {
    report.conclude(load, memory);
  }

  @Override
  public void close() throws Exception {
    try {
      sampler.shutdownNow();
      if (load != null) {
        load.close();
      }
    } finally {
      cluster.close();
      lab.close();
    }
  }
}
