package io.imagebus.e2e;

import static io.imagebus.e2e.BrowserCluster.EVERY_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.imagebus.browser.Browsers;
import io.imagebus.browser.CanvasPixels;
import io.imagebus.browser.WallPage;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The wall page of real nodes in a real browser: each state of a tile is reached by causing it, and
 * what nobody sees is not sent.
 */
class WallPageStatesIT {

  /** A topic whose pictures are left out by the node while they show the same. */
  private static final String EYE = "states/eye";

  /** Notes each state that the only tile comes into from now on. */
  private static final String NOTE_STATES =
      """
      () => {
        window.states = [];
        const tile = document.querySelector('.tile');
        new MutationObserver(() => window.states.push(tile.dataset.state))
            .observe(tile, { attributes: true, attributeFilter: ['data-state'] });
      }""";

  /** Notes what each tile says of its picture, whenever it says its age. */
  private static final String NOTE_AGES =
      """
      () => {
        window.said = {};
        for (const tile of document.querySelectorAll('.tile')) {
          const { topic } = tile.dataset;
          said[topic] = [];
          new MutationObserver(() => {
            const { frame, ageMs } = tile.dataset;
            said[topic].push({ frame: Number(frame), age: Number(ageMs) });
          }).observe(tile, { attributes: true, attributeFilter: ['data-age-ms'] });
        }
      }""";

  /** Whether no picture was followed by an older one, and none became younger. */
  private static final String ONLY_NEW_PICTURES_ARE_YOUNGER =
      """
      (topic) => said[topic].length > 0 && said[topic].every((each, i, all) => i === 0
          || each.frame > all[i - 1].frame
          || (each.frame === all[i - 1].frame && each.age >= all[i - 1].age))""";

  private static final String AT_ANOTHER_NODE =
      """
      (lost) => document.body.dataset.connection === 'CONNECTED'
          && document.querySelector('#node').textContent !== `node ${lost}`""";

  @RegisterExtension
  static final BrowserCluster CLUSTER =
      new BrowserCluster(
          Browsers.Kind.CHROMIUM,
          2,
          "topics.unchanged=" + EYE + "=drop",
          // What was posted once is no topic without a publisher before its test is over.
          "ingest.posted-idle-seconds=600");

  private final Footage footage = CLUSTER.footage();

  @Test
  void publisherThatEnds_isOffline_andTheAgeGrows() {
    Camera camera = CLUSTER.camera("states/ended");
    try (WallPage wall = CLUSTER.wall("topics=states/ended")) {
      wall.awaitState("states/ended", "LIVE");
      camera.end();
      wall.awaitState("states/ended", "OFFLINE");
      long ageMillis = wall.tile("states/ended").ageMillis();
      within(10).until(() -> wall.tile("states/ended").ageMillis() > ageMillis + 500);
      assertThat(wall.errors()).isEmpty();
    }
  }

  @Test
  void cameraThatFallsSilent_isStale_andLiveAgainWithTheNextPicture() {
    Camera camera = CLUSTER.camera("states/silent");
    try (WallPage wall = CLUSTER.wall("topics=states/silent")) {
      wall.awaitState("states/silent", "LIVE");
      CLUSTER.clients().run(camera::stop);
      wall.awaitState("states/silent", "STALE");
      assertThat(wall.tile("states/silent").ageMillis()).isGreaterThanOrEqualTo(2_900);
      CLUSTER.camera("states/silent");
      wall.awaitState("states/silent", "LIVE");
    }
  }

