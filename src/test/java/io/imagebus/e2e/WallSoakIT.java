package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.imagebus.browser.Browsers;
import io.imagebus.browser.WallPage;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A wall of 36 cameras of three nodes, ten pictures a second each, for {@code -Dwall.minutes=10}:
 * what the tab needs, and whether its account is that of its node. {@code mvn verify -P soak
 * -Dit.test=WallSoakIT}.
 */
@Tag("soak")
class WallSoakIT {

  private static final int CAMERAS = 36;
  private static final long EVERY_MILLIS = 100;
  private static final double MINUTES =
      Double.parseDouble(System.getProperty("wall.minutes", "10"));

  /** Caches of compiled scripts and decoded pictures fill first. */
  private static final double WARM_UP_MINUTES = MINUTES / 3;

  private static final double MOST_MEBIBYTES_A_MINUTE = 1;
  private static final Duration EVERY_SAMPLE = Duration.ofSeconds(10);

  private static final String WATCH_ORDER =
      """
      () => {
        window.outOfOrder = 0;
        for (const tile of document.querySelectorAll('.tile')) {
          let newest = -1;
          new MutationObserver(() => {
            const frame = Number(tile.dataset.frame);
            window.outOfOrder += frame < newest ? 1 : 0;
            newest = frame;
          }).observe(tile, { attributes: true, attributeFilter: ['data-frame'] });
        }
      }""";

  private record Sample(double minutes, double heapMebibytes, double residentMebibytes) {}

  @Test
  void wallOfThreeNodes_keepsItsMemory_itsOrderAndItsAccount() throws Exception {
    try (TestCluster cluster = new TestCluster();
        Clients clients = new Clients();
        Browsers browsers = Browsers.open();
        Browser browser = browsers.launch(Browsers.Kind.CHROMIUM)) {
      List<NodeProcess> nodes = cluster.start(3);
      List<Camera> cameras = film(clients, nodes);
      try (WallPage wall = WallPage.open(browser, nodes.get(0).url() + "/wall?topics=soak/%23")) {
        Page page = wall.page();
        page.setViewportSize(1920, 1080);
        page.waitForFunction(
            "tiles => document.querySelectorAll('.tile[data-state=LIVE]').length === tiles",
            CAMERAS);
        page.evaluate(WATCH_ORDER);
        long shownBefore = sum(page, "received");
        Duration cpuBefore = cpu();
        List<Sample> samples = sample(page);
        long shown = sum(page, "received") - shownBefore;
        double seconds = MINUTES * 60;
        System.out.printf(
            "%d tiles: %.1f pictures a second of %.0f sent, %.2f cores for the browser%n",
            CAMERAS,
            shown / seconds,
            CAMERAS * 1000.0 / EVERY_MILLIS,
            cpu().minus(cpuBefore).toMillis() / 1000.0 / seconds);
        double heap = slope(samples, true);
        double resident = slope(samples, false);
        System.out.printf("heap %+.2f MiB/min, renderer %+.2f MiB/min%n", heap, resident);
        for (Sample each : samples) {
          System.out.printf(
              "%.1f min: heap %.1f MiB, renderer %.0f MiB%n",
              each.minutes(), each.heapMebibytes(), each.residentMebibytes());
        }
        clients.run(() -> cameras.forEach(Camera::stop));
        assertAccountsAgree(page, nodes.get(0));
        assertThat((int) page.evaluate("window.outOfOrder")).isZero();
        assertThat(heap).isLessThan(MOST_MEBIBYTES_A_MINUTE);
        assertThat(resident).isLessThan(MOST_MEBIBYTES_A_MINUTE);
      }
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

  private static List<Sample> sample(Page page) {
    CDPSession session = page.context().newCDPSession(page);
    List<Sample> samples = new ArrayList<>();
    long startNanos = System.nanoTime();
    await()
        .atMost(Duration.ofSeconds((long) (MINUTES * 60) + 60))
        .pollInterval(EVERY_SAMPLE)
        .until(
            () -> {
              double minutes = (System.nanoTime() - startNanos) / 60e9;
              session.send("HeapProfiler.collectGarbage");
              double heap =
                  session.send("Runtime.getHeapUsage").get("usedSize").getAsDouble() / (1 << 20);
              samples.add(new Sample(minutes, heap, residentKibibytes() / 1024.0));
              return minutes >= MINUTES;
            });
    return samples;
  }

  /** One chunk a picture: what the node sent to the display is what the page received. */
  private static void assertAccountsAgree(Page page, NodeProcess node) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              assertThat(sum(page, "received")).isEqualTo(sentToDisplays(node));
              assertThat(sum(page, "lost")).isZero();
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

  private static long sum(Page page, String figure) {
    return ((Number)
            page.evaluate(
                "figure => [...document.querySelectorAll('.tile')]"
                    + ".reduce((sum, tile) => sum + Number(tile.dataset[figure]), 0)",
                figure))
        .longValue();
  }

  private static List<ProcessHandle> browserProcesses() {
    return ProcessHandle.current()
        .descendants()
        .filter(each -> each.info().command().orElse("").contains("chrom"))
        .toList();
  }

  private static Duration cpu() {
    return browserProcesses().stream()
        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The only page has the only renderer, but for what the browser keeps in reserve. */
  private static long residentKibibytes() {
    return browserProcesses().stream()
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
  private static double slope(List<Sample> all, boolean heap) {
    List<Sample> warm = all.stream().filter(each -> each.minutes() >= WARM_UP_MINUTES).toList();
    double meanX = warm.stream().mapToDouble(Sample::minutes).average().orElseThrow();
    double meanY = warm.stream().mapToDouble(each -> size(each, heap)).average().orElseThrow();
    double products = 0;
    double squares = 0;
    for (Sample each : warm) {
      products += (each.minutes() - meanX) * (size(each, heap) - meanY);
      squares += (each.minutes() - meanX) * (each.minutes() - meanX);
    }
    return products / squares;
  }

  private static double size(Sample sample, boolean heap) {
    return heap ? sample.heapMebibytes() : sample.residentMebibytes();
  }
}
