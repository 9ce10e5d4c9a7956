package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.imagebus.browser.Browsers;
import io.imagebus.browser.SharedBrowsers;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of walls and its editor, in browsers, on two real nodes. */
class WallsPageIT {

  @RegisterExtension static final SharedBrowsers BROWSERS = new SharedBrowsers();

  private static TestCluster cluster;
  private static List<NodeProcess> nodes;

  private final List<String> errors = new ArrayList<>();
  private Clients clients;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestCluster();
    nodes = cluster.start(2);
    Footage footage = new Footage(0);
    nodes.get(0).post("site/hall-2/gate", footage.picture(1));
    nodes.get(1).post("site/hall-10/gate", footage.picture(1));
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  @BeforeEach
  void connect() {
    clients = new Clients();
  }

  @AfterEach
  void disconnect() {
    clients.close();
  }

  private static WallApi api(int node) {
    return new WallApi(nodes.get(node));
  }

  private Page open(BrowserContext context, int node, String path) {
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          // The browser writes each answer of 4xx to its console; the page expects some.
          if (message.type().equals("error") && !message.text().contains("status of 4")) {
            errors.add(message.text());
          }
        });
    page.onPageError(errors::add);
    page.navigate(nodes.get(node).url() + path);
    return page;
  }

  private static Locator tile(Page page, String topic) {
    return page.locator(".place[data-topic='" + topic + "']");
  }

  private static Locator camera(Page page, String topic) {
    return page.locator("#palette button[data-topic='" + topic + "']");
  }

  private static void awaitStatus(Page page, String words) {
    page.locator("#notice", new Page.LocatorOptions().setHasText(words)).waitFor();
  }

  private static JsonObject firstTile(int node, String wall) throws Exception {
    HttpResponse<String> answer = api(node).get("/" + wall);
    return answer.statusCode() == 200
        ? new JsonObject(answer.body()).getJsonArray("tiles").getJsonObject(0)
        : new JsonObject();
  }

  @ParameterizedTest
  @EnumSource(Browsers.Kind.class)
  void wall_madeWithTheKeyboardAlone_appearsInAnotherBrowser_throughAnotherNode(Browsers.Kind kind)
      throws Exception {
    String name = "made-" + kind.name().toLowerCase(Locale.ROOT);
    try (BrowserContext maker = BROWSERS.get(kind).newContext();
        BrowserContext other = BROWSERS.get(kind).newContext()) {
      Page page = open(maker, 0, "/walls");
      page.locator("#name").fill(name);
      page.keyboard().press("Enter");
      page.locator("#editor-title", new Page.LocatorOptions().setHasText(name)).waitFor();
      camera(page, "site/hall-2/gate").waitFor();
      assertThat(page.locator("#palette bdi").allTextContents())
          .containsExactly("site/hall-2/gate", "site/hall-10/gate");

      page.locator("#title").fill("Hall 2");
      camera(page, "site/hall-2/gate").focus();
      page.keyboard().press("Enter");
      page.locator("#filter").fill("site/+/gate");
      page.keyboard().press("Enter");
      tile(page, "site/+/gate").focus();
      page.keyboard().press("ArrowDown");
      page.keyboard().press("Shift+ArrowRight");
      assertThat(tile(page, "site/+/gate").getAttribute("aria-label"))
          .isEqualTo("site/+/gate, column 2, row 2, 2 wide, 1 high");
      page.locator("#save").focus();
      page.keyboard().press("Enter");
      awaitStatus(page, "saved, in memory on 2 nodes");

      Page list = open(other, 1, "/walls");
      list.locator("#walls li", new Page.LocatorOptions().setHasText(name)).waitFor();
      list.getByLabel("Edit " + name).click();
      tile(list, "site/+/gate").waitFor();
      assertThat(list.locator("#title").inputValue()).isEqualTo("Hall 2");
      assertThat(tile(list, "site/+/gate").getAttribute("aria-label"))
          .isEqualTo("site/+/gate, column 2, row 2, 2 wide, 1 high");

      tile(list, "site/+/gate").focus();
      list.keyboard().press("Delete");
      list.locator("#save").click();
      awaitStatus(list, "saved");
      // The maker's page has nothing unsaved, and follows.
      tile(page, "site/+/gate")
          .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
      assertThat(errors).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Browsers.Kind.class)
  void tiles_areDroppedMovedAndResized_byPointer(Browsers.Kind kind) throws Exception {
    String name = "dragged-" + kind.name().toLowerCase(Locale.ROOT);
    try (BrowserContext context = BROWSERS.get(kind).newContext()) {
      Page page = open(context, 0, "/walls?name=" + name);
      camera(page, "site/hall-2/gate").waitFor();
      Locator grid = page.locator("#grid");
      BoundingBox box = grid.boundingBox();
      double cellWidth = box.width / 4;
      double cellHeight = box.height / 3;
      BoundingBox from = camera(page, "site/hall-2/gate").boundingBox();
      page.mouse().move(from.x + from.width / 2, from.y + from.height / 2);
      page.mouse().down();
      page.mouse().move(box.x + 2.5 * cellWidth, box.y + 0.5 * cellHeight);
      page.mouse().move(box.x + 2.5 * cellWidth, box.y + 1.5 * cellHeight);
      page.mouse().up();
      assertThat(tile(page, "site/hall-2/gate").getAttribute("aria-label"))
          .endsWith("column 3, row 2, 1 wide, 1 high");

      // By its middle, two cells to the left and one up.
      page.mouse().move(box.x + 2.5 * cellWidth, box.y + 1.5 * cellHeight);
      page.mouse().down();
      page.mouse().move(box.x + 1.5 * cellWidth, box.y + 1.5 * cellHeight);
      page.mouse().move(box.x + 0.5 * cellWidth, box.y + 0.5 * cellHeight);
      page.mouse().up();
      assertThat(tile(page, "site/hall-2/gate").getAttribute("aria-label"))
          .endsWith("column 1, row 1, 1 wide, 1 high");

      BoundingBox corner = page.locator(".place .corner").boundingBox();
      page.mouse().move(corner.x + corner.width / 2, corner.y + corner.height / 2);
      page.mouse().down();
      page.mouse().move(box.x + 2.5 * cellWidth, box.y + 1.5 * cellHeight);
      page.mouse().up();
      assertThat(tile(page, "site/hall-2/gate").getAttribute("aria-label"))
          .endsWith("column 1, row 1, 3 wide, 2 high");
      page.locator("#save").click();
      awaitStatus(page, "saved");
      JsonObject dragged =
          new JsonObject()
              .put("topic", "site/hall-2/gate")
              .put("column", 1)
              .put("row", 1)
              .put("width", 3)
              .put("height", 2);
      await().until(() -> dragged.equals(firstTile(1, name)));
      assertThat(errors).isEmpty();
    }
  }

  @Test
  void twoPeople_whoChangeTheSameWall_areTold_andNeitherIsOverwrittenUnseen() throws Exception {
    api(0).put("both", "first");
    try (BrowserContext context = BROWSERS.get(Browsers.Kind.CHROMIUM).newContext()) {
      Page page = open(context, 0, "/walls?name=both");
      tile(page, "first").waitFor();
      page.locator("#title").fill("mine");
      api(1).put("both", "theirs");
      page.locator("#save").click();
      page.locator("#conflict").waitFor();
      assertThat(api(0).firstTopic("both")).isEqualTo("theirs");

      page.locator("#mine").click();
      awaitStatus(page, "saved");
      await().until(() -> api(1).firstTopic("both").equals("first"));
      assertThat(page.locator("#conflict").isVisible()).isFalse();

      page.locator("#title").fill("mine again");
      api(1).put("both", "theirs again");
      page.locator("#conflict").waitFor();
      page.locator("#theirs").click();
      tile(page, "theirs again").waitFor();
      assertThat(page.locator("#title").inputValue()).isEmpty();
      assertThat(page.locator("#save").isDisabled()).isTrue();
      assertThat(errors).isEmpty();
    }
  }

  @Test
  void screensOfTheWall_areListed_withWhatTheyShow() throws Exception {
    api(0).put("seen", "first");
    WallScreen screen =
        new WallScreen(clients, nodes.get(1).server()).report("seen", "hall left", "LIVE", "STALE");
    await().until(() -> api(0).screens("seen").size() == 1);
    try (BrowserContext context = BROWSERS.get(Browsers.Kind.CHROMIUM).newContext()) {
      Page page = open(context, 0, "/walls?name=seen");
      Locator row = page.locator("#screen-list tbody tr");
      row.waitFor();
      assertThat(row.locator("td").allTextContents())
          .startsWith("hall left", "connected", "an older one", "1 of 2");
      screen.close();
      await().atMost(Duration.ofSeconds(15)).until(() -> row.textContent().contains("gone"));
      assertThat(errors).isEmpty();
    }
  }

  @Test
  void page_onAWallAndOnATelephone_fitsTheScreen() throws Exception {
    String layout =
        """
        {"title":"Entrance","columns":4,"tiles":[
         {"topic":"site/hall-2/gate","title":"Gate","column":1,"row":1,"width":2,"height":2},
         {"topic":"site/hall-10/gate"},{"topic":"site/+/door"},{"topic":"yard/#","width":2}]}
        """;
    assertThat(api(0).send("PUT", "/fits", layout).statusCode()).isEqualTo(201);
    for (int[] size : new int[][] {{1920, 1080}, {390, 844}}) {
      Browser.NewContextOptions options =
          new Browser.NewContextOptions()
              .setViewportSize(size[0], size[1])
              .setHasTouch(size[0] < 1_000)
              .setColorScheme(size[0] > 1_000 ? ColorScheme.DARK : ColorScheme.LIGHT);
      try (BrowserContext context = BROWSERS.get(Browsers.Kind.CHROMIUM).newContext(options)) {
        Page list = open(context, 0, "/walls");
        list.locator("#walls li").first().waitFor();
        assertFits(list, size[0], "walls");
        Page editor = open(context, 0, "/walls?name=fits");
        tile(editor, "yard/#").waitFor();
        camera(editor, "site/hall-10/gate").waitFor();
        tile(editor, "site/hall-2/gate").focus();
        assertFits(editor, size[0], "wall-editor");
      }
    }
    assertThat(errors).isEmpty();
  }

  private static void assertFits(Page page, int width, String name) {
    assertThat((int) page.evaluate("document.scrollingElement.scrollWidth"))
        .as("%s, %s pixels", name, width)
        .isLessThanOrEqualTo(width);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", name + "-" + width + ".png")));
  }

  @Test
  void finger_addsCamerasWithATap() throws Exception {
    api(0).put("phone", "site/hall-2/gate");
    try (BrowserContext context =
        BROWSERS
            .get(Browsers.Kind.CHROMIUM)
            .newContext(
                new Browser.NewContextOptions().setViewportSize(390, 844).setHasTouch(true))) {
      Page page = open(context, 0, "/walls?name=phone");
      camera(page, "site/hall-10/gate").tap();
      tile(page, "site/hall-10/gate").waitFor();
      assertThat(errors).isEmpty();
    }
  }
}
