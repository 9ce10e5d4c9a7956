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
import io.imagebus.testbed.OutputLines;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The wall page of real nodes in a real browser: each state of a tile is reached by causing it, and
 * what nobody sees is not sent.
 */
class WallPageStatesIT {

  private static final long EVERY_MILLIS = 100;

  /** What the canvas shows, against what the browser's own decoder makes of the bytes sent. */
  private static final String DIFFERING_BYTES =
      """
      async ([topic, base64]) => {
        const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
        const canvas = document.querySelector(`.tile[data-topic="${topic}"] .picture`);
        const { width, height } = canvas;
        const wanted = new OffscreenCanvas(width, height).getContext('2d', { alpha: false });
        wanted.imageSmoothingQuality = 'medium';
        wanted.drawImage(bitmap, 0, 0, width, height);
        const shown = new OffscreenCanvas(width, height).getContext('2d', { alpha: false });
        shown.drawImage(canvas, 0, 0);
        const a = wanted.getImageData(0, 0, width, height).data;
        const b = shown.getImageData(0, 0, width, height).data;
        let different = width > 16 ? 0 : a.length;
        for (let i = 0; i < a.length; i++) {
          different += a[i] === b[i] ? 0 : 1;
        }
        return different;
      }""";

  /** Notes each state that the only tile comes into from now on. */
  private static final String NOTE_STATES =
      """
      () => {
        window.states = [];
        const tile = document.querySelector('.tile');
        new MutationObserver(() => window.states.push(tile.dataset.state))
            .observe(tile, { attributes: true, attributeFilter: ['data-state'] });
      }""";

