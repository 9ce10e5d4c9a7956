package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.sequence.SequenceCounts;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pictures through a cluster of three real nodes: whole, in order, and all accounted for. */
class ClusterFramesIT {

  private static final int FRAMES = 1_000;
  private static final long EVERY_MILLIS = 12;

  private static TestCluster cluster;
  private static List<NodeProcess> nodes;
  private static Footage footage;

  private Clients clients;

  @BeforeAll
  static void startNodes() throws Exception {
    footage = new Footage(0);
    cluster = new TestCluster();
    nodes = cluster.start(3);
  }

  @AfterAll
  static void stopNodes() {
    cluster.close();
  }

  @BeforeEach
  void start() {
    clients = new Clients();
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
  }

  private Camera camera(String topic, int node) {
    return new Camera(clients, footage, topic, List.of(nodes.get(node).server()));
  }

  private Screen screen(String filter, int node) {
    return new Screen(clients, filter, List.of(nodes.get(node).server()));
  }

  /** One display on each node; the nodes know of all of them when this returns. */
  private List<Screen> screens(String filter, String warmUpTopic) {
    List<Screen> screens = new ArrayList<>();
    for (int node = 0; node < nodes.size(); node++) {
      screens.add(screen(filter, node));
    }
    Camera warmUp = camera(warmUpTopic, 0);
    warmUp.film(1, EVERY_MILLIS);
    for (Screen screen : screens) {
      soon().until(() -> screen.newest(warmUpTopic) == 0);
    }
    return screens;
  }

  @Test
  void thousandFrames_ofOneNode_reachDisplaysOfAllNodesWholeAndCounted() throws Exception {
    String topic = "hall/all/gate";
    List<Screen> screens = screens("hall/all/#", "hall/all/warm-up");
    Camera camera = camera(topic, 0);
    camera.film(FRAMES, EVERY_MILLIS, screens);
    await().atMost(Duration.ofSeconds(60)).until(() -> camera.isAccepted(FRAMES));
    assertThat(camera.counts().dropped()).isZero();
    for (Screen screen : screens) {
      soon().until(() -> screen.newest(topic) == FRAMES - 1);
      screen.assertShown(camera.newestStream(), footage, 0, FRAMES);
      assertAllReceived(screen, topic);
    }
    for (NodeProcess asked : nodes) {
      soon().untilAsserted(() -> assertComplete(asked, topic));
    }
    assertMetrics(nodes.get(1), topic);
  }

  private static void assertAllReceived(Screen screen, String topic) {
    SequenceCounts chunks = screen.status(topic).orElseThrow().chunks();
    assertThat(chunks.received()).isEqualTo(FRAMES);
    assertThat(chunks.expected()).isEqualTo(FRAMES);
    assertThat(chunks.lost() + chunks.skipped() + chunks.corrupt()).isZero();
    assertThat(screen.skippedFrames(topic)).isZero();
  }

  /** The pictures of the footage are shorter than a chunk, so frames and numbers are one. */
  private static void assertComplete(NodeProcess asked, String topic) throws Exception {
    Account account = Account.of(asked, topic);
    assertThat(account.hops()).hasSize(6);
    account.assertComplete(Account.INGEST, nodes.get(0), FRAMES);
    account.assertComplete(Account.LINK, nodes.get(1), FRAMES);
    account.assertComplete(Account.LINK, nodes.get(2), FRAMES);
    for (NodeProcess node : nodes) {
      account.assertComplete(Account.DISPLAY, node, FRAMES);
    }
  }

  private static void assertMetrics(NodeProcess node, String topic) throws Exception {
    String metrics = new String(node.get("/metrics").body(), StandardCharsets.UTF_8);
    for (String hop : List.of(Account.LINK, Account.DISPLAY)) {
      assertThat(metrics)
          .contains(
              "imagebus_chunks_expected_total{hop=\"%s\",topic=\"%s\"} %d.0"
                  .formatted(hop, topic, FRAMES),
              "imagebus_chunks_total{hop=\"%s\",outcome=\"received\",topic=\"%s\"} %d.0"
                  .formatted(hop, topic, FRAMES),
              "imagebus_chunks_total{hop=\"%s\",outcome=\"lost\",topic=\"%s\"} 0.0"
                  .formatted(hop, topic),
              "imagebus_chunks_total{hop=\"%s\",outcome=\"skipped\",topic=\"%s\"} 0.0"
                  .formatted(hop, topic));
    }
  }

