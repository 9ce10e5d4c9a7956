package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.testbed.Clients;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Layouts outlive each node, and the cluster. */
class WallLossIT {

  private static final int NODES = 3;

  @RegisterExtension static final LastingNodes CLUSTER = new LastingNodes(NODES);

  private static void awaitTopic(WallApi api, String wall, String topic) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(api.firstTopic(wall)).isEqualTo(topic));
  }

  @Test
  void anyNodeKilled_theRestHasTheLayouts_andAnEmptyOneGetsThem() throws Exception {
    for (int killed = 0; killed < NODES; killed++) {
      String wall = "wall-" + killed;
      assertThat(CLUSTER.api(killed).put(wall, "a").getJsonObject("kept").getInteger("onDisk"))
          .isEqualTo(NODES);
      CLUSTER.kill(killed);
      for (int node = 0; node < NODES; node++) {
        if (node != killed) {
          assertThat(CLUSTER.api(node).firstTopic(wall)).isEqualTo("a");
        }
      }
      int changing = (killed + 1) % NODES;
      CLUSTER.api(changing).put(wall, "changed meanwhile");
      CLUSTER.wipe(killed);
      CLUSTER.start(killed);
      awaitTopic(CLUSTER.api(killed), wall, "changed meanwhile");
      CLUSTER.startMissing();
    }
    for (int node = 0; node < NODES; node++) {
      for (int wall = 0; wall < NODES; wall++) {
        assertThat(CLUSTER.api(node).firstTopic("wall-" + wall)).isEqualTo("changed meanwhile");
      }
    }
  }

  @Test
  void wholeClusterKilled_andStartedAgain_theLayoutsAreThere_theRemovedAreNot() throws Exception {
    CLUSTER.api(0).put("kept", "first");
    CLUSTER.api(1).put("kept", "last");
    CLUSTER.api(2).put("removed", "a");
    assertThat(CLUSTER.api(0).send("DELETE", "/removed", "", "If-Match", "*").statusCode())
        .isEqualTo(200);
    CLUSTER.killAll();
    CLUSTER.startMissing();
    for (int node = 0; node < NODES; node++) {
      assertThat(CLUSTER.api(node).firstTopic("kept")).isEqualTo("last");
      assertThat(CLUSTER.api(node).firstTopic("removed")).isEqualTo("404");
    }
    // A change after the restart is above what was there before, on every node.
    try (Clients clients = new Clients()) {
      WallScreen screen = new WallScreen(clients, CLUSTER.server(2)).watch("kept");
      screen.awaitShown("kept", "last");
      CLUSTER.api(0).put("kept", "newest");
      screen.awaitShown("kept", "newest");
    }
  }

  @Test
  void nodesThatWereApart_agreeWhenTheyMeet_andKeepBothLayouts() throws Exception {
    CLUSTER.api(0).put("split", "before");
    CLUSTER.killAll();
    // Each of two nodes runs alone for a while, and is edited.
    for (int node = 0; node < 2; node++) {
      CLUSTER.start(node);
      assertThat(CLUSTER.api(node).firstTopic("split")).isEqualTo("before");
      CLUSTER.api(node).put("split", "half-" + node);
      CLUSTER.kill(node);
    }
    CLUSTER.startMissing();
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
    assertThat(walls(0).get(1)).matches("split\\.conflict-\\d+-[0-9a-f]{8}=half-[01]");
    assertThat(walls(0).get(0).split("=")[1]).isNotEqualTo(walls(0).get(1).split("=")[1]);
  }

  private static List<String> walls(int node) throws Exception {
    List<String> all = new ArrayList<>();
    for (Object each : new JsonObject(CLUSTER.api(node).get("").body()).getJsonArray("walls")) {
      String name = ((JsonObject) each).getString("name");
      if (name.startsWith("split")) {
        all.add(name + "=" + CLUSTER.api(node).firstTopic(name));
      }
    }
    return all;
  }
}
