package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.sequence.SequenceCounts;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import io.imagebus.testbed.OutputLines;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that stands still for longer than its cluster waits for it, at 5 MB/s and more. */
class StoppedNodeIT {

  private static final String TOPIC = "site/gate";
  private static final int PICTURE_BYTES = 1 << 20;

  /** A chunk carries 128 KiB. */
  private static final int CHUNKS = 8;

  private static final long EVERY_MILLIS = 100;
  private static final long MEBIBYTE = 1 << 20;

  /** More than windows and queues hold several times over. */
  private static final long OFFERED_BYTES = 80 * MEBIBYTE;

  private TestCluster cluster;
  private List<NodeProcess> nodes;
  private Footage footage;
  private Clients clients;

  @BeforeEach
  void start() throws Exception {
    footage = new Footage(PICTURE_BYTES);
    clients = new Clients();
    cluster = new TestCluster();
    nodes = cluster.start(3);
  }

  @AfterEach
  void stop() {
    clients.close();
    cluster.close();
  }

  private static ConditionFactory within(int seconds) {
    return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(50));
  }

  private Screen screen(int node) {
    return new Screen(clients, TOPIC, List.of(nodes.get(node).server()));
  }

  @Test
  void stoppedNode_costsThePublisherNoMemoryAndOthersNothing_andAllIsAccountedFor()
      throws Exception {
    cluster.allow(
        OutputLines.HAZELCAST,
        "IllegalStateException: Promise already completed[^#]*OutboundConnection.writeMessage",
        "BlockedThreadChecker");
    Screen running = screen(1);
    RawDisplay stopped = new RawDisplay(clients, TOPIC, nodes.get(2).server());
    Camera camera = new Camera(clients, footage, TOPIC, List.of(nodes.get(0).server()));
    camera.film(Long.MAX_VALUE, EVERY_MILLIS, List.of(running));
    within(60).until(() -> running.newest(TOPIC) >= 120 && stopped.newestFrame() >= 100);

    long warmBytes = nodes.get(0).program().residentBytes();
    nodes.get(2).program().signal("STOP");
    long publishedBefore = camera.published();
    await()
        .pollDelay(Duration.ofSeconds(12))
        .atMost(Duration.ofSeconds(60))
        .until(() -> (camera.published() - publishedBefore) * PICTURE_BYTES > OFFERED_BYTES);
    long grownBytes = nodes.get(0).program().residentBytes() - warmBytes;
    long offeredBytes = (camera.published() - publishedBefore) * PICTURE_BYTES;
    nodes.get(2).program().signal("CONT");
    long resumedNanos = System.nanoTime();
    assertThat(grownBytes).isLessThan(64 * MEBIBYTE);

    long publishedAtResume = camera.published();
    // Members that were apart look for each other every 5 s.
    within(25).until(() -> stopped.newestFrame() > publishedAtResume);
    System.out.printf(
        "stopped node: %d MiB offered, %d MiB more resident, fresh after %d ms%n",
        offeredBytes / MEBIBYTE,
        grownBytes / MEBIBYTE,
        (System.nanoTime() - resumedNanos) / 1_000_000);
    long later = camera.published() + 20;
    within(20).until(() -> stopped.newestFrame() > later);
    assertThat(stopped.ended()).isEmpty();
    clients.run(camera::stop);
    long published = camera.published();
    camera.end();

    within(20).until(() -> running.state(TOPIC).equals("ended: publisher-gone"));
    within(20).until(() -> stopped.ended().equals("publisher-gone"));
    running.assertShown(
        camera.newestStream(), footage, running.shown(TOPIC).get(0).number(), published);
    SequenceCounts atRunning = running.status(TOPIC).orElseThrow().chunks();
    assertThat(atRunning.lost() + atRunning.skipped() + atRunning.corrupt()).isZero();

    assertThat(stopped.accounted()).isEqualTo(CHUNKS * published - stopped.first());
    assertThat(stopped.skippedFrames()).isPositive();
    assertThat(stopped.isClosed()).isFalse();
    within(20).untilAsserted(() -> assertLink(published));
  }

  private void assertLink(long published) throws Exception {
    JsonObject line = Account.of(nodes.get(1), TOPIC).hop(Account.LINK, nodes.get(2)).orElseThrow();
    long sum = line.getLong("received") + line.getLong("skipped") + line.getLong("lost");
    assertThat(line.getBoolean("identityHolds")).as("%s", line).isTrue();
    assertThat(line.getLong("expected")).as("%s", line).isEqualTo(sum);
    long base = CHUNKS * published - sum;
    assertThat(base)
        .as("the number at which the node joined: %s", line)
        .isBetween(0L, 10L * CHUNKS);
    assertThat(line.getLong("pending")).isZero();
  }
}
