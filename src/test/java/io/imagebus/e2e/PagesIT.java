package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotType;
import io.imagebus.browser.Browsers;
import io.imagebus.client.ServerUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pages of real nodes: what they do, and how they look on a wall and on a telephone. {@code
 * -Dscreenshots=docs/images} makes the pictures of the documentation anew.
 */
class PagesIT {

  private static final Path SCREENSHOTS =
      Path.of(System.getProperty("screenshots", "target/screenshots"));
  private static final long MOST_SCREENSHOT_BYTES = 300_000;
  private static final int CAMERAS = 9;
  private static final List<String> NAMES =
      List.of("dock", "gate", "hall", "lift", "loading", "lobby", "roof", "stairs", "yard");

  @RegisterExtension
  static final BrowserCluster CLUSTER = new BrowserCluster(Browsers.Kind.CHROMIUM, 2);

  private final List<String> errors = new ArrayList<>();

  /** They film for all tests of the class. */
  @BeforeAll
  static void film() throws Exception {
    List<Camera> cameras = new ArrayList<>();
    for (int i = 0; i < CAMERAS; i++) {
      ServerUrl server = CLUSTER.nodes().get(i % 2).server();
      Camera camera =
          new Camera(CLUSTER.clients(), CLUSTER.footage(), "site/" + NAMES.get(i), List.of(server));
      camera.film(Long.MAX_VALUE, 200);
      cameras.add(camera);
    }
    await().until(() -> cameras.stream().allMatch(camera -> camera.published() > 2));
    CLUSTER.clients().run(cameras.get(CAMERAS - 1)::stop);
    cameras.get(CAMERAS - 2).end();
    Files.createDirectories(SCREENSHOTS);
  }

  @AfterEach
  void pagesComplainOfNothing() {
    assertThat(errors).isEmpty();
  }

