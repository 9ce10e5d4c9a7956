package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import io.imagebus.browser.Browsers;
import io.imagebus.browser.CanvasPixels;
import io.imagebus.browser.DoorProxy;
import io.imagebus.browser.Site;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embeddable client in pages that do not come from a node. */
class ClientIT {

  private static final String TILE = "imagebus-tile";
  private static final String LIVE = TILE + "[state='LIVE']";
  private static final long EVERY_MILLIS = 50;
  private static final String DOCUMENTED_TOPIC = "site/gate";
  private static final String DOCUMENTED_NODE = "http://127.0.0.1:8080";

  /** Alone: a page that knows other nodes would use their doors. */
  @RegisterExtension
  static final BrowserCluster CLUSTER = new BrowserCluster(Browsers.Kind.CHROMIUM, 1);

  private static final AtomicInteger TESTS = new AtomicInteger();

  private final NodeProcess node = CLUSTER.first();
  private final Footage footage = CLUSTER.footage();

  /** Of this test alone. */
  private final String topic = "client/" + TESTS.incrementAndGet();

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final AtomicLong chunks = new AtomicLong();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private static ConditionFactory within(int seconds) {
    return await()
        .atMost(Duration.ofSeconds(seconds))
        .pollInterval(Duration.ofMillis(100))
        .pollInSameThread();
  }

  private static String page(String script, String body) {
    return """
        <!doctype html>
        <link rel="icon" href="data:,">
        <script type="module" src="%s/client/imagebus.js"></script>
        %s
        """
        .formatted(script, body);
  }

  private String tile(String server) {
    return "<imagebus-tile topic='%s' server='%s' style='width: 640px'></imagebus-tile>"
        .formatted(topic, server);
  }

  /** Opens a page of another origin. */
  private Page visit(String html, String... scripts) throws Exception {
    Site site = new Site(html);
    open.add(site);
    BrowserContext context =
        CLUSTER.browser().newContext(new NewContextOptions().setViewportSize(1280, 720));
    open.add(0, context::close);
    Page page = context.newPage();
    page.onPageError(errors::add);
    page.onWebSocket(socket -> socket.onFrameReceived(this::countChunk));
    List.of(scripts).forEach(page::addInitScript);
    page.navigate(site.url());
    return page;
  }

  private void countChunk(WebSocketFrame frame) {
    if (frame.binary() != null) {
      chunks.incrementAndGet();
    }
  }

  private void film(NodeProcess at) {
    CLUSTER.camera(at, topic, EVERY_MILLIS);
  }

  /** A node with a setting of its own, that knows no other. */
  private NodeProcess start(String setting) throws Exception {
    TestCluster cluster = new TestCluster();
    open.add(cluster);
    return cluster.launch(0, "--set", setting).awaitReady();
  }

  private static Object status(Page page, String name) {
    return page.evaluate(
        "name => document.querySelector('imagebus-tile').status?.[name] ?? null", name);
  }

  private static long count(Page page, String name) {
    return ((Number) status(page, name)).longValue();
  }

  private static String via(Page page) {
    return (String) page.evaluate("() => document.querySelector('imagebus-tile').bus?.via");
  }

  private static CanvasPixels picture(Page page) {
    return CanvasPixels.of(page.locator(TILE + " canvas"));
  }

  /** The page of the manual, word for word but for the address of the node. */
  private static String documentedPage() throws IOException {
    String manual = Files.readString(Path.of("docs/client.md"));
    int begin = manual.indexOf("```html\n") + "```html\n".length();
    return manual.substring(begin, manual.indexOf("```", begin));
  }

  @Test
  void pageOfTheManual_fromAnotherOrigin_showsThePicturesThatWereSent() throws Exception {
    String html = documentedPage();
    assertThat(html).contains(DOCUMENTED_NODE, DOCUMENTED_TOPIC);
    assertThat(html.lines()).hasSizeLessThanOrEqualTo(10);
    Page page = visit(html.replace(DOCUMENTED_NODE, node.url()));
    within(20).until(() -> "websocket".equals(via(page)));
    CLUSTER.post(DOCUMENTED_TOPIC, footage.picture(0));
    page.locator(LIVE).waitFor();
    picture(page).awaitPicture(footage.picture(0), 0);
    CLUSTER.post(DOCUMENTED_TOPIC, footage.picture(20));
    picture(page).awaitPicture(footage.picture(20), 0);
    assertThat(picture(page).size()).isEqualTo("640×360");
    assertThat(status(page, "decodedIn")).isEqualTo("worker");
    assertThat(via(page)).isEqualTo("websocket");
    page.locator(TILE + "[state='STALE']").waitFor();
    assertThat(errors).isEmpty();
  }