  @Test
  void wildcards_onOtherNodes_getTheTopicsThatMatch() {
    Screen oneLevel = screen("site/+/gate", 1);
    Screen everything = screen("site/#", 2);
    List<String> topics = List.of("site/a/gate", "site/b/gate", "site/a/b/gate", "site/a/door");
    List<Camera> cameras = new ArrayList<>();
    for (String topic : topics) {
      cameras.add(camera(topic, cameras.size() % nodes.size()));
    }
    camera("yard/a/gate", 0).film(1, EVERY_MILLIS);
    cameras.forEach(camera -> camera.film(20, EVERY_MILLIS));
    for (String topic : topics) {
      soon().until(() -> everything.newest(topic) == 19);
    }
    soon()
        .until(() -> oneLevel.newest("site/a/gate") == 19 && oneLevel.newest("site/b/gate") == 19);
    assertThat(oneLevel.shown("site/a/b/gate")).isEmpty();
    assertThat(oneLevel.shown("site/a/door")).isEmpty();
    assertThat(everything.shown("yard/a/gate")).isEmpty();
  }

  @Test
  void secondPublisher_onAnotherNode_takesTheTopicOver() throws Exception {
    String topic = "lane/gate";
    List<Screen> screens = screens("lane/#", "lane/warm-up");
    Camera first = camera(topic, 0);
    first.film(Long.MAX_VALUE, EVERY_MILLIS, screens);
    soon().until(() -> first.published() >= 50);
    Camera second = camera(topic, 1);
    second.film(100, EVERY_MILLIS, screens);
    soon().until(() -> !first.failures.isEmpty());
    assertThat(first.failures).containsExactly("a newer publisher has taken the topic over");
    for (Screen screen : screens) {
      soon().until(() -> screen.newestOf(second.newestStream()) == 99);
      long shownOfFirst = screen.newestOf(first.newestStream()) + 1;
      assertThat(shownOfFirst).isBetween(48L, first.published());
      screen.assertShown(first.newestStream(), footage, 0, shownOfFirst);
      screen.assertShown(second.newestStream(), footage, 0, 100);
      assertThat(screen.status(topic).orElseThrow().chunks().epochs()).isEqualTo(2);
      assertThat(screen.status(topic).orElseThrow().chunks().lost()).isZero();
    }
    assertThat(second.failures).isEmpty();
    soon().untilAsserted(() -> assertTakeover(Account.of(nodes.get(2), topic)));
  }

  private static void assertTakeover(Account account) {
    var left = account.publishers(nodes.get(0)).orElseThrow();
    assertThat(left.getLong("streamsOpened")).isEqualTo(1);
    assertThat(left.getLong("streamsReplaced")).isEqualTo(1);
    var taking = account.publishers(nodes.get(1)).orElseThrow();
    assertThat(taking.getLong("streamsOpened")).isEqualTo(1);
    assertThat(taking.getLong("streamsReplaced")).isZero();
    for (NodeProcess node : nodes.subList(1, 3)) {
      var link = account.hops().stream().filter(line -> isLink(line, node)).toList();
      assertThat(link.stream().mapToLong(line -> line.getLong("epochs")).sum())
          .as("streams on links to %s: %s", node.id(), link)
          .isEqualTo(node == nodes.get(2) ? 2 : 1);
      assertThat(link).allMatch(line -> line.getLong("lost") == 0);
      assertThat(link).allMatch(line -> line.getBoolean("identityHolds"));
    }
  }

  private static boolean isLink(JsonObject line, NodeProcess keeper) {
    return line.getString("hop").equals(Account.LINK) && line.getString("node").equals(keeper.id());
  }
}
