package io.imagebus.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.client.BusClient;
import io.imagebus.client.ConnectionListener;
import io.imagebus.client.ReceivedFrame;
import io.imagebus.client.Subscription;
import io.imagebus.client.SubscriptionListener;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.VariantWish;
import io.imagebus.image.Pictures;
import io.imagebus.image.dct.DctCodec;
import io.imagebus.testbed.Clients;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What topics want of their pictures, from a publisher on one node to displays on another. */
class PicturePoliciesIT {

  private static LocalNodes nodes;

  private Clients clients;

  private static final class Screen implements SubscriptionListener, ConnectionListener {
    private final List<Long> frames = new ArrayList<>();
    private Subscription subscription;

    @Override
    public void onFrame(ReceivedFrame received) {
      synchronized (frames) {
        frames.add(received.frame().number());
      }
    }

    List<Long> frames() {
      synchronized (frames) {
        return List.copyOf(frames);
      }
    }
  }

  @BeforeAll
  static void startNodes() throws Exception {
    Map<String, String> settings =
        Map.of(
            "topics.unchanged",
            "still/#=drop",
            "topics.refuse-damaged",
            "sound/#",
            "compression.topics",
            "small/#=bytes:8000");
    nodes = LocalNodes.start(settings, Collections.nCopies(2, DctCodec::new));
  }

  @AfterAll
  static void stopNodes() throws Exception {
    nodes.close();
  }

  @BeforeEach
  void start() {
    clients = new Clients();
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(100));
  }

  private static int post(String topic, byte[] picture) throws Exception {
    return nodes.post(0, topic, picture);
  }

  private Screen screen(String topic, VariantWish wish) {
    Screen screen = new Screen();
    BusClient client = clients.connect(List.of(nodes.server(1)), screen);
    screen.subscription =
        clients.call(() -> client.subscribe(new TopicFilter(topic), wish, false, screen));
    return screen;
  }

  private static VariantWish wide(int width) {
    return new VariantWish(width, 0, 0, 0, Optional.empty());
  }

  /** What all hops of a topic say, on the node of the displays. */
  private static List<JsonObject> hops(String topic) throws Exception {
    return nodes.json(1, "/api/v1/reliability").getJsonArray("topics").stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("topic").equals(topic))
        .flatMap(each -> each.getJsonArray("hops").stream())
        .map(JsonObject.class::cast)
        .toList();
  }

  /** What the node of the displays says of a topic; nothing if it does not know it. */
  private static JsonObject topic(String topic) throws Exception {
    return nodes.json(1, "/api/v1/topics").getJsonArray("topics").stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("topic").equals(topic))
        .findFirst()
        .orElseGet(JsonObject::new);
  }

  private static byte[] plainJpeg(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpeg", out);
    return out.toByteArray();
  }

  @Test
  void unchangedPictures_areDroppedAtTheDoor_announcedEverywhere_andAccountedFor()
      throws Exception {
    String topic = "still/gate";
    byte[] picture = Pictures.baselineJpeg(320, 240);
    byte[] other = plainJpeg(320, 240);
    Screen source = screen(topic, VariantWish.SOURCE);
    Screen small = screen(topic, wide(160));
    assertThat(post(topic, picture)).isEqualTo(202);
    soon().until(() -> source.frames().contains(0L) && small.frames().contains(0L));
    for (int frame = 1; frame < 20; frame++) {
      assertThat(post(topic, picture)).isEqualTo(202);
    }
    assertThat(post(topic, other)).isEqualTo(202);
    soon()
        .untilAsserted(
            () -> {
              assertThat(source.frames()).contains(20L);
              assertThat(small.frames()).contains(20L);
            });
    assertThat(source.frames()).containsExactly(0L, 20L);
    assertThat(small.frames()).containsExactly(0L, 20L);
    for (Screen screen : List.of(source, small)) {
      assertThat(clients.call(screen.subscription::topics).get(0).skippedFrames())
          .isEqualTo(Map.of("unchanged", 19L));
    }
    soon()
        .untilAsserted(
            () -> {
              List<JsonObject> hops = hops(topic);
              assertThat(hops).as("a link and a display for each form").hasSize(4);
              assertThat(hops)
                  .allSatisfy(
                      hop -> {
                        assertThat(hop.getBoolean("identityHolds")).as("%s", hop).isTrue();
                        assertThat(hop.getLong("lost")).as("%s", hop).isZero();
                        assertThat(hop.getLong("received")).as("%s", hop).isPositive();
                        assertThat(hop.getLong("skipped")).as("%s", hop).isPositive();
                      });
            });
    soon().until(() -> topic(topic).getLong("frames", 0L) == 21);
    assertThat(topic(topic).getLong("unchangedFrames")).isEqualTo(19);
    assertThat(topic(topic).getLong("unchangedBytes")).isEqualTo(19L * picture.length);
  }

  @Test
  void damagedPicture_isRefused_onlyWhereItsTopicWantsThat() throws Exception {
    byte[] picture = Pictures.baselineJpeg(320, 240);
    byte[] damaged = picture.clone();
    for (int at = picture.length / 2; at < picture.length - 2; at++) {
      damaged[at] = 0x55;
    }
    Screen strict = screen("sound/gate", VariantWish.SOURCE);
    Screen lenient = screen("any/gate", VariantWish.SOURCE);
    assertThat(post("sound/gate", picture)).isEqualTo(202);
    assertThat(post("sound/gate", damaged)).isEqualTo(422);
    assertThat(post("sound/gate", picture)).isEqualTo(202);
    assertThat(post("any/gate", picture)).isEqualTo(202);
    assertThat(post("any/gate", damaged)).isEqualTo(202);
    soon().until(() -> strict.frames().contains(2L) && lenient.frames().contains(1L));
    assertThat(strict.frames()).doesNotContain(1L);
    assertThat(clients.call(strict.subscription::topics).get(0).skippedFrames().keySet())
        .isSubsetOf("rejected");
    soon()
        .until(
            () ->
                topic("sound/gate")
                            .getJsonObject("refused", new JsonObject())
                            .getLong("damaged", 0L)
                        == 1
                    && topic("sound/gate").getLong("frames", 0L) == 2);
  }

  @Test
  void topicWithABudget_hasVariantsWithinIt() throws Exception {
    byte[] picture = Pictures.baselineJpeg(1280, 720);
    Screen within = screen("small/gate", wide(640));
    Screen without = screen("large/gate", wide(640));
    post("small/gate", picture);
    post("large/gate", picture);
    soon().until(() -> within.frames().contains(0L) && without.frames().contains(0L));
    assertThat(bytesOf("small/gate")).isBetween(1, 8_000);
    assertThat(bytesOf("large/gate")).isGreaterThan(8_000);
  }

  private static int bytesOf(String topic) throws Exception {
    return nodes.get(1, "/api/v1/topics/" + topic + "/snapshot.jpg?width=640").body().length;
  }
}
