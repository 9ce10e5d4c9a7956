package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.browser.Browsers;
import io.imagebus.browser.CanvasPixels;
import io.imagebus.browser.WallPage;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The wall page of real nodes in Firefox: pictures, and the states of a tile, really caused. */
class FirefoxWallIT {

  @RegisterExtension
  static final BrowserCluster CLUSTER = new BrowserCluster(Browsers.Kind.FIREFOX, 2);

  private final Footage footage = CLUSTER.footage();

  @Test
  void tile_isLive_andShowsThePictureThatWasSent() {
    byte[] picture = footage.picture(3);
    CLUSTER.post("fox/pixels", picture);
    try (WallPage wall = CLUSTER.wall("topics=fox/pixels")) {
      wall.page().locator(".tile[data-frame='0']").waitFor();
      wall.awaitState("fox/pixels", "LIVE");
      CanvasPixels canvas = wall.picture("fox/pixels");
      canvas.awaitPicture(picture, 1);
      assertThat(canvas.distanceFrom(footage.picture(150))).isGreaterThan(10);
      assertThat(wall.errors()).isEmpty();
    }
  }

  @Test
  void tiles_ofThreeCameras_areLiveAndGoOn_withNothingLost() {
    for (int i = 0; i < 3; i++) {
      CLUSTER.camera("fox/row/" + i);
    }
    try (WallPage wall = CLUSTER.wall("topics=fox/row/%2B")) {
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
    Camera camera = CLUSTER.camera("fox/silent");
    try (WallPage wall = CLUSTER.wall("topics=fox/silent")) {
      wall.awaitState("fox/silent", "LIVE");
      CLUSTER.clients().run(camera::stop);
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
    try (WallPage wall = CLUSTER.wall("topics=fox/same")) {
      var unused =
          poster.scheduleAtFixedRate(
              () -> CLUSTER.post("fox/same", same),
              0,
              BrowserCluster.EVERY_MILLIS,
              TimeUnit.MILLISECONDS);
      wall.awaitState("fox/same", "LIVE");
      wall.awaitState("fox/same", "FROZEN");
    } finally {
      poster.shutdownNow();
    }
  }

  @Test
  void killedNode_isReplacedByAnother() throws Exception {
    CLUSTER.camera("fox/killed");
    NodeProcess victim = CLUSTER.startVictim();
    try (WallPage wall = CLUSTER.wall(victim, "topics=fox/killed")) {
      wall.awaitState("fox/killed", "LIVE");
      victim.program().kill();
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
