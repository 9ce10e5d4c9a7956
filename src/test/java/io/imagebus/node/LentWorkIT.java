package io.imagebus.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.client.BusClient;
import io.imagebus.client.ConnectionListener;
import io.imagebus.client.ReceivedFrame;
import io.imagebus.client.ServerUrl;
import io.imagebus.client.Subscription;
import io.imagebus.client.SubscriptionListener;
import io.imagebus.config.SettingsLoader;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.VariantWish;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.Pictures;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureSize;
import io.imagebus.image.dct.DctCodec;
import io.imagebus.testbed.Clients;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes, of which the one with the publishers has a pool that is too slow for them. */
class LentWorkIT {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final List<String> TOPICS = List.of("hall/gate", "hall/door");

  private final List<Node> nodes = new ArrayList<>();
  private final Clients clients = new Clients();

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

  /** One that takes its time, as on a machine that has too much to do. */
  private record SlowCodec(PictureCodec codec) implements PictureCodec {
    private static final long PICTURE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    @Override
    public String name() {
      return "slow";
    }

    @Override
    public DecodedPicture decode(byte[] picture, PictureInfo info, PictureSize largest)
        throws PictureException {
      long end = System.nanoTime() + PICTURE_NANOS;
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
      return codec.decode(picture, info, largest);
    }

    @Override
    public void close() {
      codec.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    String name = "lent-" + UUID.randomUUID();
    int port = 30_500 + 20 * ThreadLocalRandom.current().nextInt(20);
    List<Supplier<PictureCodec>> codecs =
        List.of(() -> new SlowCodec(new DctCodec()), DctCodec::new);
    for (Supplier<PictureCodec> codec : codecs) {
      Map<String, String> options = new HashMap<>();
      options.put("cluster.enabled", "true");
      options.put("cluster.name", name);
      options.put("cluster.port", Integer.toString(port));
      options.put("http.port", "0");
      options.put("compression.threads", "1");
      nodes.add(
          Node.start(new SettingsLoader(Map.of()).load(options), Optional.of(codec))
              .await(60, TimeUnit.SECONDS));
    }
    soon().until(() -> get(0, "/api/v1/cluster").getJsonArray("nodes").size() == 2);
  }

  @AfterEach
  void stop() throws Exception {
    clients.close();
    for (Node node : nodes) {
      node.stop().await(60, TimeUnit.SECONDS);
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }

  private JsonObject get(int node, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(nodes.get(node).url() + path)).build();
    return new JsonObject(HTTP.send(request, BodyHandlers.ofString()).body());
  }

  private void post(String topic, byte[] picture) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(nodes.get(0).url() + "/api/v1/topics/" + topic + "/frames"))
            .header("Content-Type", "image/jpeg")
            .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
            .build();
    assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
  }

  private Screen screen(int node, String topic) {
    Screen screen = new Screen();
    BusClient client = clients.connect(List.of(ServerUrl.parse(nodes.get(node).url())), screen);
    VariantWish wish = new VariantWish(160, 0, 0, 0, Optional.empty());
    screen.subscription =
        clients.call(() -> client.subscribe(new TopicFilter(topic), wish, false, screen));
    return screen;
  }

  /** How many variants a node encodes just now; it says so once a second. */
  private double encodes(int node) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(nodes.get(node).url() + "/metrics")).build();
    return HTTP.send(request, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith("imagebus_compression_encodes_total{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void saturatedNode_lendsItsWork_andTheDisplaysGoOn_withAClosedAccount() throws Exception {
    byte[] picture = Pictures.baselineJpeg(320, 240);
    List<Screen> screens = new ArrayList<>();
    for (String topic : TOPICS) {
      screens.add(screen(0, topic));
      screens.add(screen(1, topic));
    }
    long published = 0;
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (encodes(1) == 0 && System.nanoTime() < endNanos) {
      published = publish(picture, published, 10);
    }
    assertThat(encodes(1)).as("the other node makes variants").isPositive();
    published = publish(picture, published, 20);
    long last = published - 1;
    soon().until(() -> screens.stream().allMatch(screen -> screen.frames().contains(last)));
    for (Screen screen : screens) {
      assertThat(screen.frames()).isSorted().doesNotHaveDuplicates();
    }
    soon().untilAsserted(this::assertAccountsAreClosed);
  }

  /** Ten a second for each topic: more than the first node can do. */
  private long publish(byte[] picture, long published, int frames) throws Exception {
    long next = published;
    for (int i = 0; i < frames; i++) {
      long dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
      for (String topic : TOPICS) {
        post(topic, picture);
      }
      next++;
      LockSupport.parkNanos(dueNanos - System.nanoTime());
    }
    return next;
  }

  private void assertAccountsAreClosed() throws Exception {
    for (int node = 0; node < 2; node++) {
      List<JsonObject> hops =
          get(node, "/api/v1/reliability").getJsonArray("topics").stream()
              .map(JsonObject.class::cast)
              .flatMap(each -> each.getJsonArray("hops").stream())
              .map(JsonObject.class::cast)
              .toList();
      assertThat(hops).isNotEmpty();
      assertThat(hops)
          .allSatisfy(
              hop -> {
                assertThat(hop.getBoolean("identityHolds")).as("%s", hop).isTrue();
                assertThat(hop.getLong("lost")).as("%s", hop).isZero();
              });
    }
  }
}
