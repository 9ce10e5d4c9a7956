package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.client.ServerUrl;
import io.imagebus.client.TopicStatus;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import io.imagebus.testbed.OutputLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One of three nodes is restarted as its manual says: what its clients and the others notice. */
class RollingRestartIT {

  private static final String MOVING = "site/moving";
  private static final String STAYING = "site/staying";
  private static final long EVERY_MILLIS = 100;
  private static final long FOREVER = Long.MAX_VALUE;

  private Footage footage;
  private Clients clients;
  private TestCluster cluster;
  private List<NodeProcess> nodes;

  @BeforeEach
  void start() throws Exception {
    footage = new Footage(0);
    clients = new Clients();
    cluster = new TestCluster();
    cluster.allow(OutputLines.HAZELCAST);
    nodes = cluster.start(3);
  }

  @AfterEach
  void stop() {
    clients.close();
    cluster.close();
  }

  private static ConditionFactory within(int seconds) {
    return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(20));
  }

  /** All servers, the given one first. */
  private List<ServerUrl> serversFrom(int node) {
    List<ServerUrl> servers = new ArrayList<>(TestCluster.servers(nodes));
    Collections.rotate(servers, -node);
    return servers;
  }

  /** The log of no node may say WARN or worse, but for what Hazelcast says of each that leaves. */
  @Test
  void restartedNode_itsClientsMoveInTime_otherStreamsAreComplete() throws Exception {
    Camera moving = new Camera(clients, footage, MOVING, serversFrom(0));
    Camera staying = new Camera(clients, footage, STAYING, serversFrom(1));
    List<Screen> movers =
        List.of(new Screen(clients, "site/+", serversFrom(0)), screenOn(0), screenOn(0));
    List<Screen> stayers = List.of(screenOn(1), screenOn(2));
    List<Screen> all = new ArrayList<>(movers);
    all.addAll(stayers);
    moving.film(FOREVER, EVERY_MILLIS);
    staying.film(FOREVER, EVERY_MILLIS);
    within(20).until(() -> all.stream().allMatch(each -> newestOfBoth(each) >= 5));

    int port = nodes.get(0).server().port();
    nodes.get(0).program().signal("TERM");
    assertThat(nodes.get(0).program().awaitExit(Duration.ofSeconds(15))).isEqualTo(143);
    nodes.set(0, cluster.launch(port).awaitReady());
    TestCluster.awaitLinked(nodes);
    within(10).until(() -> moving.streams.size() == 2);
    long until = staying.published() + 10;
    within(10).until(() -> all.stream().allMatch(each -> each.newest(STAYING) >= until));
    within(10)
        .until(() -> all.stream().allMatch(each -> each.newestOf(moving.newestStream()) >= 0));

    assertThat(moving.failures).isEmpty();
    assertThat(moving.counts().unconfirmed()).isZero();
    assertThat(moving.counts().holdsIdentity()).isTrue();
    assertThat(staying.streams).hasSize(1);
    for (Screen screen : all) {
      assertThat(screen.welcomes).hasSize(movers.contains(screen) ? 2 : 1);
      assertThat(longestGapMillis(screen, MOVING)).isLessThan(2_000);
      assertThat(longestGapMillis(screen, STAYING)).isLessThan(1_000);
      for (String topic : List.of(MOVING, STAYING)) {
        assertThat(screen.status(topic).orElseThrow().chunks().lost()).isZero();
        assertThat(screen.status(topic).orElseThrow().chunks().unknownTails()).isZero();
      }
      assertNamed(screen, staying);
    }
  }

  private Screen screenOn(int node) {
    return new Screen(clients, "#", serversFrom(node));
  }

  private static long newestOfBoth(Screen screen) {
    return Math.min(screen.newest(MOVING), screen.newest(STAYING));
  }

  private static long longestGapMillis(Screen screen, String topic) {
    List<Screen.Shown> shown = screen.shown(topic);
    long longest = 0;
    for (int i = 1; i < shown.size(); i++) {
      longest = Math.max(longest, shown.get(i).receivedNanos() - shown.get(i - 1).receivedNanos());
    }
    return TimeUnit.NANOSECONDS.toMillis(longest);
  }

  /**
   * Every picture since the first one was shown, once, or its display was told that it will not
   * come, or knows that it passed while it moved.
   */
  private void assertNamed(Screen screen, Camera camera) {
    TopicStatus status = screen.status(STAYING).orElseThrow();
    List<Screen.Shown> shown = screen.shown(STAYING);
    assertThat(shown).extracting(Screen.Shown::number).isSorted().doesNotHaveDuplicates();
    assertThat(shown).extracting(Screen.Shown::stream).containsOnly(camera.newestStream());
    long span = shown.get(shown.size() - 1).number() - shown.get(0).number() + 1;
    long chunksAFrame = status.chunks().received() / status.frames();
    long skipped = status.skippedFrames().values().stream().mapToLong(Long::longValue).sum();
    assertThat(shown.size() + skipped + status.missed().numbers() / chunksAFrame).isEqualTo(span);
  }
}