  @Test
  void client_withTheBetterDoorsShut_takesTheNextAndComesBack() throws Exception {
    film(node);
    DoorProxy proxy = new DoorProxy(node.url());
    open.add(proxy);
    Page page = visit(page(node.url(), tile(proxy.url())));
    assertPicturesComeBy(page, "websocket");
    long lost = count(page, "lost");
    proxy.refuse("upgrade: websocket");
    assertPicturesComeBy(page, "mjpeg");
    proxy.refuse("upgrade: websocket", "stream.mjpeg");
    assertPicturesComeBy(page, "snapshot");
    proxy.refuse();
    assertPicturesComeBy(page, "websocket");
    assertThat(count(page, "lost")).isEqualTo(lost);
    assertThat(errors).isEmpty();
  }

  private static void assertPicturesComeBy(Page page, String via) {
    within(20).until(() -> via.equals(via(page)) && via.equals(status(page, "via")));
    long shown = count(page, "shown");
    within(10).until(() -> count(page, "shown") >= shown + 3);
    within(5).until(() -> page.locator(LIVE).count() == 1);
    assertThat(via(page)).isEqualTo(via);
  }

  @Test
  void tile_thatNobodySees_getsNothing() throws Exception {
    film(node);
    String spacer = "<div style='height: 5000px'></div>";
    Page page = visit(page(node.url(), tile(node.url()) + spacer));
    page.locator(LIVE).waitFor();

    page.evaluate("() => window.scrollTo(0, 4000)");
    assertTrafficStops(page, node);
    assertThat(page.locator(TILE).getAttribute("state")).isEqualTo("HIDDEN");
    page.evaluate("() => window.scrollTo(0, 0)");
    page.locator(LIVE).waitFor();

    hide(page, true);
    assertTrafficStops(page, node);
    hide(page, false);
    page.locator(LIVE).waitFor();

    assertThat(count(page, "missed")).isZero();
    assertThat(count(page, "lost")).isZero();

    page.evaluate("() => document.querySelector('imagebus-tile').remove()");
    assertTrafficStops(page, node);
    assertThat(errors).isEmpty();
  }

  @Test
  void subscriptionThatTheNodeRefuses_isDenied_withTheReason() throws Exception {
    NodeProcess small = start("delivery.max-subscriptions=1");
    film(small);
    Page page = visit(page(small.url(), tile(small.url())));
    page.locator(LIVE).waitFor();
    page.evaluate(
        "html => document.body.insertAdjacentHTML('beforeend', html)",
        tile(small.url()).replace(topic, "site/other"));
    page.locator(TILE + "[topic='site/other'][state='DENIED']").waitFor();
    assertThat(page.locator(TILE + "[topic='site/other'] .reason").textContent())
        .contains("at most 1");
    assertThat(page.locator(LIVE).count()).isEqualTo(1);
    page.evaluate("() => document.querySelector('imagebus-tile').remove()");
    page.locator(TILE + "[topic='site/other'][state='OFFLINE']").waitFor();
    assertThat(errors).isEmpty();
  }

  private static void hide(Page page, boolean hidden) {
    page.evaluate(
        """
        hidden => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event('visibilitychange'));
        }""",
        hidden);
  }

  /** Within two seconds nothing more comes to the page, and the node's account comes to rest. */
  private void assertTrafficStops(Page page, NodeProcess node) {
    assertRests(
        () -> {
          page.evaluate("() => 0"); // lets Playwright tell what came
          return chunks.get();
        });
    assertRests(() -> sentToDisplays(node));
  }