  private Page open(BrowserContext context, String path) {
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            errors.add(message.text());
          }
        });
    page.onPageError(errors::add);
    page.navigate(CLUSTER.first().url() + path);
    return page;
  }

  @ParameterizedTest
  @CsvSource({
    "all-topics, /?topics=site/%23, .tile[data-state=LIVE]",
    "wall, /wall?topics=site/%23, .tile[data-state=STALE]",
    "camera, /topic/site/gate, .tile[data-state=LIVE]",
    "publish, /publish?topic=site/telephone, #state",
    "reliability, /reliability, .topic-card .chart canvas",
    "walls, /walls, #make"
  })
  void page_onAWallAndOnATelephone_fitsTheScreen(String name, String path, String shown)
      throws Exception {
    for (int[] size : new int[][] {{1920, 1080}, {390, 844}}) {
      try (BrowserContext context =
          CLUSTER
              .browser()
              .newContext(
                  new NewContextOptions()
                      .setViewportSize(size[0], size[1])
                      .setColorScheme(size[0] > 1_000 ? ColorScheme.DARK : ColorScheme.LIGHT))) {
        Page page = open(context, path);
        if (size[0] < 1_000 && name.equals("wall")) {
          page.locator(".tile[data-state=LIVE]").first().waitFor();
        } else {
          page.locator(shown).first().waitFor();
        }
        if (name.equals("publish")) {
          page.locator("#start").click();
          page.locator("#state[data-state=PUBLISHING]").waitFor();
          page.waitForFunction("() => Number(document.querySelector('#figures').dataset.sent) > 3");
        }
        if (name.equals("camera")) {
          page.waitForFunction(
              "() => Number(document.querySelector('.tile').dataset.received) > 15");
        }
        assertThat((int) page.evaluate("document.scrollingElement.scrollWidth"))
            .isLessThanOrEqualTo(size[0]);
        Path file = SCREENSHOTS.resolve(name + "-" + size[0] + ".jpg");
        page.screenshot(
            new Page.ScreenshotOptions().setPath(file).setType(ScreenshotType.JPEG).setQuality(70));
        assertThat(Files.size(file)).isLessThan(MOST_SCREENSHOT_BYTES);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "5", "9", "36", "100"})
  void tiles_allOnTheScreenWithoutScrolling(int tiles) {
    try (BrowserContext context =
        CLUSTER.browser().newContext(new NewContextOptions().setViewportSize(1280, 720))) {
      StringBuilder topics = new StringBuilder();
      for (int i = 0; i < tiles; i++) {
        topics.append(i == 0 ? "" : ",").append("many/").append(i);
      }
      Page page = open(context, "/wall?kiosk=1&topics=" + topics);
      page.locator(".tile").nth(tiles - 1).waitFor();
      page.waitForFunction(
          """
          tiles => [...document.querySelectorAll('.tile')].filter(tile => {
            const { left, top, right, bottom, height } = tile.getBoundingClientRect();
            return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
                && height > 20;
          }).length === tiles""",
          tiles);
      assertThat(page.locator("header").isVisible()).isFalse();
    }
  }

  @Test
  void addressOfATopic_leadsToItsPage_withTheAddressesOfItsDoors() {
    try (BrowserContext context = CLUSTER.browser().newContext()) {
      Page page = open(context, "/topic/site/gate");
      page.locator(".tile[data-topic='site/gate'][data-state=LIVE]").waitFor();
      assertThat(page.locator("#doors code").allTextContents())
          .contains(
              CLUSTER.first().url() + "/api/v1/topics/site/gate/stream.mjpeg",
              CLUSTER.first().url() + "/api/v1/topics/site/gate/snapshot.jpg",
              CLUSTER.first().url().replace("http:", "ws:") + "/ws/subscribe/site/gate");
      assertThat(page.locator(".trend canvas").count()).isEqualTo(4);
    }
  }

  @Test
  void cameraOfTheBrowser_isATopic_untilItIsStopped() {
    try (BrowserContext context = CLUSTER.browser().newContext()) {
      Page studio = open(context, "/publish?topic=studio/browser");
      studio.locator("#start").click();
      studio.locator("#state[data-state=PUBLISHING]").waitFor();
      Page camera = open(context, "/topic/studio/browser");
      camera.locator(".tile[data-state=LIVE]").waitFor();
      studio.locator("#stop").click();
      studio.locator("#state[data-state=ENDED]").waitFor();
      camera.locator(".tile[data-state=OFFLINE]").waitFor();
    }
  }

  @Test
  void newerPublisher_endsTheOldOne_whichSaysWhy() {
    try (BrowserContext context = CLUSTER.browser().newContext()) {
      Page first = open(context, "/publish?topic=studio/contested");
      first.locator("#start").click();
      first.locator("#state[data-state=PUBLISHING]").waitFor();
      Page second = open(context, "/publish?topic=studio/contested");
      second.locator("#start").click();
      second.locator("#state[data-state=PUBLISHING]").waitFor();
      first.locator("#state[data-state=FAILED]").waitFor();
      assertThat(first.locator("#state").textContent()).contains("newer publisher");
    }
  }

  @Test
  void namedWall_followsItsLayout_andReportsItself() throws Exception {
    WallApi api = new WallApi(CLUSTER.last());
    try (BrowserContext context = CLUSTER.browser().newContext()) {
      Page page = open(context, "/wall/hall?screen=left");
      page.locator("#notice", new Page.LocatorOptions().setHasText("no wall hall")).waitFor();
      api.put("hall", "site/gate");
      page.locator(".tile[data-topic='site/gate'][data-state=LIVE]").waitFor();
      api.put("hall", "site/dock");
      page.locator(".tile[data-topic='site/dock'][data-state=LIVE]").waitFor();
      await()
          .atMost(Duration.ofSeconds(12))
          .until(() -> api.screens("hall").encode().contains("\"left\""));
    }
  }
}
