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
import io.imagebus.image.PictureInfo;
import io.imagebus.image.Pictures;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureSize;
import io.imagebus.image.dct.DctCodec;
import io.imagebus.testbed.Clients;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes, of which the one with the publishers has a pool that is too slow for them. */
class LentWorkIT {

  private static final List<String> TOPICS = List.of("hall/gate", "hall/door");

  private final Clients clients = new Clients();
  private LocalNodes nodes;

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
    nodes =
        LocalNodes.start(
            Map.of("compression.threads", "1"),
            List.of(() -> new SlowCodec(new DctCodec()), DctCodec::new));
  }

  @AfterEach
  void stop() throws Exception {
    clients.close();
    nodes.close();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }

  private void post(String topic, byte[] picture) throws Exception {
    assertThat(nodes.post(0, topic, picture)).isEqualTo(202);
  }

  private Screen screen(int node, String topic) {
    Screen screen = new Screen();
    BusClient client = clients.connect(List.of(nodes.server(node)), screen);
    VariantWish wish = new VariantWish(160, 0, 0, 0, Optional.empty());
    screen.subscription =
        clients.call(() -> client.subscribe(new TopicFilter(topic), wish, false, screen));
    return screen;
  }

  /** How many variants a node encodes just now; it says so once a second. */
  private double encodes(int node) throws Exception {
    return nodes
        .text(node, "/metrics")
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
          nodes.json(node, "/api/v1/reliability").getJsonArray("topics").stream()
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
