package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A wall of 36 cameras of three nodes, ten pictures a second each, for {@code -Dwall.minutes=20}:
 * what the tab needs, and whether its account is that of its node. {@code mvn verify -P soak
 * -Dit.test=WallSoakIT}.
 *
 * <p>The tab is left to itself but for a moment now and then: while Playwright looks in, it tells
 * of every message of its socket, which costs memory that is not the page's.
 */
@Tag("soak")
class WallSoakIT {

  private static final int CAMERAS = 36;
  private static final long EVERY_MILLIS = 100;
  private static final double MINUTES =
      Double.parseDouble(System.getProperty("wall.minutes", "20"));

  /** Caches of compiled scripts and decoded pictures fill first. */
  private static final double WARM_UP_MINUTES = MINUTES / 3;

  private static final double MOST_MEBIBYTES_A_MINUTE = 1;
  private static final Duration EVERY_SAMPLE = Duration.ofSeconds(10);

  private static final String LIVE = "document.querySelectorAll('.tile[data-state=LIVE]').length";

  private static final String WATCH_ORDER =
      """
      window.outOfOrder = 0;
      for (const tile of document.querySelectorAll('.tile')) {
        let newest = -1;
        new MutationObserver(() => {
          const frame = Number(tile.dataset.frame);
          window.outOfOrder += frame < newest ? 1 : 0;
          newest = frame;
        }).observe(tile, { attributes: true, attributeFilter: ['data-frame'] });
      }""";

  private record Sample(double minutes, double heapMebibytes, double residentMebibytes) {}

  @TempDir private Path profile;

  @Test
  void wallOfThreeNodes_keepsItsMemory_itsOrderAndItsAccount() throws Exception {
    try (TestCluster cluster = new TestCluster();
        Clients clients = new Clients();
        Tabs tabs = new Tabs(profile, "1920,1080")) {
      List<NodeProcess> nodes = cluster.start(3);
      List<Camera> cameras = film(clients, nodes);
      Wall wall = new Wall(tabs, tabs.open(nodes.get(0).url() + "/wall?topics=soak/%23"));
      await().atMost(Duration.ofMinutes(1)).until(() -> wall.number(LIVE) == CAMERAS);
      wall.evaluate(WATCH_ORDER);
      long shownBefore = wall.sum("received");
      Duration cpuBefore = cpu(tabs);
      List<Sample> samples = sample(wall);
      long shown = wall.sum("received") - shownBefore;
      double seconds = MINUTES * 60;
      System.out.printf(
          "%d tiles: %.1f pictures a second of %.0f sent, %.2f cores for the browser%n",
          CAMERAS,
          shown / seconds,
          CAMERAS * 1000.0 / EVERY_MILLIS,
          cpu(tabs).minus(cpuBefore).toMillis() / 1000.0 / seconds);
      double heap = slope(samples, Sample::heapMebibytes);
      double resident = slope(samples, Sample::residentMebibytes);
      System.out.printf("heap %+.2f MiB/min, renderer %+.2f MiB/min%n", heap, resident);
      for (Sample each : samples) {
        System.out.printf(
            "%.1f min: heap %.1f MiB, renderer %.0f MiB%n",
            each.minutes(), each.heapMebibytes(), each.residentMebibytes());
      }
      clients.run(() -> cameras.forEach(Camera::stop));
      assertAccountsAgree(wall, nodes.get(0));
      assertThat(wall.number("window.outOfOrder")).isZero();
      assertThat(heap).isLessThan(MOST_MEBIBYTES_A_MINUTE);
      assertThat(resident).isLessThan(MOST_MEBIBYTES_A_MINUTE);
    }
  }

  /** The page, into which one looks for a moment. */
  private record Wall(Tabs tabs, String id) {

    Object evaluate(String expression) throws InterruptedException {
      try (DevTools tools = tabs.lookInto(id)) {
        return tools.evaluate(expression);
      }
    }

    long number(String expression) throws InterruptedException {
      return ((Number) evaluate(expression)).longValue();
    }

    double heapMebibytes() throws InterruptedException {
      try (DevTools tools = tabs.lookInto(id)) {
        return (double) tools.heapBytes() / (1 << 20);
      }
    }

    /** Of all tiles. */
    long sum(String figure) throws InterruptedException {
      return number(
          "[...document.querySelectorAll('.tile')]"
              + ".reduce((sum, tile) => sum + Number(tile.dataset."
              + figure
              + "), 0)");
    }
  }

  private static List<Camera> film(Clients clients, List<NodeProcess> nodes) throws IOException {
    Footage footage = new Footage(0);
    List<Camera> cameras = new ArrayList<>();
    for (int i = 0; i < CAMERAS; i++) {
      NodeProcess node = nodes.get(i % nodes.size());
      Camera camera = new Camera(clients, footage, "soak/" + i, List.of(node.server()));
      camera.film(Long.MAX_VALUE, EVERY_MILLIS);
      cameras.add(camera);
    }
    return cameras;
  }

  private static List<Sample> sample(Wall wall) {
    List<Sample> samples = new ArrayList<>();
    long startNanos = System.nanoTime();
    await()
        .atMost(Duration.ofSeconds((long) (MINUTES * 60) + 60))
        .pollInterval(EVERY_SAMPLE)
        .until(
            () -> {
              double minutes = (System.nanoTime() - startNanos) / 60e9;
              double heap = wall.heapMebibytes();
              samples.add(new Sample(minutes, heap, residentKibibytes(wall.tabs) / 1024.0));
              return minutes >= MINUTES;
            });
    return samples;
  }

  /** One chunk a picture: what the node sent to the display is what the page received. */
  private static void assertAccountsAgree(Wall wall, NodeProcess node) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              assertThat(wall.sum("received")).isEqualTo(sentToDisplays(node));
              assertThat(wall.sum("lost")).isZero();
            });
  }

  private static long sentToDisplays(NodeProcess node) throws Exception {
    String metrics = new String(node.get("/metrics").body(), StandardCharsets.UTF_8);
    return metrics
        .lines()
        .filter(line -> line.startsWith("imagebus_chunks_sent_total{"))
        .filter(line -> line.contains("hop=\"delivery-display\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static Duration cpu(Tabs tabs) {
    return tabs.processes().stream()
        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * The wall has the largest renderer; the browser keeps others for its first tab and in reserve.
   */
  private static long residentKibibytes(Tabs tabs) {
    return tabs.processes().stream()
        .filter(WallSoakIT::isRenderer)
        .mapToLong(WallSoakIT::residentOf)
        .max()
        .orElseThrow();
  }

  private static boolean isRenderer(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .contains("--type=renderer");
    } catch (IOException e) {
      return false; // It has ended meanwhile.
    }
  }

  private static long residentOf(ProcessHandle process) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      return 0; // It has ended meanwhile.
    }
  }

  /** MiB a minute after the warm-up, by least squares. */
  private static double slope(List<Sample> all, ToDoubleFunction<Sample> size) {
    List<Sample> warm = all.stream().filter(each -> each.minutes() >= WARM_UP_MINUTES).toList();
    double meanX = warm.stream().mapToDouble(Sample::minutes).average().orElseThrow();
    double meanY = warm.stream().mapToDouble(size).average().orElseThrow();
    double products = 0;
    double squares = 0;
    for (Sample each : warm) {
      products += (each.minutes() - meanX) * (size.applyAsDouble(each) - meanY);
      squares += (each.minutes() - meanX) * (each.minutes() - meanX);
    }
    return products / squares;
  }
}
