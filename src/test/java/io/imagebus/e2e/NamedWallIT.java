package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.imagebus.browser.Browsers;
import io.imagebus.browser.SharedBrowsers;
import io.imagebus.testbed.Footage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A named wall on the screens of two browsers, while nodes go and come back. */
class NamedWallIT {

  private static final int NODES = 3;
  private static final String GATE = "site/gate";
  private static final String DOOR = "site/door";

  /** Notes which topic is shown large, as it may be over before somebody asks. */
  private static final String NOTE_LARGE =
      """
      () => new MutationObserver(() => {
        window.large = document.querySelector('.tile.large')?.dataset.topic ?? window.large;
      }).observe(document.querySelector('#wall'), { subtree: true, attributeFilter: ['class'] })""";

  @RegisterExtension static final LastingNodes CLUSTER = new LastingNodes(NODES);
  @RegisterExtension static final SharedBrowsers BROWSERS = new SharedBrowsers();

  /** A window on a screen of its own. */
  private static Page open(int node, String path) {
    BrowserContext context = BROWSERS.get(Browsers.Kind.CHROMIUM).newContext();
    Page page = context.newPage();
    page.navigate(CLUSTER.get(node).url() + path);
    return page;
  }

  private static Locator tile(Page page, String topic) {
    return page.locator(".tile[data-topic='" + topic + "']");
  }

  private static void awaitGone(Locator tile) {
    tile.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
  }

  private static String placeOf(Page page, String topic) {
    return tile(page, topic)
        .evaluate("tile => tile.style.gridColumn + ', ' + tile.style.gridRow")
        .toString();
  }

  @Test
  void layoutMadeInOneBrowser_appearsInAnother_andOutlivesEachNodeAndAll() throws Exception {
    Page editor = open(0, "/walls?name=hall");
    editor.locator("#filter").fill(GATE);
    editor.keyboard().press("Enter");
    editor.locator(".place").focus();
    editor.keyboard().press("Shift+ArrowRight");
    Page screen = open(1, "/wall/hall?screen=left");
    assertThat(screen.url()).endsWith("/wall?name=hall&screen=left");
    editor.locator("#save").click();
    tile(screen, GATE).waitFor();
    assertThat(placeOf(screen, GATE)).isEqualTo("1 / span 2, 1 / span 1");

    editor.locator("#filter").fill(DOOR);
    editor.keyboard().press("Enter");
    editor.locator("#save").click();
    tile(screen, DOOR).waitFor();

    // The node of the screen goes: the screen finds another one, and follows changes there.
    CLUSTER.kill(1);
    await().atMost(Duration.ofSeconds(20)).until(() -> CLUSTER.api(2).screens("hall").size() == 1);
    CLUSTER.api(2).put("hall", DOOR);
    awaitGone(tile(screen, GATE));
    assertThat(tile(screen, DOOR).count()).isEqualTo(1);

    // All go, and come back where they were.
    CLUSTER.kill(0);
    CLUSTER.kill(2);
    CLUSTER.startMissing();
    Page another = open(1, "/wall/hall");
    tile(another, DOOR).waitFor();
    CLUSTER.api(0).put("hall", GATE);
    tile(another, GATE).waitFor();
    tile(screen, GATE).waitFor();
  }

  @Test
  void cameraThatAnOperatorPushes_isLargeOnEveryScreen_forItsTime() throws Exception {
    CLUSTER.get(0).post(GATE, new Footage(0).picture(1));
    CLUSTER.api(0).put("pushed", DOOR);
    List<Page> screens = List.of(open(0, "/wall/pushed"), open(1, "/wall/pushed"));
    for (Page screen : screens) {
      tile(screen, DOOR).waitFor();
      screen.evaluate(NOTE_LARGE);
    }
    await().until(() -> CLUSTER.api(2).screens("pushed").size() == 2);
    String body = new JsonObject().put("topic", GATE).put("seconds", 3).encode();
    JsonObject answer = new JsonObject(CLUSTER.api(2).send("POST", "/pushed/show", body).body());
    assertThat(answer.getInteger("screens")).isEqualTo(2);
    for (Page screen : screens) {
      screen.waitForFunction("topic => window.large === topic", GATE);
    }
    for (Page screen : screens) {
      awaitGone(screen.locator(".tile.large"));
      tile(screen, DOOR).waitFor();
    }
  }

  @Test
  void screen_reportsWhatItShows_andHowWell() throws Exception {
    CLUSTER.get(0).post(GATE, new Footage(0).picture(1));
    CLUSTER.api(0).put("told", GATE);
    try (BrowserContext context = BROWSERS.get(Browsers.Kind.CHROMIUM).newContext()) {
      Page page = context.newPage();
      page.navigate(CLUSTER.get(0).url() + "/wall/told?screen=left");
      tile(page, GATE).waitFor();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                JsonArray screens = CLUSTER.api(1).screens("told");
                assertThat(screens).hasSize(1);
                JsonObject screen = screens.getJsonObject(0);
                assertThat(screen.getString("screen")).isEqualTo("left");
                assertThat(screen.getBoolean("connected")).isTrue();
                assertThat(screen.getJsonArray("tiles")).hasSize(1);
                JsonObject tile = screen.getJsonArray("tiles").getJsonObject(0);
                assertThat(tile.getString("topic")).isEqualTo(GATE);
                assertThat(tile.getString("state")).isIn("LIVE", "STALE");
              });
    }
    await()
        .untilAsserted(
            () -> {
              JsonArray screens = CLUSTER.api(2).screens("told");
              assertThat(screens).hasSize(1);
              assertThat(screens.getJsonObject(0).getBoolean("connected")).isFalse();
            });
  }
}
