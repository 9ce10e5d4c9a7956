package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import io.imagebus.browser.Browsers;
import io.imagebus.browser.WallPage;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import io.imagebus.testbed.OutputLines;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The wall page of real nodes in Firefox: pictures, and the states of a tile, really caused. */
class FirefoxWallIT {

  private static final long EVERY_MILLIS = 100;

  /**
   * How far the canvas is from what the browser's own decoder makes of a picture: mean of bytes.
   */
  private static final String DISTANCE =
      """
      async ([topic, base64]) => {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
        const canvas = document.querySelector(`.tile[data-topic="${topic}"] .picture`);
        const { width, height } = canvas;
        const pixels = (source) => {
          const copy = new OffscreenCanvas(width, height).getContext('2d', { alpha: false });
          copy.drawImage(source, 0, 0, width, height);
          return copy.getImageData(0, 0, width, height).data;
        };
        const wanted = pixels(bitmap);
        const shown = pixels(canvas);
        return wanted.reduce((sum, each, i) => sum + Math.abs(each - shown[i]), 0) / wanted.length;
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
    browser = browsers.launch(Browsers.Kind.FIREFOX);
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

  private static void post(String topic, byte[] picture) {
    try {
      assertThat(nodes.get(0).post(topic, picture).statusCode()).isEqualTo(202);
    } catch (Exception e) {
      throw new IllegalStateException("the picture cannot be posted", e);
    }
  }

  private static double distance(WallPage wall, String topic, byte[] picture) {
    String base64 = Base64.getEncoder().encodeToString(picture);
    return ((Number) wall.page().evaluate(DISTANCE, List.of(topic, base64))).doubleValue();
  }

  @Test
  void tile_isLive_andShowsThePictureThatWasSent() {
    post("fox/pixels", footage.picture(3));
    try (WallPage wall = open("topics=fox/pixels")) {
      wall.page().locator(".tile[data-frame='0']").waitFor();
      wall.awaitState("fox/pixels", "LIVE");
      assertThat(distance(wall, "fox/pixels", footage.picture(3))).isLessThan(1);
      assertThat(distance(wall, "fox/pixels", footage.picture(150))).isGreaterThan(10);
      assertThat(wall.errors()).isEmpty();
    }
  }

  @Test
  void tiles_ofThreeCameras_areLiveAndGoOn_withNothingLost() {
    for (int i = 0; i < 3; i++) {
      camera("fox/row/" + i);
    }
    try (WallPage wall = open("topics=fox/row/%2B")) {
      for (int i = 0; i < 3; i++) {
        wall.awaitState("fox/row/" + i, "LIVE");
      }
      List<WallPage.Tile> before = wall.tiles();
      await()
          .pollInSameThread()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  before.stream()
                      .allMatch(tile -> wall.tile(tile.topic()).frame() >= tile.frame() + 30));
      assertThat(wall.tiles()).hasSize(3).allMatch(tile -> tile.state().equals("LIVE"));
      assertThat(wall.tiles()).allMatch(tile -> tile.lost() == 0 && tile.ageMillis() < 3_000);
      assertThat(wall.errors()).isEmpty();
    }
  }

  @Test
  void cameraThatFallsSilent_isStale_andOfflineWhenItEnds() {
    Camera camera = camera("fox/silent");
    try (WallPage wall = open("topics=fox/silent")) {
      wall.awaitState("fox/silent", "LIVE");
      clients.run(camera::stop);
      wall.awaitState("fox/silent", "STALE");
      assertThat(wall.tile("fox/silent").ageMillis()).isGreaterThanOrEqualTo(2_900);
      camera.end();
      wall.awaitState("fox/silent", "OFFLINE");
    }
  }

  @Test
  void samePictureAgainAndAgain_isFrozen() {
    byte[] same = footage.picture(7);
    ScheduledExecutorService poster = Executors.newSingleThreadScheduledExecutor();
    try (WallPage wall = open("topics=fox/same")) {
      var unused =
          poster.scheduleAtFixedRate(
              () -> post("fox/same", same), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
      wall.awaitState("fox/same", "LIVE");
      wall.awaitState("fox/same", "FROZEN");
    } finally {
      poster.shutdownNow();
    }
  }

  @Test
  void killedNode_isReplacedByAnother() throws Exception {
    camera("fox/killed");
    NodeProcess third = cluster.launch(0).awaitReady();
    TestCluster.awaitLinked(List.of(nodes.get(0), nodes.get(1), third));
    try (WallPage wall = WallPage.open(browser, third.url() + "/wall?topics=fox/killed")) {
      wall.awaitState("fox/killed", "LIVE");
      third.program().kill();
      // What was still on its way is shown, no more than a few pictures.
      long frame = wall.tile("fox/killed").frame() + 10;
      await()
          .pollInSameThread()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  wall.tile("fox/killed").state().equals("LIVE")
                      && wall.tile("fox/killed").frame() > frame);
      assertThat(wall.tile("fox/killed").lost()).isZero();
    }
  }
}