  @Test
  void samePictureAgainAndAgain_isFrozen_andAnotherOneIsLive() throws Exception {
    byte[] same = footage.picture(7);
    ScheduledExecutorService poster = Executors.newSingleThreadScheduledExecutor();
    try (WallPage wall = CLUSTER.wall("topics=states/same")) {
      var posting =
          poster.scheduleAtFixedRate(
              () -> CLUSTER.post("states/same", same), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
      wall.awaitState("states/same", "LIVE");
      wall.awaitState("states/same", "FROZEN");
      assertThat(wall.tile("states/same").ageMillis()).isLessThan(3_000);
      posting.cancel(false);
      poster
          .submit(() -> CLUSTER.post("states/same", footage.picture(8)))
          .get(10, TimeUnit.SECONDS);
      wall.awaitState("states/same", "LIVE");
    } finally {
      poster.shutdownNow();
    }
  }

  /** What the node leaves out is no sign that the camera is silent, nor one that it is well. */
  @Test
  void picturesThatTheNodeLeavesOutAsUnchanged_areLive_thenFrozen_andNeverStale() throws Exception {
    ScheduledExecutorService poster = Executors.newSingleThreadScheduledExecutor();
    try (WallPage wall = CLUSTER.wall("topics=" + EYE)) {
      poster.scheduleAtFixedRate(
          () -> CLUSTER.post(EYE, footage.picture(7)), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
      wall.awaitState(EYE, "LIVE");
      wall.page().evaluate(NOTE_STATES);
      wall.awaitState(EYE, "FROZEN");
      assertThat(wall.page().evaluate("window.states.join(' ')")).isEqualTo("FROZEN");
      assertThat(wall.tile(EYE).frame()).isZero();
      poster.submit(() -> CLUSTER.post(EYE, footage.picture(60)));
      wall.awaitState(EYE, "LIVE");
    } finally {
      poster.shutdownNow();
    }
  }

  @Test
  void topicThatALayoutNamesTwice_hasTwoTiles_eachWithItsPicture() throws Exception {
    CLUSTER.camera("states/twice");
    JsonObject layout = WallApi.layout("states/twice");
    layout.getJsonArray("tiles").add(new JsonObject().put("topic", "states/twice"));
    assertThat(new WallApi(CLUSTER.first()).send("PUT", "/twice", layout.encode()).statusCode())
        .isEqualTo(201);
    try (WallPage wall = CLUSTER.wall("name=twice")) {
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

  @Test
  void topicThatNobodyPublishes_isOffline() {
    try (WallPage wall = CLUSTER.wall("topics=states/nobody")) {
      wall.awaitState("states/nobody", "OFFLINE");
    }
  }

  @Test
  void canvas_hasThePixelsOfThePictureThatWasSent() {
    byte[] picture = footage.picture(3);
    CLUSTER.post("states/pixels", picture);
    try (WallPage wall = CLUSTER.wall("topics=states/pixels")) {
      wall.page().locator(".tile[data-frame='0']").waitFor();
      CanvasPixels canvas = wall.picture("states/pixels");
      canvas.awaitPicture(picture, 0);
      assertThat(canvas.distanceFrom(footage.picture(40))).isGreaterThan(10);
    }
  }

  @Test
  void refusedSubscription_isDenied_withTheReason() throws Exception {
    try (TestCluster small = new TestCluster()) {
      NodeProcess node = small.launch(0, "--set", "delivery.max-subscriptions=1").awaitReady();
      node.post("a", footage.picture(1));
      node.post("b", footage.picture(2));
      try (WallPage wall = CLUSTER.wall(node, "topics=a,b")) {
        wall.awaitState("b", "DENIED");
        assertThat(wall.page().locator(".tile[data-topic='b'] .reason").textContent())
            .contains("at most 1");
        assertThat(wall.tile("a").state()).isNotEqualTo("DENIED");
      }
    }
  }

  /**
   * The page may be at another node before it has written a word about the end of this one: no more
   * is promised than that pictures go on, and that an age is that of the picture.
   */
  @Test
  void killedNode_isReplacedByAnother_whereOnlyNewPicturesAreYounger() throws Exception {
    CLUSTER.camera("killed/moving");
    CLUSTER.post("killed/still", footage.picture(1));
    NodeProcess victim = CLUSTER.startVictim();
    try (WallPage wall = CLUSTER.wall(victim, "topics=killed/moving,killed/still")) {
      wall.awaitState("killed/moving", "LIVE");
      wall.page().locator(".tile[data-topic='killed/still'][data-frame]").waitFor();
      long still = wall.tile("killed/still").frame();
      wall.page().evaluate(NOTE_AGES);
      victim.program().kill();
      wall.page().waitForFunction(AT_ANOTHER_NODE, victim.id());
      // What came from the killed node may still be drawn, but no more than a few pictures.
      long frame = wall.tile("killed/moving").frame() + 10;
      within(20).until(() -> wall.tile("killed/moving").frame() > frame);
      wall.awaitState("killed/moving", "LIVE");
      long ageMillis = wall.tile("killed/still").ageMillis();
      within(10).until(() -> wall.tile("killed/still").ageMillis() > ageMillis + 500);
      assertThat(wall.tile("killed/still").frame()).isEqualTo(still);
      CLUSTER.post("killed/still", footage.picture(2));
      within(10).until(() -> wall.tile("killed/still").frame() == still + 1);
      wall.awaitState("killed/still", "LIVE");
      for (String topic : List.of("killed/moving", "killed/still")) {
        assertThat(wall.page().evaluate(ONLY_NEW_PICTURES_ARE_YOUNGER, topic)).isEqualTo(true);
      }
    }
  }

  private static ConditionFactory within(int seconds) {
    return await().pollInSameThread().atMost(Duration.ofSeconds(seconds));
  }

  @Test
  void onlyNodeKilled_tileIsStaleAndKeepsItsPicture_untilTheNodeIsBack() throws Exception {
    try (TestCluster alone = new TestCluster()) {
      NodeProcess node = alone.launch(0).awaitReady();
      CLUSTER.camera(node, "alone", EVERY_MILLIS);
      try (WallPage wall = CLUSTER.wall(node, "topics=alone")) {
        wall.awaitState("alone", "LIVE");
        node.program().kill();
        wall.awaitState("alone", "STALE");
        // The last picture may still be on its way to the screen.
        long ageMillis = wall.tile("alone").ageMillis();
        within(10).until(() -> wall.tile("alone").ageMillis() > ageMillis + 1_000);
        long picture = wall.picture("alone").digest();
        within(10).until(() -> wall.tile("alone").ageMillis() > ageMillis + 4_000);
        assertThat(wall.tile("alone").state()).isEqualTo("STALE");
        assertThat(wall.picture("alone").digest()).isEqualTo(picture);
        alone.launch(node.server().port()).awaitReady();
        wall.awaitState("alone", "LIVE");
        assertThat(wall.tile("alone").ageMillis()).isLessThan(3_000);
        within(10).until(() -> wall.picture("alone").digest() != picture);
      }
    }
  }

  @Test
  void hiddenPage_stopsTheTrafficWithinTwoSeconds_andGoesOnWhenItIsSeen() throws Exception {
    Camera camera = CLUSTER.camera("states/hidden");
    try (WallPage wall = CLUSTER.wall("topics=states/hidden")) {
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
        .pollInterval(Duration.ofMillis(5L * EVERY_MILLIS))
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
    for (NodeProcess node : CLUSTER.nodes()) {
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
    Camera last = CLUSTER.camera("rows/9");
    for (int i = 0; i < 9; i++) {
      CLUSTER.post("rows/" + i, footage.picture(i));
    }
    try (WallPage wall = CLUSTER.wall("topics=rows/%2B")) {
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
    Camera camera = CLUSTER.camera("states/closed");
    try (WallPage wall = CLUSTER.wall("topics=states/closed")) {
      wall.awaitState("states/closed", "LIVE");
    }
    assertNothingIsSent("states/closed", camera);
  }

  @Test
  void keys_enlargeGoBackAndTurnPages() throws Exception {
    for (int i = 0; i < 5; i++) {
      CLUSTER.post("keys/" + i, footage.picture(i));
    }
    try (WallPage wall = CLUSTER.wall("topics=keys/%23&tiles=2&dwell=0&columns=2")) {
      Page page = wall.page();
      page.locator(".tile[data-topic='keys/1']").waitFor();
      // The other node may have told this one of some of the topics only.
      page.locator("#summary", new Page.LocatorOptions().setHasText("page 1 of 3")).waitFor();
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
    CLUSTER.post("turn/a", footage.picture(1));
    CLUSTER.post("turn/b", footage.picture(2));
    try (WallPage wall = CLUSTER.wall("topics=turn/%23&tiles=1&dwell=1")) {
      wall.page().locator(".tile[data-topic='turn/a']").waitFor();
      wall.page().locator(".tile[data-topic='turn/b']").waitFor();
      wall.page().locator(".tile[data-topic='turn/a']").waitFor();
    }
  }
}