  /** Within two seconds a positive figure begins to stay as it is, for two seconds. */
  private static void assertRests(Callable<? extends Number> figure) {
    AtomicReference<Object> before = new AtomicReference<>();
    await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(100))
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(4))
        .until(
            () -> {
              Number now = figure.call();
              return now.equals(before.getAndSet(now)) && now.doubleValue() > 0;
            });
  }

  private static double sentToDisplays(NodeProcess node) throws Exception {
    return new String(node.get("/metrics").body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("imagebus_chunks_sent_total{"))
        .filter(line -> line.contains("delivery-display"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void client_whoseNodeDies_goesOnAtAnotherWithItsCounters() throws Exception {
    film(node);
    NodeProcess victim = CLUSTER.startVictim();
    Page page = visit(page(victim.url(), tile(victim.url())));
    page.locator(LIVE).waitFor();
    within(10).until(() -> count(page, "shown") >= 40);
    long shown = count(page, "shown");
    page.evaluate(
        """
        () => {
          window.states = [];
          document.querySelector('imagebus-tile').addEventListener(
              'statechange', ({ detail }) => states.push(detail.state));
        }""");
    victim.program().kill();
    within(10).until(() -> page.evaluate("() => states.join(' ')").equals("STALE LIVE"));
    within(10).until(() -> count(page, "shown") >= shown + 20);
    assertThat(via(page)).isEqualTo("websocket");
    assertThat(count(page, "lost")).isZero();
    assertThat(errors).isEmpty();
  }

  @Test
  void pictures_decodedInThePage_areClosedEachBeforeTheNext() throws Exception {
    film(node);
    String counting =
        """
        delete window.Worker;
        window.bitmaps = { made: 0, closed: 0, most: 0 };
        const make = window.createImageBitmap.bind(window);
        window.createImageBitmap = async (...all) => {
          const bitmap = await make(...all);
          bitmaps.made++;
          bitmaps.most = Math.max(bitmaps.most, bitmaps.made - bitmaps.closed);
          const close = bitmap.close.bind(bitmap);
          bitmap.close = () => { bitmaps.closed++; close(); };
          return bitmap;
        };""";
    Page page = visit(page(node.url(), tile(node.url())), counting);
    page.locator(LIVE).waitFor();
    within(20).until(() -> count(page, "decoded") >= 100);
    assertThat(status(page, "decodedIn")).isEqualTo("page");
    @SuppressWarnings("unchecked")
    Map<String, Integer> bitmaps = (Map<String, Integer>) page.evaluate("() => window.bitmaps");
    assertThat(bitmaps.get("made")).isGreaterThanOrEqualTo(100);
    assertThat(bitmaps.get("closed")).isGreaterThanOrEqualTo(bitmaps.get("made") - 1);
    assertThat(bitmaps.get("most")).isEqualTo(1);
  }

  @Test
  void manyTilesAndSubscriptions_shareOneSocket() throws Exception {
    film(node);
    List<String> sockets = new ArrayList<>();
    Page page = visit(page(node.url(), ""));
    page.onWebSocket(socket -> sockets.add(socket.url()));
    String small = tile(node.url()).replace("640px", "160px");
    page.evaluate("html => { document.body.innerHTML = html; }", small.repeat(6));
    within(10).until(() -> page.locator(LIVE).count() == 6);
    assertThat(sockets).hasSize(1);
  }

  @Test
  void page_thatPublishes_isSeenByteForByte() throws Exception {
    Page page = visit(page(node.url(), ""));
    byte[] picture = footage.picture(3);
    page.evaluate(
        """
        async ([url, topic, picture]) => {
          const { connect } = await import(`${url}/client/imagebus.js`);
          window.publication = connect(url).publish(topic);
          window.picture = Uint8Array.from(atob(picture), (c) => c.charCodeAt(0));
        }""",
        List.of(node.url(), topic, Base64.getEncoder().encodeToString(picture)));
    within(10).until(() -> page.evaluate("() => publication.state").equals("OPEN"));
    for (int i = 0; i < 3; i++) {
      assertThat(page.evaluate("() => publication.send(picture)")).isEqualTo(true);
    }
    String snapshot = "/api/v1/topics/" + topic + "/snapshot.jpg";
    within(5).untilAsserted(() -> assertThat(node.get(snapshot).body()).isEqualTo(picture));
    page.evaluate("() => publication.close()");
    within(5).until(() -> isOver(node.get(snapshot)));
    assertThat(errors).isEmpty();
  }

  /** Whether a snapshot says that nobody publishes the topic any more. */
  private static boolean isOver(HttpResponse<byte[]> snapshot) {
    String state = snapshot.headers().firstValue("X-Imagebus-State").orElse("");
    return snapshot.statusCode() == 404 || state.equals("offline");
  }

  @Test
  void node_thatAllowsCertainOrigins_refusesThePagesOfOthers() throws Exception {
    String friend = "https://friend.example";
    NodeProcess choosy = start("http.allowed-origins=" + friend);
    shake(choosy, friend).sendClose(WebSocket.NORMAL_CLOSURE, "");
    shake(choosy, choosy.url()).sendClose(WebSocket.NORMAL_CLOSURE, "");
    assertThatThrownBy(() -> shake(choosy, "https://stranger.example"))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  private static WebSocket shake(NodeProcess node, String origin) {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("Origin", origin)
        .subprotocols("imagebus.v1")
        .buildAsync(
            URI.create(node.url().replaceFirst("http", "ws") + "/ws"), new WebSocket.Listener() {})
        .join();
  }
}
