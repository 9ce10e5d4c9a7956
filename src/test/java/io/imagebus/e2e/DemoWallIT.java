package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import io.imagebus.browser.Browsers;
import io.imagebus.browser.WallPage;
import io.imagebus.testbed.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first thing that a newcomer runs, seen through a browser. */
class DemoWallIT {

  private static final String WALL = "The wall is at";
  private static final List<String> TOPICS =
      List.of("demo/cockatoo", "demo/creek", "demo/mountain", "demo/night-city");

  private static Browsers browsers;
  private static Browser browser;

  @BeforeAll
  static void open() {
    browsers = Browsers.open();
    browser = browsers.launch(Browsers.Kind.CHROMIUM);
  }

  @AfterAll
  static void close() {
    browsers.close();
  }

  private static ConditionFactory within(int seconds) {
    return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(100));
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
  private static Map<String, Object> pictures(WallPage wall) {
    @SuppressWarnings("unchecked")
    Map<String, Object> sums =
        (Map<String, Object>)
            wall.page()
                .evaluate(
                    """
                    () => Object.fromEntries([...document.querySelectorAll('.tile')].map(tile => {
                      const c = tile.querySelector('.picture');
                      const copy = new OffscreenCanvas(c.width, c.height)
                          .getContext('2d', { willReadFrequently: true });
                      copy.drawImage(c, 0, 0);
                      const d = copy.getImageData(0, 0, c.width, c.height).data;
                      let sum = c.width * 31 + c.height;
                      for (let i = 0; i < d.length; i += 16) sum = (sum * 31 + d[i]) % 2147483647;
                      return [tile.dataset.topic, sum];
                    }))""");
    return sums;
  }

  @Test
  void demo_inABrowser_showsFourMovingPictures_andTellsWhenTheyStop() throws Exception {
    try (Program demo = Program.start("demo", "--port", "0");
        WallPage wall = WallPage.open(browser, addresses(demo).get(0))) {
      awaitAllLive(wall);
      Map<String, Object> first = pictures(wall);
      assertThat(first.keySet()).hasSameElementsAs(TOPICS);
      assertThat(first.values()).doesNotHaveDuplicates();
      for (String topic : TOPICS) {
        within(5).until(() -> !pictures(wall).get(topic).equals(first.get(topic)));
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
      Map<String, Object> frozen = pictures(wall);
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
        try (WallPage wall = WallPage.open(browser, address)) {
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
