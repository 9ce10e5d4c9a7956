package io.imagebus.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.client.JpegSplitter;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The wall page against a scripted node: what it says, and above all what it never says. */
class WallPageIT {

  private static final String TOPIC = "demo/creek";
  @RegisterExtension static final SharedBrowsers BROWSERS = new SharedBrowsers();

  private static List<byte[]> pictures;

  private ScriptedNode node;

  @BeforeAll
  static void open() throws IOException {
    pictures = footage();
  }

  @BeforeEach
  void start() throws Exception {
    node = new ScriptedNode();
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  private static List<byte[]> footage() throws IOException {
    List<byte[]> all = new ArrayList<>();
    try (InputStream file = WallPageIT.class.getResourceAsStream("/footage/creek.mjpeg")) {
      byte[] bytes = file.readAllBytes();
      new JpegSplitter(1 << 20, all::add).feed(bytes, 0, bytes.length);
    }
    return all;
  }

  private WallPage open(Browsers.Kind kind) {
    return WallPage.open(BROWSERS.get(kind), node.url());
  }

  @ParameterizedTest
  @EnumSource(Browsers.Kind.class)
  void wall_withoutTopics_saysHowToPublishOne(Browsers.Kind kind) {
    try (WallPage wall = open(kind)) {
      wall.page().getByText("No topic yet").waitFor();
      assertThat(wall.page().locator("#empty-command").textContent())
          .contains("curl", node.url() + "api/v1/topics/demo/camera/frames");
      assertThat(wall.page().locator("#node").textContent()).isEqualTo("node scripted");
      assertThat(wall.errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Browsers.Kind.class)
  void tile_withPictures_showsThemAndAcknowledges(Browsers.Kind kind) throws Exception {
    try (WallPage wall = open(kind)) {
      node.hear("subscribe");
      node.announce(TOPIC);
      wall.awaitState(TOPIC, "CONNECTING");
      node.picture(pictures.get(0), 0);
      JsonObject ack = node.hear("ack");
      assertThat(ack.getString("stream")).isEqualTo("fedcba9876543210");
      assertThat(ack.getLong("frame")).isZero();
      wall.awaitState(TOPIC, "LIVE");
      assertThat(wall.tile(TOPIC).frame()).isZero();
      wall.picture(TOPIC).awaitPicture(pictures.get(0), 1);
      assertThat(wall.errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Browsers.Kind.class)
  void tile_withChunksMissing_countsThemAndReportsThem(Browsers.Kind kind) throws Exception {
    try (WallPage wall = open(kind)) {
      node.hear("subscribe");
      node.announce(TOPIC);
      node.picture(pictures.get(0), 2);
      node.picture(pictures.get(1), 0);
      assertThat(node.hear("ack").getLong("frame")).isEqualTo(1);
      wall.page().locator(".tile[data-lost='2']").waitFor();
      JsonObject report = node.hear("report").getJsonArray("streams").getJsonObject(0);
      assertThat(report.getLong("lost")).isEqualTo(2);
      assertThat(report.getLong("shown")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Browsers.Kind.class)
  void tile_withoutNewPictures_turnsStaleAndAges(Browsers.Kind kind) throws Exception {
    try (WallPage wall = open(kind)) {
      node.hear("subscribe");
      node.announce(TOPIC);
      node.picture(pictures.get(0), 0);
      wall.awaitState(TOPIC, "LIVE");
      wall.awaitState(TOPIC, "STALE");
      long ageMillis = wall.tile(TOPIC).ageMillis();
      assertThat(ageMillis).isGreaterThanOrEqualTo(3000);
      node.end();
      wall.awaitState(TOPIC, "OFFLINE");
      assertThat(wall.tile(TOPIC).ageMillis()).isGreaterThan(ageMillis);
    }
  }

  @ParameterizedTest
  @EnumSource(Browsers.Kind.class)
  void wall_withItsSocketCut_isStaleAtOnceAndComesBack(Browsers.Kind kind) throws Exception {
    try (WallPage wall = open(kind)) {
      node.hear("subscribe");
      node.announce(TOPIC);
      node.picture(pictures.get(0), 0);
      wall.awaitState(TOPIC, "LIVE");
      node.cut();
      wall.awaitState(TOPIC, "STALE");
      assertThat(wall.tile(TOPIC).ageMillis()).isLessThan(3000);
      node.hear("subscribe");
      wall.awaitConnection("CONNECTED");
      assertThat(wall.tile(TOPIC).state()).isEqualTo("STALE");
      node.announce(TOPIC);
      node.picture(pictures.get(1), 0);
      wall.awaitState(TOPIC, "LIVE");
      assertThat(wall.tile(TOPIC).lost()).isZero();
    }
  }
}
