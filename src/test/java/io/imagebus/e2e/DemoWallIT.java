package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.browser.Browsers;
import io.imagebus.browser.SharedBrowsers;
import io.imagebus.browser.WallPage;
import io.imagebus.testbed.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first thing that a newcomer runs, seen through a browser. */
class DemoWallIT {

  private static final String WALL = "The wall is at";
  private static final List<String> TOPICS =
      List.of("demo/cockatoo", "demo/creek", "demo/mountain", "demo/night-city");

  @RegisterExtension static final SharedBrowsers BROWSERS = new SharedBrowsers();

  private static ConditionFactory within(int seconds) {
    return await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(seconds))
        .pollInterval(Duration.ofMillis(100));
  }

  /** The addresses that the demo prints once it is ready. */
  private static List<String> addresses(Program demo) {
    String line = demo.out().awaitLine(WALL, Duration.ofSeconds(60), demo::isAlive);
    return List.of(line.substring(line.indexOf("http")).split("\\s+"));
  }

  private static void awaitAllLive(WallPage wall) {
    within(20)
        .untilAsserted(
            () -> {
              assertThat(wall.tiles()).extracting(WallPage.Tile::topic).hasSameElementsAs(TOPICS);
              assertThat(wall.tiles()).extracting(WallPage.Tile::state).containsOnly("LIVE");
            });
  }

  /** A number for each tile's picture as it is on the canvas now. */
  private static Map<String, Long> pictures(WallPage wall) {
    return TOPICS.stream()
        .collect(Collectors.toMap(topic -> topic, topic -> wall.picture(topic).digest()));
  }

  @Test
  void demo_inABrowser_showsFourMovingPictures_andTellsWhenTheyStop() throws Exception {
    try (Program demo = Program.start("demo", "--port", "0");
        WallPage wall =
            WallPage.open(BROWSERS.get(Browsers.Kind.CHROMIUM), addresses(demo).get(0))) {
      awaitAllLive(wall);
      Map<String, Long> first = pictures(wall);
      assertThat(first.values()).doesNotHaveDuplicates();
      for (String topic : TOPICS) {
        within(5).until(() -> wall.picture(topic).digest() != first.get(topic));
      }
      assertThat(wall.tiles()).extracting(WallPage.Tile::lost).containsOnly(0L);
      assertThat(wall.errors()).isEmpty();
      assertThat(demo.err().complaints()).isEmpty();

      demo.kill();
      within(5)
          .untilAsserted(
              () ->
                  assertThat(wall.tiles())
                      .extracting(WallPage.Tile::state)
                      .isSubsetOf("STALE", "OFFLINE"));
      Map<String, Long> frozen = pictures(wall);
      for (String topic : TOPICS) {
        long ageMillis = wall.tile(topic).ageMillis();
        within(5).until(() -> wall.tile(topic).ageMillis() >= ageMillis + 1_000);
        assertThat(wall.tile(topic).state()).isIn("STALE", "OFFLINE");
      }
      assertThat(pictures(wall)).isEqualTo(frozen);
    }
  }

  @Test
  void demoOfThreeNodes_showsTheSameWallOnEach_andEndsOnCtrlC() throws Exception {
    int port = threeFreePorts();
    try (Program demo = Program.start("demo", "--nodes", "3", "--port", Integer.toString(port))) {
      List<String> addresses = addresses(demo);
      assertThat(addresses)
          .containsExactly(
              "http://127.0.0.1:" + port + "/",
              "http://127.0.0.1:" + (port + 1) + "/",
              "http://127.0.0.1:" + (port + 2) + "/");
      for (String address : addresses) {
        try (WallPage wall = WallPage.open(BROWSERS.get(Browsers.Kind.CHROMIUM), address)) {
          awaitAllLive(wall);
          assertThat(wall.errors()).isEmpty();
        }
      }
      assertThat(demo.err().complaints()).isEmpty();
      List<ProcessHandle> children = demo.children();
      assertThat(children).hasSize(2);
      demo.signal("INT");
      // 128 and the number of SIGINT, which is how a JVM that was told to end ends.
      assertThat(demo.awaitExit(Duration.ofSeconds(6))).isEqualTo(130);
      within(5).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  /** The first of three ports in a row, below those that the kernel gives out by itself. */
  private static int threeFreePorts() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = 15_000 + 3 * ThreadLocalRandom.current().nextInt(1_000);
      if (isFree(port) && isFree(port + 1) && isFree(port + 2)) {
        return port;
      }
    }
    throw new IllegalStateException("no three free ports in a row");
  }

  private static boolean isFree(int port) {
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return taken.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
