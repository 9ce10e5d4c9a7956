package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.imagebus.browser.Browsers;
import io.imagebus.browser.SharedBrowsers;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reliability page of two real nodes, with a publisher whose chunks really get lost. */
class ReliabilityPageIT {

  @RegisterExtension static final SharedBrowsers BROWSERS = new SharedBrowsers();

  private static final String TOPIC = "site/hall/gate";
  private static final String CARD = ".topic-card[data-topic='" + TOPIC + "']";
  private static final int LOST = 6;

  private static TestCluster cluster;
  private static List<NodeProcess> nodes;
  private static Clients clients;
  private static LossyCamera camera;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestCluster();
    cluster.allow("chunks were lost or damaged in the last minute");
    nodes = cluster.start(2);
    clients = new Clients();
    Footage footage = new Footage(0);
    new Screen(clients, "#", List.of(nodes.get(1).server()));
    nodes.get(1).post("site/quiet", footage.picture(1));
    camera = new LossyCamera(clients, footage, TOPIC, nodes.get(0).server());
    await().atMost(Duration.ofSeconds(30)).until(() -> camera.unsent().size() == LOST);
  }

  @AfterAll
  static void close() {
    clients.close();
    cluster.close();
  }

  /** The page of the node that only hears of the topic from the other one. */
  private static Page open(BrowserContext context, List<String> errors) {
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text());
          }
        });
    page.onPageError(errors::add);
    page.navigate(nodes.get(1).url() + "/reliability");
    page.locator(CARD + " button[data-hop='publisher-ingest'][data-lost='" + LOST + "']").waitFor();
    page.locator(CARD + " .chart canvas").waitFor();
    return page;
  }

  private static Locator hop(Page page, String hop) {
    return page.locator(CARD + " .way[data-variant='source'] button[data-hop='" + hop + "']");
  }

  @ParameterizedTest
  @EnumSource(Browsers.Kind.class)
  void loss_isShownAtTheHopWhereItHappened_withItsNumbers(Browsers.Kind kind) {
    List<String> errors = new ArrayList<>();
    try (BrowserContext context = BROWSERS.get(kind).newContext()) {
      Page page = open(context, errors);

      assertThat(page.locator(".topic-card").first().getAttribute("data-topic")).isEqualTo(TOPIC);
      assertThat(hop(page, "node-node").getAttribute("data-lost")).isEqualTo("0");
      hop(page, "delivery-display").locator(".claim").filter(containing("at least")).waitFor();
      assertThat(hop(page, "delivery-display").getAttribute("data-lost")).isEqualTo("0");

      hop(page, "publisher-ingest").focus();
      page.keyboard().press("Enter");
      Locator rows = page.locator(CARD + " .details tbody tr");
      rows.nth(LOST - 1).waitFor();
      List<String> numbers =
          rows.all().stream().map(row -> row.locator("td").nth(1).textContent()).toList();
      assertThat(numbers)
          .containsExactlyInAnyOrderElementsOf(
              camera.unsent().stream().map(number -> "#" + number).toList());
      assertThat(rows.first().textContent()).contains("camera →", "lost, final");

      page.keyboard().press("Escape");
      assertThat(page.locator(CARD + " .details").isVisible()).isFalse();
      assertThat(errors).isEmpty();
    }
  }

  private static Locator.FilterOptions containing(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void node_thatDoesNotAnswer_isSaid_andTheFiguresAreCalledOld() {
    try (BrowserContext context = BROWSERS.get(Browsers.Kind.CHROMIUM).newContext()) {
      Page page = open(context, new ArrayList<>());

      context.setOffline(true);
      page.locator("#missing", new Page.LocatorOptions().setHasText("does not answer")).waitFor();
      page.locator("#connection[data-connection='RECONNECTING']").waitFor();

      context.setOffline(false);
      page.locator("#connection[data-connection='CONNECTED']").waitFor();
      page.locator("#missing")
          .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }
  }

  @Test
  void filterBox_leavesOnlyWhatIsWanted() {
    try (BrowserContext context = BROWSERS.get(Browsers.Kind.CHROMIUM).newContext()) {
      Page page = open(context, new ArrayList<>());
      assertThat(page.locator(".topic-card").count()).isEqualTo(2);

      page.locator("#filter").fill("site/+/gate");

      assertThat(page.locator(".topic-card").count()).isEqualTo(1);
      assertThat(page.locator("#summary").textContent()).contains("1 topic of 2");
    }
  }

  @Test
  void page_onAWallAndOnATelephone_fitsTheScreen() {
    for (int[] size : new int[][] {{1920, 1080}, {390, 844}}) {
      NewContextOptions options =
          new NewContextOptions()
              .setViewportSize(size[0], size[1])
              .setColorScheme(size[0] > 1_000 ? ColorScheme.DARK : ColorScheme.LIGHT);
      try (BrowserContext context = BROWSERS.get(Browsers.Kind.CHROMIUM).newContext(options)) {
        Page page = open(context, new ArrayList<>());
        hop(page, "publisher-ingest").click();
        page.locator(CARD + " .details tbody tr").first().waitFor();

        assertThat((int) page.evaluate("document.scrollingElement.scrollWidth"))
            .isLessThanOrEqualTo(size[0]);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", "reliability-" + size[0] + ".png")));
      }
    }
  }

  @Test
  void variantThatAWallAsksFor_hasAWayOfItsOwn() {
    try (BrowserContext telephone =
            BROWSERS
                .get(Browsers.Kind.CHROMIUM)
                .newContext(new NewContextOptions().setViewportSize(300, 500));
        BrowserContext context = BROWSERS.get(Browsers.Kind.CHROMIUM).newContext()) {
      telephone.newPage().navigate(nodes.get(1).url() + "/wall?topics=" + TOPIC);
      Page page = open(context, new ArrayList<>());

      Locator way = page.locator(CARD + " .way[data-variant^='320x']");
      way.locator("button[data-hop='delivery-display']").waitFor();

      assertThat(way.locator(".station").allTextContents()).hasSize(3).endsWith("displays");
      assertThat(way.locator(".claim").allTextContents())
          .hasSize(2)
          .allMatch(text -> text.matches("at least .*|none of .*|nothing yet|.* %"));
      assertThat(page.locator(CARD + " .way").first().locator(".variant").textContent())
          .isEqualTo("source");
    }
  }

  @Test
  void wallAndReliability_leadToEachOther() {
    try (BrowserContext context = BROWSERS.get(Browsers.Kind.CHROMIUM).newContext()) {
      Page page = open(context, new ArrayList<>());

      page.getByText("Wall", new Page.GetByTextOptions().setExact(true)).click();
      page.locator(".tile[data-topic='" + TOPIC + "']").waitFor();
      page.getByText("Reliability", new Page.GetByTextOptions().setExact(true)).click();
      page.locator(CARD).waitFor();
    }
  }
}
