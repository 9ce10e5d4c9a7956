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
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.PlainCodec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Variants in a cluster of three nodes: made once, for those who ask, while they ask. */
class VariantsIT {

  private static final int NODES = 3;
  private static final int DISPLAYS = 36;
  private static final int FRAMES = 20;
  private static final int[] WIDTHS = {320, 640, 1280};

  private static final int PICTURE_BYTES = 2 << 20;

  /** More than what may be under way to a stage of the node, and wait for it. */
  private static final long MANY_BYTES = 48L << 20;

  /** Two seconds of a camera: so long displays that have gone may cost encodes. */
  private static final int STOPS_FRAMES = 20;

  /** Five seconds. */
  private static final int ENDS_FRAMES = 50;

  private static LocalNodes nodes;

  private Clients clients;

  /** A display that remembers which frames it got, and how wide. */
  private static final class Tile implements SubscriptionListener, ConnectionListener {
    private final List<Long> frames = new ArrayList<>();
    private volatile byte[] newest = new byte[0];
    private BusClient client;
    private Subscription subscription;

    @Override
    public void onFrame(ReceivedFrame received) {
      synchronized (frames) {
        frames.add(received.frame().number());
      }
      newest = received.frame().picture().getBytes();
    }

    long newestFrame() {
      synchronized (frames) {
        return frames.isEmpty() ? -1 : frames.get(frames.size() - 1);
      }
    }

    int width() throws Exception {
      return ImageIO.read(new ByteArrayInputStream(newest)).getWidth();
    }
  }

