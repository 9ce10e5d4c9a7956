package io.imagebus.e2e;

import static io.imagebus.e2e.BrowserCluster.EVERY_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.imagebus.browser.Browsers;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.LargeFootage;
import io.imagebus.testbed.NodeProcess;
import io.imagebus.testbed.OutputLines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What nobody sees is neither sent nor encoded two seconds later: by the metrics of two nodes, one
 * with the camera, one with the page.
 *
 * <p>A node tells its figures once a second. They are read while the camera rests and has rested
 * for longer than that, so they are exact: each frame that was made a picture of, sent to the other
 * node or sent to the display is one of those published until two seconds after the page was
 * hidden.
 */
class UnseenPicturesIT {

  private static final long TWO_SECONDS_NANOS = 2_000_000_000L;

  /** A tile of a phone: smaller than the footage, so that each picture is encoded for it. */
  private static final int WIDTH = 300;

  private static final int HEIGHT = 500;

  @RegisterExtension
  static final BrowserCluster CLUSTER =
      new BrowserCluster(Browsers.Kind.CHROMIUM, 2).allowing(OutputLines.HAZELCAST);

  private final Footage footage = CLUSTER.footage();

  /** Posts a picture each tenth of a second while it is asked to. To be closed. */
  private static final class Poster implements AutoCloseable {
    private final String topic;
    private final LongFunction<byte[]> pictures;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private volatile long posted;
    private volatile boolean resting;

