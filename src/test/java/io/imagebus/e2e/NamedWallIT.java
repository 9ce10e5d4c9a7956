package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.imagebus.browser.Browsers;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A named wall on the screens of two browsers, while nodes go and come back. */
class NamedWallIT {

  private static final int NODES = 3;
  private static final String GATE = "site/gate";
  private static final String DOOR = "site/door";

  @TempDir private Path temp;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private TestCluster cluster;
  private Browsers browsers;
  private Browser browser;

  @BeforeEach
  void start() throws Exception {
    cluster = new TestCluster();
    // What survivors, Hazelcast and Vert.x's event bus say when a connection breaks off.
    cluster.allow(
        "ConnectionBase - .*Connection reset by peer",
        "IllegalStateException: Promise already completed[^#]*OutboundConnection.writeMessage",
        "ClusteredEventBus - Connecting to server \\S+ failed",
        "BlockedThreadChecker",
        " WARN  \\[hz\\.");
    for (int i = 0; i < NODES; i++) {
      nodes.add(launch(i, 0));
    }
    awaitCluster();
    browsers = Browsers.open();
    browser = browsers.launch(Browsers.Kind.CHROMIUM);
  }

  @AfterEach
  void close() {
    browser.close();
    browsers.close();
    cluster.close();
  }

  private NodeProcess launch(int node, int port) throws Exception {
    return cluster.launch(port, "--set", "node.data-dir=" + temp.resolve("node-" + node));
  }

  private void awaitCluster() throws Exception {
    for (NodeProcess node : nodes) {
      node.awaitReady();
    }
    TestCluster.awaitLinked(nodes);
  }

  private WallApi api(int node) {
    return new WallApi(nodes.get(node));
  }

  /** A window on a screen of its own. */
  private Page open(int node, String path) {
    BrowserContext context = browser.newContext();
    Page page = context.newPage();
    page.navigate(nodes.get(node).url() + path);
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
    nodes.get(1).program().kill();
    await().atMost(Duration.ofSeconds(20)).until(() -> api(2).screens("hall").size() == 1);
    api(2).put("hall", DOOR);
    awaitGone(tile(screen, GATE));
    assertThat(tile(screen, DOOR).count()).isEqualTo(1);

    // All go, and come back where they were.
    int[] ports = nodes.stream().mapToInt(node -> node.server().port()).toArray();
    for (int node : new int[] {0, 2}) {
      nodes.get(node).program().kill();
    }
    for (int i = 0; i < NODES; i++) {
      nodes.set(i, launch(i, ports[i]));
    }
    awaitCluster();
    Page another = open(1, "/wall/hall");
    tile(another, DOOR).waitFor();
    api(0).put("hall", GATE);
    tile(another, GATE).waitFor();
    tile(screen, GATE).waitFor();
  }

  @Test
  void cameraThatAnOperatorPushes_isLargeOnEveryScreen_forItsTime() throws Exception {
    nodes.get(0).post(GATE, new Footage(0).picture(1));
    api(0).put("pushed", DOOR);
    List<Page> screens = List.of(open(0, "/wall/pushed"), open(1, "/wall/pushed"));
    for (Page screen : screens) {
      tile(screen, DOOR).waitFor();
    }
    await().until(() -> api(2).screens("pushed").size() == 2);
    String body = new JsonObject().put("topic", GATE).put("seconds", 3).encode();
    JsonObject answer = new JsonObject(api(2).send("POST", "/pushed/show", body).body());
    assertThat(answer.getInteger("screens")).isEqualTo(2);
    for (Page screen : screens) {
      screen.locator(".tile.large[data-topic='" + GATE + "']").waitFor();
    }
    for (Page screen : screens) {
      awaitGone(screen.locator(".tile.large"));
      tile(screen, DOOR).waitFor();
    }
  }

  @Test
  void screen_reportsWhatItShows_andHowWell() throws Exception {
    nodes.get(0).post(GATE, new Footage(0).picture(1));
    api(0).put("told", GATE);
    try (BrowserContext context = browser.newContext()) {
      Page page = context.newPage();
      page.navigate(nodes.get(0).url() + "/wall/told?screen=left");
      tile(page, GATE).waitFor();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                JsonArray screens = api(1).screens("told");
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
              JsonArray screens = api(2).screens("told");
              assertThat(screens).hasSize(1);
              assertThat(screens.getJsonObject(0).getBoolean("connected")).isFalse();
            });
  }
}