  @BeforeAll
  static void startNodes() throws Exception {
    Map<String, String> settings =
        Map.of(
            "compression.threads",
            "2",
            "compression.share-work",
            "false",
            // On a machine that has other work, a picture of this codec takes its time.
            "link.max-age-millis",
            "60000");
    nodes = LocalNodes.start(settings, Collections.nCopies(NODES, PlainCodec::new));
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

  private static void post(String topic, byte[] picture) throws Exception {
    assertThat(nodes.post(0, topic, picture)).isEqualTo(202);
  }

  /**
   * It does not acknowledge: a machine that stands still is no reason for smaller pictures here.
   */
  private Tile tile(int node, String filter, VariantWish wish) {
    Tile tile = new Tile();
    tile.client = clients.connect(List.of(nodes.server(node)), tile);
    tile.subscription =
        clients.call(() -> tile.client.subscribe(new TopicFilter(filter), wish, false, tile));
    return tile;
  }

  private static VariantWish wide(int width) {
    return new VariantWish(width, 0, 0, 0, Optional.empty());
  }

  /** The sum of a counter over all nodes. */
  private static long metric(String name, String topic) throws Exception {
    double sum = 0;
    Pattern line = Pattern.compile("(?m)^" + name + "\\{([^}]*)} ([0-9.E]+)$");
    for (int node = 0; node < NODES; node++) {
      String text = nodes.text(node, "/metrics");
      Matcher found = line.matcher(text);
      while (found.find()) {
        if (found.group(1).contains("topic=\"" + topic + "\"")) {
          sum += Double.parseDouble(found.group(2));
        }
      }
    }
    return Math.round(sum);
  }

  private static long encodes(String topic) throws Exception {
    return metric("imagebus_compression_encodes_total", topic);
  }

  private static long decodes(String topic) throws Exception {
    return metric("imagebus_compression_decodes_total", topic);
  }

  @Test
  void thirtySixDisplaysInThreeSizes_costThreeEncodesAndOneDecodeAFrame() throws Exception {
    String topic = "hall/gate";
    byte[] picture = Pictures.baselineJpeg(1920, 1080);
    List<Tile> tiles = new ArrayList<>();
    for (int i = 0; i < DISPLAYS; i++) {
      tiles.add(tile(i % NODES, "hall/#", wide(WIDTHS[i / NODES % WIDTHS.length])));
    }
    for (int frame = 0; frame < FRAMES; frame++) {
      post(topic, picture);
      long number = frame;
      soon().until(() -> tiles.stream().allMatch(tile -> tile.newestFrame() == number));
    }
    for (int i = 0; i < DISPLAYS; i++) {
      assertThat(tiles.get(i).frames).as("display %d", i).hasSize(FRAMES);
      assertThat(tiles.get(i).width()).isEqualTo(WIDTHS[i / NODES % WIDTHS.length]);
    }
    soon().untilAsserted(() -> assertThat(encodes(topic)).isEqualTo(3 * FRAMES));
    assertThat(decodes(topic)).isEqualTo(FRAMES);
    soon().untilAsserted(() -> assertAccount(topic));

    tiles.forEach(tile -> clients.run(tile.client::close));
    film(topic, picture, STOPS_FRAMES);
    long madeMeanwhile = 3 * STOPS_FRAMES;
    film(topic, picture, ENDS_FRAMES - STOPS_FRAMES);
    awaitPublished(topic, FRAMES + ENDS_FRAMES);
    long encodes = encodes(topic);
    assertThat(encodes).as("two seconds").isLessThanOrEqualTo(3 * FRAMES + madeMeanwhile);
    assertThat(variantsMade(topic)).isZero();
    film(topic, picture, FRAMES);
    awaitPublished(topic, FRAMES + ENDS_FRAMES + FRAMES);
    assertThat(encodes(topic)).as("nobody asks any more").isEqualTo(encodes);
  }

  /** A camera of ten frames a second, for so many. */
  private static void film(String topic, byte[] picture, int frames) throws Exception {
    for (int i = 0; i < frames; i++) {
      long dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
      post(topic, picture);
      LockSupport.parkNanos(dueNanos - System.nanoTime());
    }
  }

  /** Waits until the nodes have told twice of so many frames: what they then say is of after. */
  private static void awaitPublished(String topic, long frames) {
    await()
        .pollInterval(Duration.ofMillis(100))
        .during(Duration.ofMillis(1_500))
        .atMost(Duration.ofSeconds(40))
        .until(() -> publishedFrames(topic) == frames);
  }

  @Test
  void displaysOfTheSource_onEachNode_letNothingBeDecoded() throws Exception {
    String topic = "mill/gate";
    byte[] picture = Pictures.baselineJpeg(1920, 1080);
    List<Tile> tiles = new ArrayList<>();
    for (int i = 0; i < DISPLAYS; i++) {
      tiles.add(tile(i % NODES, topic, VariantWish.SOURCE));
    }
    for (int frame = 0; frame < FRAMES; frame++) {
      post(topic, picture);
      long number = frame;
      soon().until(() -> tiles.stream().allMatch(tile -> tile.newestFrame() == number));
    }
    awaitPublished(topic, FRAMES);
    assertThat(decodes(topic)).isZero();
    assertThat(encodes(topic)).isZero();
  }

  @Test
  void displayThatComesBack_whileTheVariantRests_getsNoOutdatedPicture() throws Exception {
    String topic = "weir/gate";
    byte[] picture = Pictures.baselineJpeg(640, 480);
    for (int node = 0; node < 2; node++) {
      Tile before = tile(node, topic, wide(320));
      post(topic, picture);
      soon().until(() -> before.newestFrame() >= 0 && variantsMade(topic) == 1);
      clients.run(before.client::close);
      soon().until(() -> variantsMade(topic) == 0);
      post(topic, picture);
      Tile after = tile(node, topic, wide(320));
      soon().until(() -> after.newestFrame() >= 0);
      assertThat(after.frames.get(0)).isGreaterThanOrEqualTo(2L * node + 1);
      clients.run(after.client::close);
      soon().until(() -> variantsMade(topic) == 0);
    }
  }

  private static long publishedFrames(String topic) throws Exception {
    return topic(topic).getLong("frames", 0L);
  }

  /** What the cluster says of a topic; nothing before it has heard of it. */
  private static JsonObject topic(String topic) throws Exception {
    return nodes.json(2, "/api/v1/topics").getJsonArray("topics").stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("topic").equals(topic))
        .findFirst()
        .orElse(new JsonObject());
  }

  private static long variantsMade(String topic) throws Exception {
    return topic(topic).getJsonArray("variants", new JsonArray()).size();
  }

  /** Each node's link and displays have a line a variant, and on each all that was due came. */
  private static void assertAccount(String topic) throws Exception {
    List<JsonObject> lines =
        nodes.json(1, "/api/v1/reliability").getJsonArray("topics").stream()
            .map(JsonObject.class::cast)
            .filter(each -> each.getString("topic").equals(topic))
            .flatMap(each -> each.getJsonArray("hops").stream())
            .map(JsonObject.class::cast)
            .filter(line -> !line.getString("variant").equals("source"))
            .toList();
    assertThat(lines.stream().filter(line -> line.getString("hop").equals("node-node")))
        .hasSize(2 * WIDTHS.length);
    assertThat(lines.stream().filter(line -> line.getString("hop").equals("delivery-display")))
        .hasSize(NODES * WIDTHS.length);
    for (JsonObject line : lines) {
      assertThat(line.getBoolean("identityHolds")).as("%s", line).isTrue();
      assertThat(line.getLong("lost") + line.getLong("corrupt")).as("%s", line).isZero();
      boolean isLink = line.getString("hop").equals("node-node");
      assertThat(line.getLong("received"))
          .as("%s", line)
          .isEqualTo(isLink ? FRAMES : (long) FRAMES * DISPLAYS / NODES / WIDTHS.length);
    }
  }