    Poster(String topic, LongFunction<byte[]> pictures) {
      this.topic = topic;
      this.pictures = pictures;
      var unused =
          thread.scheduleWithFixedDelay(this::tick, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** One thread alone counts. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void tick() {
      if (!resting) {
        try {
          posted++;
          CLUSTER.first().post(topic, pictures.apply(posted));
        } catch (Exception e) {
          throw new IllegalStateException("the picture cannot be posted", e);
        }
      }
    }

    long posted() {
      return posted;
    }

    void awaitPosted(long pictures) {
      await().pollInterval(Duration.ofMillis(10)).until(() -> posted >= pictures);
    }

    @Override
    public void close() {
      thread.shutdownNow();
    }
  }

  /**
   * Pictures of a topic, as the nodes count them.
   *
   * @param made by the compression: encoded, or left out for want of time
   * @param betweenNodes numbers that came from the other node; a picture has one
   * @param toDisplays numbers that went to displays
   */
  private record Counts(long made, long betweenNodes, long toDisplays) {

    static Counts of(String topic) throws Exception {
      return new Counts(
          sum(topic, "imagebus_compression_encodes_total", "")
              + sum(topic, "imagebus_compression_passed_over_total", ""),
          sum(topic, "imagebus_chunks_total", "hop=\"node-node\",outcome=\"received\""),
          sum(topic, "imagebus_chunks_sent_total", "hop=\"delivery-display\""));
    }

    private static long sum(String topic, String name, String labels) throws Exception {
      double sum = 0;
      for (NodeProcess node : CLUSTER.nodes()) {
        sum +=
            new String(node.get("/metrics").body(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> line.contains("topic=\"" + topic + "\""))
                .filter(line -> line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
      }
      return Math.round(sum);
    }

    Counts minus(Counts before) {
      return new Counts(
          made - before.made, betweenNodes - before.betweenNodes, toDisplays - before.toDisplays);
    }
  }

  /** Counts at rest: the camera pauses until each node has told its figures of it. */
  private static Counts atRest(Poster poster) throws Exception {
    poster.resting = true;
    passUntil(System.nanoTime() + TWO_SECONDS_NANOS);
    Counts counts = Counts.of(poster.topic);
    poster.resting = false;
    return counts;
  }

  private static void passUntil(long nanos) {
    await().pollInterval(Duration.ofMillis(5)).until(() -> System.nanoTime() - nanos >= 0);
  }

  /** Something that a user does. */
  private interface Action {
    void run() throws Exception;
  }

  private static BrowserContext phone() {
    return CLUSTER.browser().newContext(new NewContextOptions().setViewportSize(WIDTH, HEIGHT));
  }

  private static Page wall(BrowserContext context, String query) {
    Page page = context.newPage();
    page.navigate(CLUSTER.last().url() + "/wall?" + query);
    return page;
  }

  private static void awaitState(Page page, String topic, String state) {
    page.locator(".tile[data-topic='" + topic + "'][data-state='" + state + "']").waitFor();
  }

  /** Does something that makes the tile unseen, and looks at what the next frames cost. */
  private static void assertCostsNothingAfterTwoSeconds(String what, Poster poster, Action hide)
      throws Exception {
    Counts before = atRest(poster);
    long postedBefore = poster.posted();
    poster.awaitPosted(postedBefore + 10);
    long seen = poster.posted() - postedBefore;
    hide.run();
    long hiddenNanos = System.nanoTime();
    long hidden = poster.posted() - postedBefore;
    passUntil(hiddenNanos + TWO_SECONDS_NANOS);
    long most = poster.posted() - postedBefore;
    poster.awaitPosted(poster.posted() + 30);
    Counts cost = atRest(poster).minus(before);
    System.out.printf(
        Locale.ROOT,
        "%s: %d frames before it, %d until it was done; encoded %d, between nodes %d, to the"
            + " display %d%n",
        what,
        seen,
        hidden,
        cost.made(),
        cost.betweenNodes(),
        cost.toDisplays());
    assertThat(cost.made()).as("made while it was seen").isBetween(seen - 1, most);
    assertThat(cost.toDisplays()).as("sent while it was seen").isBetween(seen / 2, most);
    assertThat(cost.betweenNodes()).isBetween(seen - 1, most);
    Counts after = atRest(poster);
    poster.awaitPosted(poster.posted() + 20);
    assertThat(atRest(poster)).as("none of twenty more frames").isEqualTo(after);
  }

  @Test
  void hiddenTab_isNeitherSentNorEncodedFor_untilItIsSeenAgain(@TempDir Path profile)
      throws Exception {
    String topic = "unseen/hidden";
    // Larger than the window, so that each picture is encoded for the tile.
    List<byte[]> large = LargeFootage.pictures(4, 0.6f);
    try (Poster poster = new Poster(topic, number -> large.get((int) (number % large.size())));
        Tabs tabs = new Tabs(profile, "800,600")) {
      String wall = tabs.open(CLUSTER.last().url() + "/wall?topics=" + topic);
      awaitMore(topic, 0);
      assertCostsNothingAfterTwoSeconds("hidden tab", poster, () -> tabs.open("about:blank"));
      Counts hidden = Counts.of(topic);
      tabs.show(wall);
      awaitMore(topic, hidden.toDisplays());
    }
  }

  private static void awaitMore(String topic, long toDisplays) {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> Counts.of(topic).toDisplays() > toDisplays && Counts.of(topic).made() > 0);
  }

  @Test
  void tileScrolledAway_isNeitherSentNorEncodedFor_untilItIsSeenAgain() throws Exception {
    String topic = "rows/9";
    for (int i = 0; i < 9; i++) {
      CLUSTER.post("rows/" + i, footage.picture(i));
    }
    try (Poster poster = new Poster(topic, footage::picture);
        BrowserContext context = phone()) {
      Page page = wall(context, "topics=rows/%2B");
      page.locator(".tile[data-topic='rows/9']").scrollIntoViewIfNeeded();
      awaitState(page, topic, "LIVE");
      assertCostsNothingAfterTwoSeconds(
          "tile scrolled away",
          poster,
          () -> page.locator(".tile").first().scrollIntoViewIfNeeded());
      awaitState(page, topic, "HIDDEN");
      page.locator(".tile[data-topic='rows/9']").scrollIntoViewIfNeeded();
      awaitState(page, topic, "LIVE");
    }
  }

  @Test
  void closedPage_isNeitherSentNorEncodedFor() throws Exception {
    String topic = "unseen/closed";
    try (Poster poster = new Poster(topic, footage::picture);
        BrowserContext context = phone()) {
      Page page = wall(context, "topics=" + topic);
      awaitState(page, topic, "LIVE");
      assertCostsNothingAfterTwoSeconds("closed page", poster, page::close);
    }
  }
}