  private static TestCluster cluster;
  private static List<NodeProcess> nodes;
  private static Clients clients;
  private static Footage footage;
  private static Browsers browsers;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestCluster();
    cluster.allow(
        "IllegalStateException: Promise already completed[^#]*OutboundConnection.writeMessage",
        OutputLines.HAZELCAST);
    clients = new Clients();
    footage = new Footage(0);
    browsers = Browsers.open();
    browser = browsers.launch(Browsers.Kind.CHROMIUM);
    nodes = cluster.start(2);
  }

  @AfterAll
  static void close() {
    browsers.close();
    clients.close();
    cluster.close();
  }

  private static Camera camera(String topic) {
    Camera camera = new Camera(clients, footage, topic, List.of(nodes.get(0).server()));
    camera.film(Long.MAX_VALUE, EVERY_MILLIS);
    return camera;
  }

  /** The wall of the node that no camera is at. */
  private static WallPage open(String query) {
    return WallPage.open(browser, nodes.get(1).url() + "/wall?" + query);
  }

  @Test
  void publisherThatEnds_isOffline_andTheAgeGrows() {
    Camera camera = camera("states/ended");
    try (WallPage wall = open("topics=states/ended")) {
      wall.awaitState("states/ended", "LIVE");
      camera.end();
      wall.awaitState("states/ended", "OFFLINE");
      long ageMillis = wall.tile("states/ended").ageMillis();
      await().until(() -> wall.tile("states/ended").ageMillis() > ageMillis + 500);
      assertThat(wall.errors()).isEmpty();
    }
  }

  @Test
  void cameraThatFallsSilent_isStale_andLiveAgainWithTheNextPicture() {
    Camera camera = camera("states/silent");
    try (WallPage wall = open("topics=states/silent")) {
      wall.awaitState("states/silent", "LIVE");
      clients.run(camera::stop);
      wall.awaitState("states/silent", "STALE");
      assertThat(wall.tile("states/silent").ageMillis()).isGreaterThanOrEqualTo(2_900);
      camera("states/silent");
      wall.awaitState("states/silent", "LIVE");
    }
  }

  @Test
  void samePictureAgainAndAgain_isFrozen_andAnotherOneIsLive() throws Exception {
    byte[] same = footage.picture(7);
    ScheduledExecutorService poster = Executors.newSingleThreadScheduledExecutor();
    try (WallPage wall = open("topics=states/same")) {
      var posting =
          poster.scheduleAtFixedRate(
              () -> post("states/same", same), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
      wall.awaitState("states/same", "LIVE");
      wall.awaitState("states/same", "FROZEN");
      assertThat(wall.tile("states/same").ageMillis()).isLessThan(3_000);
      posting.cancel(false);
      poster.submit(() -> post("states/same", footage.picture(8))).get(10, TimeUnit.SECONDS);
      wall.awaitState("states/same", "LIVE");
    } finally {
      poster.shutdownNow();
    }
  }

  /** What the node leaves out is no sign that the camera is silent, nor one that it is well. */
  @Test
  void picturesThatTheNodeLeavesOutAsUnchanged_areLive_thenFrozen_andNeverStale() throws Exception {
    ScheduledExecutorService poster = Executors.newSingleThreadScheduledExecutor();
    try (TestCluster looking = new TestCluster()) {
      NodeProcess node = looking.launch(0, "--set", "topics.unchanged=eye=drop").awaitReady();
      try (WallPage wall = WallPage.open(browser, node.url() + "/wall?topics=eye")) {
        poster.scheduleAtFixedRate(
            () -> post(node, "eye", footage.picture(7)), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        wall.awaitState("eye", "LIVE");
        wall.page().evaluate(NOTE_STATES);
        wall.awaitState("eye", "FROZEN");
        assertThat(wall.page().evaluate("window.states.join(' ')")).isEqualTo("FROZEN");
        assertThat(wall.tile("eye").frame()).isZero();
        poster.submit(() -> post(node, "eye", footage.picture(60)));
        wall.awaitState("eye", "LIVE");
      }
    } finally {
      poster.shutdownNow();
    }
  }

  @Test
  void topicThatALayoutNamesTwice_hasTwoTiles_eachWithItsPicture() throws Exception {
    camera("states/twice");
    JsonObject layout = WallApi.layout("states/twice");
    layout.getJsonArray("tiles").add(new JsonObject().put("topic", "states/twice"));
    assertThat(new WallApi(nodes.get(0)).send("PUT", "/twice", layout.encode()).statusCode())
        .isEqualTo(201);
    try (WallPage wall = open("name=twice")) {
      Page page = wall.page();
      page.waitForFunction(
          """
          () => {
            const tiles = [...document.querySelectorAll('.tile[data-state=LIVE]')];
            return tiles.length === 2 && tiles.every(tile => Number(tile.dataset.frame) > 0);
          }""");
      page.locator(".tile").nth(1).click();
      page.locator(".tile.large[data-key='states/twice#2']").waitFor();
      assertThat(page.locator(".tile:visible").count()).isEqualTo(1);
    }
  }

  private static void post(String topic, byte[] picture) {
    post(nodes.get(0), topic, picture);
  }

  private static void post(NodeProcess node, String topic, byte[] picture) {
    try {
      assertThat(node.post(topic, picture).statusCode()).isEqualTo(202);
    } catch (Exception e) {
      throw new IllegalStateException("the picture cannot be posted", e);
    }
  }

  @Test
  void topicThatNobodyPublishes_isOffline() {
    try (WallPage wall = open("topics=states/nobody")) {
      wall.awaitState("states/nobody", "OFFLINE");
    }
  }

  @Test
  void canvas_hasThePixelsOfThePictureThatWasSent() throws Exception {
    byte[] picture = footage.picture(3);
    post("states/pixels", picture);
    try (WallPage wall = open("topics=states/pixels")) {
      wall.page().locator(".tile[data-frame='0']").waitFor();
      // A worker draws: the page has the picture with its next frame.
      await()
          .pollInSameThread()
          .untilAsserted(() -> assertThat(differingBytes(wall, picture)).isZero());
      assertThat(differingBytes(wall, footage.picture(40))).isPositive();
    }
  }

  private static int differingBytes(WallPage wall, byte[] picture) {
    String base64 = Base64.getEncoder().encodeToString(picture);
    return (int) wall.page().evaluate(DIFFERING_BYTES, List.of("states/pixels", base64));
  }

  @Test
  void refusedSubscription_isDenied_withTheReason_untilThereIsRoom() throws Exception {
    try (TestCluster small = new TestCluster()) {
      NodeProcess node = small.launch(0, "--set", "delivery.max-subscriptions=1").awaitReady();
      node.post("a", footage.picture(1));
      node.post("b", footage.picture(2));
      try (WallPage wall = WallPage.open(browser, node.url() + "/wall?topics=a,b")) {
        wall.awaitState("b", "DENIED");
        assertThat(wall.page().locator(".tile[data-topic='b'] .reason").textContent())
            .contains("at most 1");
        assertThat(wall.tile("a").state()).isNotEqualTo("DENIED");
      }
    }
  }

  @Test
  void killedNode_isReplacedByAnother_andTheAgeIsKept() throws Exception {
    camera("states/killed");
    NodeProcess third = cluster.launch(0).awaitReady();
    TestCluster.awaitLinked(List.of(nodes.get(0), nodes.get(1), third));
    try (WallPage wall = WallPage.open(browser, third.url() + "/wall?topics=states/killed")) {
      wall.awaitState("states/killed", "LIVE");
      wall.page()
          .evaluate(
              """
              () => {
                const tile = document.querySelector('.tile');
                window.said = [];
                new MutationObserver(() => {
                  const { state, frame, ageMs } = tile.dataset;
                  window.said.push({ state, frame: Number(frame), age: Number(ageMs) });
                }).observe(tile, { attributes: true });
              }""");
      third.program().kill();
      wall.page()
          .waitForFunction(
              """
              () => {
                const cut = window.said.find(each => each.state === 'STALE');
                return cut && window.said.some(
                    each => each.state === 'LIVE' && each.frame > cut.frame);
              }""");
      Object grew =
          wall.page()
              .evaluate(
                  """
                  () => {
                    const stale = window.said.filter(each => each.state === 'STALE');
                    return stale.every((each, i) => i === 0 || each.frame > stale[i - 1].frame
                        || each.age >= stale[i - 1].age);
                  }""");
      assertThat(grew).isEqualTo(true);
    }
  }

  @Test
  void hiddenPage_stopsTheTrafficWithinTwoSeconds_andGoesOnWhenItIsSeen() throws Exception {
    Camera camera = camera("states/hidden");
    try (WallPage wall = open("topics=states/hidden")) {
      wall.awaitState("states/hidden", "LIVE");
      showPage(wall.page(), false);
      assertNothingIsSent("states/hidden", camera);
      wall.awaitState("states/hidden", "HIDDEN");
      showPage(wall.page(), true);
      wall.awaitState("states/hidden", "LIVE");
      assertThat(wall.tile("states/hidden").lost()).isZero();
      assertThat(wall.page().locator(".tile").getAttribute("data-missed")).isEqualTo("0");
    }
  }

  /** A browser without a window never hides a page by itself; it is told what it would say. */
  private static void showPage(Page page, boolean visible) {
    page.evaluate(
        """
        visible => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => !visible });
          document.dispatchEvent(new Event('visibilitychange'));
        }""",
        visible);
  }

  /** Neither to the display nor between the nodes, while the camera goes on. */
  private static void assertNothingIsSent(String topic, Camera camera) throws Exception {
    AtomicReference<Double> newest = new AtomicReference<>(-1.0);
    await()
        .atMost(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(5 * EVERY_MILLIS))
        .until(
            () -> {
              double now = sent(topic);
              return newest.getAndSet(now) == now;
            });
    double before = newest.get();
    long published = camera.published();
    await().until(() -> camera.published() > published + 20);
    assertThat(sent(topic)).isEqualTo(before).isPositive();
  }

  /** Chunks that the nodes sent to displays and to each other. */
  private static double sent(String topic) throws Exception {
    double sum = 0;
    for (NodeProcess node : nodes) {
      String metrics = new String(node.get("/metrics").body(), StandardCharsets.UTF_8);
      sum +=
          metrics
              .lines()
              .filter(line -> line.startsWith("imagebus_chunks_sent_total"))
              .filter(line -> line.contains("topic=\"" + topic + "\""))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .sum();
    }
    return sum;
  }

  @Test
  void tileScrolledAway_isNotSent_andComesBack() throws Exception {
    Camera last = camera("rows/9");
    for (int i = 0; i < 9; i++) {
      post("rows/" + i, footage.picture(i));
    }
    try (WallPage wall = open("topics=rows/%2B")) {
      wall.page().setViewportSize(390, 844);
      wall.page().locator(".tile[data-topic='rows/9']").scrollIntoViewIfNeeded();
      wall.awaitState("rows/9", "LIVE");
      wall.page().locator(".tile").first().scrollIntoViewIfNeeded();
      wall.awaitState("rows/9", "HIDDEN");
      assertNothingIsSent("rows/9", last);
      wall.page().locator(".tile[data-topic='rows/9']").scrollIntoViewIfNeeded();
      wall.awaitState("rows/9", "LIVE");
    }
  }

  @Test
  void closedPage_stopsTheTrafficWithinTwoSeconds() throws Exception {
    Camera camera = camera("states/closed");
    try (WallPage wall = open("topics=states/closed")) {
      wall.awaitState("states/closed", "LIVE");
    }
    assertNothingIsSent("states/closed", camera);
  }

  @Test
  void keys_enlargeGoBackAndTurnPages() throws Exception {
    for (int i = 0; i < 5; i++) {
      post("keys/" + i, footage.picture(i));
    }
    try (WallPage wall = open("topics=keys/%23&tiles=2&dwell=0&columns=2")) {
      Page page = wall.page();
      page.locator(".tile[data-topic='keys/1']").waitFor();
      page.keyboard().press("ArrowRight");
      page.keyboard().press("ArrowRight");
      page.keyboard().press("Enter");
      page.locator(".tile.large[data-topic='keys/1']").waitFor();
      assertThat(page.locator(".tile:visible").count()).isEqualTo(1);
      page.keyboard().press("Escape");
      assertThat(page.locator(".tile:visible").count()).isEqualTo(2);
      page.keyboard().press("PageDown");
      page.locator(".tile[data-topic='keys/2']").waitFor();
      page.keyboard().press("PageUp");
      page.keyboard().press("PageUp");
      page.locator(".tile[data-topic='keys/4']").waitFor();
      assertThat(page.locator(".tile").count()).isEqualTo(1);
      assertThat(page.locator(".tile").getAttribute("aria-label")).startsWith("keys/4: ");
    }
  }

  @Test
  void pages_turnByThemselves() throws Exception {
    post("turn/a", footage.picture(1));
    post("turn/b", footage.picture(2));
    try (WallPage wall = open("topics=turn/%23&tiles=1&dwell=1")) {
      wall.page().locator(".tile[data-topic='turn/a']").waitFor();
      wall.page().locator(".tile[data-topic='turn/b']").waitFor();
      wall.page().locator(".tile[data-topic='turn/a']").waitFor();
    }
  }
}
