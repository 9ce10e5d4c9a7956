package io.imagebus.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** The wall page in a browser, read as a test reads it: by the facts that each tile exposes. */
public final class WallPage implements AutoCloseable {

  /**
   * What a tile says.
   *
   * @param state CONNECTING, LIVE, STALE or OFFLINE
   * @param frame number of the frame on the screen, −1 before the first
   * @param ageMillis how long ago that was new, −1 before the first
   * @param lost chunks that were sent and did not come
   */
  public record Tile(String topic, String state, long frame, long ageMillis, long lost) {}

  private final BrowserContext context;
  private final Page page;
  private final List<String> errors = new ArrayList<>();

  private WallPage(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            errors.add(message.type() + ": " + message.text());
          }
        });
    page.onPageError(errors::add);
  }

  /** Opens the wall in a window of its own. */
  public static WallPage open(Browser browser, String url) {
    WallPage wall = new WallPage(browser.newContext());
    wall.page.navigate(url);
    return wall;
  }

  /** The page itself. */
  public Page page() {
    return page;
  }

  /** What the page and its scripts complained about so far. */
  public List<String> errors() {
    return List.copyOf(errors);
  }

  /** The tiles in the order of the screen. */
  public List<Tile> tiles() {
    return page.locator(".tile").all().stream().map(WallPage::read).toList();
  }

  /** The tile of one topic, which must be on the wall. */
  public Tile tile(String topic) {
    return tiles().stream().filter(tile -> tile.topic().equals(topic)).findFirst().orElseThrow();
  }

  /** What the tile of one topic shows. */
  public CanvasPixels picture(String topic) {
    return CanvasPixels.of(page.locator(".tile[data-topic='" + topic + "'] .picture"));
  }

  /** Waits until the tile of a topic is in a state. */
  public void awaitState(String topic, String state) {
    page.locator(".tile[data-topic='" + topic + "'][data-state='" + state + "']").waitFor();
  }

  /** Waits until the connection is in a state: CONNECTING, CONNECTED or RECONNECTING. */
  public void awaitConnection(String state) {
    page.locator("#connection[data-connection='" + state + "']").waitFor();
  }

  private static Tile read(Locator tile) {
    return new Tile(
        tile.getAttribute("data-topic"),
        tile.getAttribute("data-state"),
        number(tile.getAttribute("data-frame")),
        number(tile.getAttribute("data-age-ms")),
        number(tile.getAttribute("data-lost")));
  }

  private static long number(String attribute) {
    return attribute == null || attribute.isEmpty() ? -1 : Long.parseLong(attribute);
  }

  @Override
  public void close() {
    context.close();
  }
}