  @Test
  void source_isPassedOnByteForByte_andNothingIsDecoded() throws Exception {
    String topic = "yard/gate";
    byte[] picture = Pictures.baselineJpeg(1280, 720);
    Tile source = tile(1, topic, VariantWish.SOURCE);
    Tile larger = tile(2, topic, wide(1920));
    post(topic, picture);
    soon().until(() -> source.newestFrame() == 0 && larger.newestFrame() == 0);
    assertThat(source.newest).isEqualTo(picture);
    assertThat(larger.newest).as("never upscaled").isEqualTo(picture);
    soon()
        .untilAsserted(
            () ->
                assertThat(metric("imagebus_compression_passed_through_total", topic))
                    .isEqualTo(1));
    assertThat(decodes(topic)).isZero();
  }

  @Test
  void snapshot_ofAnotherNode_comesInTheSizeAskedFor() throws Exception {
    String topic = "lane/gate";
    byte[] picture = Pictures.baselineJpeg(640, 480);
    post(topic, picture);
    HttpResponse<byte[]> small =
        nodes.get(2, "/api/v1/topics/" + topic + "/snapshot.jpg?width=300&quality=40");
    assertThat(small.statusCode()).isEqualTo(200);
    var image = ImageIO.read(new ByteArrayInputStream(small.body()));
    assertThat(image.getWidth()).isEqualTo(320);
    assertThat(image.getHeight()).isEqualTo(240);
    assertThat(nodes.get(1, "/api/v1/topics/" + topic + "/snapshot.jpg").body()).isEqualTo(picture);
  }

  @Test
  void variant_ofASourceOfManyMegabytes_goesOn() throws Exception {
    String topic = "moor/gate";
    byte[] picture = Arrays.copyOf(Pictures.baselineJpeg(640, 480), PICTURE_BYTES);
    Tile tile = tile(0, topic, wide(320));
    for (int frame = 0; (long) frame * PICTURE_BYTES < MANY_BYTES; frame++) {
      post(topic, picture);
      long number = frame;
      soon().until(() -> tile.newestFrame() == number);
    }
  }

  @Test
  void damagedSource_makesNoVariant_andIsAnnounced() throws Exception {
    String topic = "dock/gate";
    byte[] picture = Pictures.baselineJpeg(640, 480);
    byte[] damaged = picture.clone();
    for (int at = picture.length / 2; at < picture.length - 2; at++) {
      damaged[at] = 0x55;
    }
    Tile tile = tile(1, topic, wide(320));
    Tile source = tile(1, topic, VariantWish.SOURCE);
    post(topic, picture);
    soon().until(() -> tile.newestFrame() == 0);
    post(topic, damaged);
    soon().until(() -> source.newestFrame() == 1);
    post(topic, picture);
    soon().until(() -> tile.newestFrame() == 2);
    assertThat(tile.frames).containsExactly(0L, 2L);
    assertThat(clients.call(tile.subscription::topics).get(0).skippedFrames().toString())
        .contains("damaged");
  }

  @Test
  void framesThatComeTooFast_areLeftOutAndAnnounced_andTheNewestIsShown() throws Exception {
    String topic = "pier/gate";
    int frames = 30;
    byte[] picture = Pictures.baselineJpeg(1920, 1080);
    Tile tile = tile(1, topic, wide(1280));
    post(topic, picture);
    soon().until(() -> tile.newestFrame() == 0);
    for (int frame = 1; frame < frames; frame++) {
      post(topic, picture);
    }
    soon().until(() -> tile.newestFrame() == frames - 1);
    Map<String, Long> skipped = clients.call(tile.subscription::topics).get(0).skippedFrames();
    assertThat(skipped).containsKey("compression-busy");
    assertThat(skipped.values().stream().mapToLong(Long::longValue).sum() + tile.frames.size())
        .as("each frame is a picture or announced: %s", skipped)
        .isEqualTo(frames);
    soon()
        .untilAsserted(
            () ->
                assertThat(metric("imagebus_compression_passed_over_total", topic))
                    .isEqualTo(skipped.get("compression-busy")));
    assertThat(decodes(topic)).isEqualTo(frames - skipped.get("compression-busy"));
    assertThat(encodes(topic)).isEqualTo(decodes(topic));
  }
}
