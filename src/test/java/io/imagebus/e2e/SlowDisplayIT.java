package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A display that reads nothing for a while, beside displays that keep up. */
class SlowDisplayIT {

  private static final String TOPIC = "site/gate";
  private static final int PICTURE_BYTES = 480 * 1024;
  private static final long EVERY_MILLIS = 50;
  private static final long MEBIBYTE = 1 << 20;

  private TestCluster cluster;
  private NodeProcess node;

  private Footage footage;
  private Clients clients;

  @BeforeEach
  void start() throws Exception {
    footage = new Footage(PICTURE_BYTES);
    clients = new Clients();
    cluster = new TestCluster();
    node = cluster.start(1).get(0);
  }

  @AfterEach
  void stop() {
    clients.close();
    cluster.close();
  }

  @Test
  void displayThatReadsNothing_costsOthersNothing_andIsFreshWhenItReadsAgain() throws Exception {
    List<Screen> screens =
        List.of(
            new Screen(clients, TOPIC, List.of(node.server())),
            new Screen(clients, TOPIC, List.of(node.server())));
    RawDisplay slow = new RawDisplay(clients, TOPIC, node.server());
    Camera camera = new Camera(clients, footage, TOPIC, List.of(node.server()));
    camera.film(Long.MAX_VALUE, EVERY_MILLIS, screens);
    await().atMost(Duration.ofSeconds(60)).until(() -> slow.newestFrame() >= 100);

    long warmBytes = node.program().residentBytes();
    slow.pause();
    long pausedAt = camera.published();
    long readBefore = slow.frames();
    await()
        .pollDelay(Duration.ofSeconds(11))
        .atMost(Duration.ofSeconds(25))
        .until(() -> (camera.published() - pausedAt) * PICTURE_BYTES > 30 * MEBIBYTE);
    assertThat(slow.isClosed()).isFalse();
    long grownBytes = node.program().residentBytes() - warmBytes;
    assertThat(slow.frames() - readBefore).as("read while paused").isLessThan(20);
    long passedFrames = camera.published() - pausedAt;
    assertThat(grownBytes).isLessThan(48 * MEBIBYTE);

    long resumedAt = camera.published();
    slow.resume();
    await().atMost(Duration.ofSeconds(5)).until(() -> slow.newestFrame() >= resumedAt);
    assertThat(slow.isClosed()).isFalse();
    long skippedFrames = slow.skippedFrames();
    assertThat(skippedFrames).isGreaterThan(passedFrames / 2);
    assertThat(slow.skipReasons()).containsExactly("slow-display");
    System.out.printf(
        "slow display: %d frames passed, %d skipped, %d MiB more resident%n",
        passedFrames, skippedFrames, grownBytes / MEBIBYTE);

    clients.run(camera::stop);
    long published = camera.published();
    for (Screen screen : screens) {
      await().until(() -> screen.newest(TOPIC) == published - 1);
      screen.assertShown(
          camera.newestStream(), footage, screen.shown(TOPIC).get(0).number(), published);
      assertThat(screen.skippedFrames(TOPIC)).isZero();
      assertThat(screen.status(TOPIC).orElseThrow().chunks().lost()).isZero();
    }
    await().until(() -> slow.newestFrame() == published - 1);
    assertThat(slow.frames() + slow.skippedFrames()).isEqualTo(published);
  }
}
