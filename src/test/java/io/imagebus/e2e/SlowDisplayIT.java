package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.wire.ChunkReader;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A display that reads nothing for a while, beside displays that keep up. */
class SlowDisplayIT {

  private static final String TOPIC = "site/gate";
  private static final int PICTURE_BYTES = 480 * 1024;
  private static final long EVERY_MILLIS = 50;
  private static final long MEBIBYTE = 1 << 20;

  private TestCluster cluster;
  private NodeProcess node;

  /** Held: Vert.x closes the sockets of a client that nobody refers to. */
  private WebSocketClient sockets;

  private Footage footage;
  private Clients clients;

  private final List<JsonObject> skips = new CopyOnWriteArrayList<>();
  private final AtomicLong newestFrame = new AtomicLong(-1);
  private final AtomicLong framesRead = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();

  @BeforeEach
  void start() throws Exception {
    footage = new Footage(PICTURE_BYTES);
    clients = new Clients();
    cluster = new TestCluster();
    node = cluster.start(1).get(0);
  }

  @AfterEach
  void stop() {
    clients.close();
    cluster.close();
  }

  /** A display that does not acknowledge, on a socket with a small buffer of its own. */
  private WebSocket idleDisplay() throws Exception {
    WebSocketClientOptions options =
        new WebSocketClientOptions().setReceiveBufferSize(64 * 1024).setMaxFrameSize(1 << 20);
    sockets = clients.vertx().createWebSocketClient(options);
    WebSocket socket =
        sockets
            .connect(node.server().port(), node.server().host(), "/ws")
            .onSuccess(
                opened ->
                    opened
                        .textMessageHandler(this::onText)
                        .binaryMessageHandler(bytes -> onChunk(bytes.getBytes()))
                        .closeHandler(any -> closed.set(true)))
            .await(10, TimeUnit.SECONDS);
    socket.writeTextMessage(
        new JsonObject().put("type", "subscribe").put("id", 1).put("topic", TOPIC).encode());
    return socket;
  }

  private void onText(String text) {
    JsonObject message = new JsonObject(text);
    if (message.getString("type").equals("skip")) {
      skips.add(message);
    }
  }

  private void onChunk(byte[] message) {
    if (ChunkReader.read(message) instanceof ChunkReader.Good good
        && good.chunk().header().isLast()) {
      newestFrame.set(good.chunk().header().frameNumber());
      framesRead.incrementAndGet();
    }
  }

  @Test
  void displayThatReadsNothing_costsOthersNothing_andIsFreshWhenItReadsAgain() throws Exception {
    List<Screen> screens =
        List.of(
            new Screen(clients, TOPIC, List.of(node.server())),
            new Screen(clients, TOPIC, List.of(node.server())));
    WebSocket slow = idleDisplay();
    Camera camera = new Camera(clients, footage, TOPIC, List.of(node.server()));
    camera.film(Long.MAX_VALUE, EVERY_MILLIS, screens);
    await().atMost(Duration.ofSeconds(60)).until(() -> newestFrame.get() >= 100);

    long warmBytes = node.program().residentBytes();
    clients.run(slow::pause);
    long pausedAt = camera.published();
    long readBefore = framesRead.get();
    await()
        .pollDelay(Duration.ofSeconds(11))
        .atMost(Duration.ofSeconds(25))
        .until(() -> (camera.published() - pausedAt) * PICTURE_BYTES > 30 * MEBIBYTE);
    assertThat(closed).isFalse();
    long grownBytes = node.program().residentBytes() - warmBytes;
    assertThat(framesRead.get() - readBefore).as("read while paused").isLessThan(20);
    long passedFrames = camera.published() - pausedAt;
    assertThat(grownBytes).isLessThan(48 * MEBIBYTE);

    long resumedAt = camera.published();
    clients.run(slow::resume);
    await().atMost(Duration.ofSeconds(5)).until(() -> newestFrame.get() >= resumedAt);
    assertThat(closed).isFalse();
    long skippedFrames = skips.stream().mapToLong(skip -> skip.getLong("frames")).sum();
    assertThat(skippedFrames).isGreaterThan(passedFrames / 2);
    assertThat(skips).allMatch(skip -> skip.getString("reason").equals("slow-display"));
    System.out.printf(
        "slow display: %d frames passed, %d skipped, %d MiB more resident%n",
        passedFrames, skippedFrames, grownBytes / MEBIBYTE);

    clients.run(camera::stop);
    long published = camera.published();
    for (Screen screen : screens) {
      await().until(() -> screen.newest(TOPIC) == published - 1);
      screen.assertShown(
          camera.newestStream(), footage, screen.shown(TOPIC).get(0).number(), published);
      assertThat(screen.skippedFrames(TOPIC)).isZero();
      assertThat(screen.status(TOPIC).orElseThrow().chunks().lost()).isZero();
    }
    await().until(() -> newestFrame.get() == published - 1);
    assertThat(framesRead.get() + skips.stream().mapToLong(s -> s.getLong("frames")).sum())
        .as("read and skipped by the slow display")
        .isEqualTo(published);
  }
}
