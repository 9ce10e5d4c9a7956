package io.imagebus.fault;

import static io.imagebus.fault.FaultRow.pass;
import static io.imagebus.fault.FaultRow.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.testbed.Clients;
import io.imagebus.testbed.LargeFootage;
import io.imagebus.testbed.NodeProcess;
import io.imagebus.testbed.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A display on a line that does not carry what it asked for gets smaller pictures before it gets
 * fewer, and the large ones again when the line carries them.
 */
@Tag("fault")
@Timeout(240)
class SlowLineIT {

  private static final String TOPIC = "site/gate";
  private static final int FRAMES_PER_SECOND = 10;
  private static final int PICTURES = 30;
  private static final float QUALITY = 0.75f;
  private static final int MEGABITS = 2;
  private static final List<String> MEMORY = List.of("-Xmx256m", "-XX:+UseSerialGC");

  /** Until the ladder has settled. */
  private static final Duration SETTLES = Duration.ofSeconds(10);

  private static final Duration MEASURED = Duration.ofSeconds(20);

  @Test
  void lineOfTwoMegabits_showsSmallerPicturesAtTheFullRate_andFullSizeAgainAfterIt(
      @TempDir Path directory) throws Exception {
    List<byte[]> pictures = LargeFootage.pictures(PICTURES, QUALITY);
    for (int i = 0; i < pictures.size(); i++) {
      Files.write(directory.resolve("%03d.jpg".formatted(i)), pictures.get(i));
    }
    double sourceMegabits =
        pictures.stream().mapToInt(each -> each.length).average().orElseThrow()
            * FRAMES_PER_SECOND
            * 8
            / 1e6;
    assertThat(sourceMegabits).isGreaterThan(2.0 * MEGABITS);
    try (NetworkLab lab = NetworkLab.open(2);
        NodeProcess node = start(lab);
        Program camera = camera(lab, node, directory);
        Clients clients = new Clients()) {
      SizedDisplay display = new SizedDisplay(clients, TOPIC, node.server(), LargeFootage.WIDTH);
      within(40).until(() -> display.newestWidth() == LargeFootage.WIDTH);
      pass(Duration.ofSeconds(5));
      long calmNanos = System.nanoTime();
      pass(Duration.ofSeconds(5));
      report("before", display.since(calmNanos));

      lab.slowOutside(MEGABITS);
      pass(SETTLES);
      long settledNanos = System.nanoTime();
      pass(MEASURED);
      SizedDisplay.Figures slow = display.since(settledNanos);
      report("%d Mbit/s, source %.1f".formatted(MEGABITS, sourceMegabits), slow);

      lab.fastOutside();
      long fastNanos = System.nanoTime();
      within(30).until(() -> display.newestWidth() == LargeFootage.WIDTH);
      double backSeconds = (System.nanoTime() - fastNanos) / 1e9;
      pass(Duration.ofSeconds(5));
      System.out.printf(Locale.ROOT, "back at full size after %.1f s%n", backSeconds);

      assertThat(slow.usualWidth()).isLessThan(LargeFootage.WIDTH);
      assertThat(slow.framesPerSecond()).isGreaterThanOrEqualTo(0.8 * FRAMES_PER_SECOND);
      assertThat(slow.ageMillisP95()).isLessThan(1_000);
      assertThat(backSeconds).isLessThan(10);
      assertThat(display.newestWidth()).as("and it stays").isEqualTo(LargeFootage.WIDTH);
      assertThat(camera.isAlive()).isTrue();
    }
  }

  private static NodeProcess start(NetworkLab lab) throws Exception {
    return new NodeProcess(
            Program.startIn(lab.on(1), MEMORY, "node", "--host", lab.address(1), "--port", "8080"))
        .awaitReady();
  }

  /** On a host of its own: its line is as it was. */
  private static Program camera(NetworkLab lab, NodeProcess node, Path directory) throws Exception {
    return Program.startIn(
        lab.on(2),
        MEMORY,
        "publish",
        "--server",
        node.url(),
        "--topic",
        TOPIC,
        "--fps",
        Integer.toString(FRAMES_PER_SECOND),
        "--loop",
        directory.toString());
  }

  private static void report(String when, SizedDisplay.Figures figures) {
    System.out.printf(
        Locale.ROOT,
        "%s: width %d (of %s), %.1f frames/s, age p50 %d ms, p95 %d ms, longest still %d ms%n",
        when,
        figures.usualWidth(),
        figures.widths(),
        figures.framesPerSecond(),
        figures.ageMillisP50(),
        figures.ageMillisP95(),
        figures.stillMillis());
  }
}
