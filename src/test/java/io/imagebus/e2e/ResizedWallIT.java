package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.imagebus.browser.Browsers;
import io.imagebus.browser.WallPage;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A window that is drawn larger and smaller all the time: its tiles go to and fro between variants,
 * some of which are left before their first picture. On this machine's own line nothing is lost by
 * that, and nobody says so.
 */
class ResizedWallIT {

  private static final int CAMERAS = 4;
  private static final long EVERY_MILLIS = 100;
  private static final int RESIZES = 60;

  /** Longer than a size must stand to be asked for, and shorter than a picture of it may take. */
  private static final int LEAST_MILLIS = 260;

  private static final int MOST_MILLIS = 420;
  private static final int[] WIDTHS = {500, 900, 1400, 1900};

  @Test
  void windowThatIsResizedAllTheTime_losesNothing_andRaisesNoAlarm() throws Exception {
    try (TestCluster cluster = new TestCluster();
        Clients clients = new Clients();
        Browsers browsers = Browsers.open();
        Browser browser = browsers.launch(Browsers.Kind.CHROMIUM)) {
      NodeProcess node = cluster.start(1).get(0);
      Footage footage = new Footage(0);
      for (int i = 0; i < CAMERAS; i++) {
        new Camera(clients, footage, "size/" + i, List.of(node.server()))
            .film(Long.MAX_VALUE, EVERY_MILLIS);
      }
      try (WallPage wall = WallPage.open(browser, node.url() + "/wall?topics=size/%23")) {
        resize(wall.page());
        await()
            .pollInSameThread()
            .atMost(Duration.ofSeconds(10))
            .until(() -> wall.tiles().stream().allMatch(tile -> tile.state().equals("LIVE")));
        assertThat(wall.tiles()).hasSize(CAMERAS).allMatch(tile -> tile.lost() == 0);
        assertThat(wall.errors()).isEmpty();
        assertThat(node.json("/api/v1/reliability").getJsonArray("alarms")).isEmpty();
      }
    }
  }

  private static void resize(Page page) {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < RESIZES; i++) {
      int width = WIDTHS[random.nextInt(WIDTHS.length)];
      page.setViewportSize(width, width * 9 / 16);
      page.waitForTimeout(random.nextInt(LEAST_MILLIS, MOST_MILLIS));
    }
  }
}
