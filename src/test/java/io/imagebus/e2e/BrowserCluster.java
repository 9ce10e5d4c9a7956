package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import io.imagebus.browser.Browsers;
import io.imagebus.browser.SharedBrowsers;
import io.imagebus.browser.WallPage;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import io.imagebus.testbed.OutputLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What all tests of a class share that look at real nodes through a browser. The cameras are at the
 * first node and the walls at the last one. Cameras and windows end with the test that began them.
 */
final class BrowserCluster implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  /** Between the pictures of a camera. */
  static final int EVERY_MILLIS = 100;

  private final SharedBrowsers browsers = new SharedBrowsers();
  private final Browsers.Kind kind;
  private final int size;
  private final String[] arguments;
  private final List<String> allowed = new ArrayList<>();
  private final List<Camera> filming = new ArrayList<>();
  private final List<NodeProcess> victims = new ArrayList<>();
  private TestCluster cluster;
  private List<NodeProcess> nodes;
  private Clients clients;
  private Footage footage;

  /**
   * To be registered as an extension of the class.
   *
   * @param size number of nodes
   * @param settings {@code key=value}, the same for all nodes
   */
  BrowserCluster(Browsers.Kind kind, int size, String... settings) {
    this.kind = kind;
    this.size = size;
    this.arguments =
        Arrays.stream(settings).flatMap(each -> Stream.of("--set", each)).toArray(String[]::new);
  }

  /** Expects log lines of WARN or worse that match. */
  BrowserCluster allowing(String... regularExpressions) {
    allowed.addAll(List.of(regularExpressions));
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    cluster = new TestCluster();
    cluster.allow(allowed.toArray(String[]::new));
    clients = new Clients();
    footage = new Footage(0);
    browsers.beforeAll(context);
    nodes = cluster.start(size, arguments);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    browsers.afterEach(context);
    filming.forEach(Camera::close);
    filming.clear();
    if (!victims.isEmpty()) {
      bury();
    }
  }

  /** The next test's pages shall hear of none that is gone. */
  private void bury() throws Exception {
    for (NodeProcess victim : victims) {
      victim.program().kill();
    }
    victims.clear();
    for (NodeProcess node : nodes) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> node.json("/api/v1/cluster").getJsonArray("nodes").size() == size);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    clients.close();
    cluster.close();
  }

  Browser browser() {
    return browsers.get(kind);
  }

  List<NodeProcess> nodes() {
    return nodes;
  }

  NodeProcess first() {
    return nodes.get(0);
  }

  NodeProcess last() {
    return nodes.get(size - 1);
  }

  Clients clients() {
    return clients;
  }

  Footage footage() {
    return footage;
  }

  /** A camera that films until the test ends. */
  Camera camera(String topic) {
    return camera(first(), topic, EVERY_MILLIS);
  }

  /** The same at any node, one picture every so many milliseconds. */
  Camera camera(NodeProcess node, String topic, long everyMillis) {
    Camera camera = new Camera(clients, footage, topic, List.of(node.server()));
    camera.film(Long.MAX_VALUE, everyMillis);
    filming.add(camera);
    return camera;
  }

  /** Gives one picture to the first node. */
  void post(String topic, byte[] picture) {
    try {
      assertThat(first().post(topic, picture).statusCode()).isEqualTo(202);
    } catch (Exception e) {
      throw new IllegalStateException("the picture cannot be posted", e);
    }
  }

  /** The wall of the last node. */
  WallPage wall(String query) {
    return wall(last(), query);
  }

  WallPage wall(NodeProcess node, String query) {
    return WallPage.open(browser(), node.url() + "/wall?" + query);
  }

  /** One more node, until the test ends or kills it; the others may complain of that. */
  NodeProcess startVictim() throws Exception {
    cluster.allow(
        OutputLines.HAZELCAST,
        "IllegalStateException: Promise already completed[^#]*OutboundConnection.writeMessage",
        "MessageConsumerImpl - Discarding message since the consumer is not registered");
    NodeProcess victim = cluster.launch(0, arguments);
    victims.add(victim);
    victim.awaitReady();
    List<NodeProcess> all = new ArrayList<>(nodes);
    all.add(victim);
    TestCluster.awaitLinked(all);
    return victim;
  }
}
