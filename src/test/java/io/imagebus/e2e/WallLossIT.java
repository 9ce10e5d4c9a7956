package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.testbed.Clients;
import io.imagebus.testbed.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts outlive each node, and the cluster. */
class WallLossIT {

  private static final int NODES = 3;

  @TempDir private Path temp;
  private Clients clients;
  private TestCluster cluster;
  private List<NodeProcess> nodes;

  @BeforeEach
  void start() throws Exception {
    clients = new Clients();
    cluster = new TestCluster();
    // What survivors, Hazelcast and Vert.x's event bus say when a connection breaks off.
    cluster.allow(
        "ConnectionBase - .*Connection reset by peer",
        "IllegalStateException: Promise already completed[^#]*OutboundConnection.writeMessage",
        "ClusteredEventBus - Connecting to server \\S+ failed",
        "BlockedThreadChecker",
        " WARN  \\[hz\\.");
    nodes = startAll();
  }

  @AfterEach
  void stop() {
    clients.close();
    cluster.close();
  }

  private List<NodeProcess> startAll() throws Exception {
    List<NodeProcess> started = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      started.add(launch(i));
    }
    for (NodeProcess node : started) {
      node.awaitReady();
    }
    TestCluster.awaitLinked(started);
    return started;
  }

  private NodeProcess launch(int node) throws Exception {
    return cluster.launch(0, "--set", "node.data-dir=" + data(node));
  }

  private Path data(int node) {
    return temp.resolve("node-" + node);
  }

  private WallApi api(int node) {
    return new WallApi(nodes.get(node));
  }

  private static void awaitTopic(WallApi api, String wall, String topic) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(api.firstTopic(wall)).isEqualTo(topic));
  }

  @Test
  void anyNodeKilled_theRestHasTheLayouts_andAnEmptyOneGetsThem() throws Exception {
    for (int killed = 0; killed < NODES; killed++) {
      String wall = "wall-" + killed;
      assertThat(api(killed).put(wall, "a").getJsonObject("kept").getInteger("onDisk"))
          .isEqualTo(NODES);
      nodes.get(killed).program().kill();
      for (int node = 0; node < NODES; node++) {
        if (node != killed) {
          assertThat(api(node).firstTopic(wall)).isEqualTo("a");
        }
      }
      int changing = (killed + 1) % NODES;
      api(changing).put(wall, "changed meanwhile");
      deleteAll(data(killed));
      nodes.set(killed, launch(killed).awaitReady());
      awaitTopic(api(killed), wall, "changed meanwhile");
      TestCluster.awaitLinked(nodes);
    }
    for (int node = 0; node < NODES; node++) {
      for (int wall = 0; wall < NODES; wall++) {
        assertThat(api(node).firstTopic("wall-" + wall)).isEqualTo("changed meanwhile");
      }
    }
  }

  @Test
  void wholeClusterKilled_andStartedAgain_theLayoutsAreThere_theRemovedAreNot() throws Exception {
    api(0).put("kept", "first");
    api(1).put("kept", "last");
    api(2).put("removed", "a");
    assertThat(api(0).send("DELETE", "/removed", "", "If-Match", "*").statusCode()).isEqualTo(200);
    for (NodeProcess node : nodes) {
      node.program().kill();
    }
    nodes = startAll();
    for (int node = 0; node < NODES; node++) {
      assertThat(api(node).firstTopic("kept")).isEqualTo("last");
      assertThat(api(node).firstTopic("removed")).isEqualTo("404");
    }
    // A change after the restart is above what was there before, on every node.
    WallScreen screen = new WallScreen(clients, nodes.get(2).server()).watch("kept");
    screen.awaitShown("kept", "last");
    api(0).put("kept", "newest");
    screen.awaitShown("kept", "newest");
  }

  @Test
  void nodesThatWereApart_agreeWhenTheyMeet_andKeepBothLayouts() throws Exception {
    api(0).put("split", "before");
    for (NodeProcess node : nodes) {
      node.program().kill();
    }
    // Each of two nodes runs alone for a while, and is edited.
    for (int node = 0; node < 2; node++) {
      nodes.set(node, launch(node).awaitReady());
      assertThat(api(node).firstTopic("split")).isEqualTo("before");
      api(node).put("split", "half-" + node);
      nodes.get(node).program().kill();
    }
    nodes = startAll();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              for (int node = 0; node < NODES; node++) {
                if (!walls(node).equals(walls(0)) || walls(node).size() != 2) {
                  return false;
                }
              }
              return true;
            });
    assertThat(walls(0).get(0)).matches("split=half-[01]");
    assertThat(walls(0).get(1)).matches("split\\.conflict-2-[0-9a-f]{8}=half-[01]");
    assertThat(walls(0).get(0).split("=")[1]).isNotEqualTo(walls(0).get(1).split("=")[1]);
  }

  private List<String> walls(int node) throws Exception {
    List<String> all = new ArrayList<>();
    for (Object each : new JsonObject(api(node).get("").body()).getJsonArray("walls")) {
      String name = ((JsonObject) each).getString("name");
      all.add(name + "=" + api(node).firstTopic(name));
    }
    return all;
  }

  private static void deleteAll(Path directory) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
