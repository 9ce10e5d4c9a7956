package io.imagebus.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a tile says of its picture against the picture, as both are on the screen: in the
 * screenshot, not in the canvas. Each frame is of one colour; the tile's upper edge is given the
 * colour of the frame that the tile names. A tile that spoke before its picture could be seen would
 * have two.
 */
class ShownPictureIT {

  private static final String TOPIC = "demo/colours";
  private static final int SHOTS = 40;
  private static final long EVERY_MILLIS = 40;
  private static final int EDGE_PIXELS = 40;
  private static final int NEAR = 24;

  /** More than are sent while so many pictures of the screen are taken. */
  private static final int FRAMES = 2_000;

  /** Colours that survive JPEG. */
  private enum Shade {
    RED(220, 40, 40),
    GREEN(40, 200, 40),
    BLUE(40, 60, 230),
    YELLOW(230, 220, 50);

    private final Color colour;

    Shade(int red, int green, int blue) {
      colour = new Color(red, green, blue);
    }

    static Shade of(long frame) {
      return values()[(int) (frame % values().length)];
    }

    String css() {
      return "rgb(%d, %d, %d)".formatted(colour.getRed(), colour.getGreen(), colour.getBlue());
    }

    boolean is(Color other) {
      return Math.abs(colour.getRed() - other.getRed()) < NEAR
          && Math.abs(colour.getGreen() - other.getGreen()) < NEAR
          && Math.abs(colour.getBlue() - other.getBlue()) < NEAR;
    }

    byte[] picture(int width, int height) throws IOException {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(colour);
      graphics.fillRect(0, 0, width, height);
      graphics.dispose();
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(image, "jpeg", jpeg);
      return jpeg.toByteArray();
    }
  }

  private static Browsers browsers;

  @BeforeAll
  static void open() {
    browsers = Browsers.open();
  }

  @AfterAll
  static void close() {
    browsers.close();
  }

  @ParameterizedTest
  @EnumSource(Browsers.Kind.class)
  void frameThatTheTileNames_isTheOneOnTheScreen(Browsers.Kind kind) throws Exception {
    ScheduledExecutorService camera = Executors.newSingleThreadScheduledExecutor();
    try (ScriptedNode node = new ScriptedNode();
        WallPage wall = WallPage.open(browsers.launch(kind), node.url())) {
      Page page = wall.page();
      page.addStyleTag(new Page.AddStyleTagOptions().setContent(edges()));
      node.hear("subscribe");
      node.announce(TOPIC);
      List<byte[]> pictures = pictures();
      long[] sent = {0};
      var unused =
          camera.scheduleAtFixedRate(
              () -> node.picture(pictures.get((int) (sent[0]++ % pictures.size())), 0),
              0,
              EVERY_MILLIS,
              TimeUnit.MILLISECONDS);
      wall.awaitState(TOPIC, "LIVE");
      Set<Shade> seen = EnumSet.noneOf(Shade.class);
      for (int i = 0; i < SHOTS; i++) {
        seen.add(assertNamedIsShown(page));
      }
      assertThat(seen).hasSizeGreaterThan(2);
      assertThat(sent[0]).isLessThan(FRAMES);
      assertThat(wall.errors()).isEmpty();
    } finally {
      camera.shutdownNow();
    }
  }

  /** Each colour in each of several sizes: the canvas changes its size, too. */
  private static List<byte[]> pictures() throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    for (int size = 1; size <= 3; size++) {
      for (Shade shade : Shade.values()) {
        pictures.add(shade.picture(size * 160, size * 90));
      }
    }
    return pictures;
  }

  /** An edge in the colour of the frame, and a picture that is never dimmed, however old it is. */
  private static String edges() {
    StringBuilder css = new StringBuilder();
    css.append(".picture { filter: none !important; } .banner { display: none !important; }\n");
    for (int frame = 0; frame < FRAMES; frame++) {
      css.append(
          ".tile[data-frame='%d'] { border-top: %dpx solid %s !important; }%n"
              .formatted(frame, EDGE_PIXELS, Shade.of(frame).css()));
    }
    return css.toString();
  }

  private static Shade assertNamedIsShown(Page page) throws IOException {
    BoundingBox tile = page.locator(".tile").boundingBox();
    BoundingBox picture = page.locator(".picture").boundingBox();
    BufferedImage screen = ImageIO.read(new ByteArrayInputStream(page.screenshot()));
    Color named = at(screen, tile.x + tile.width / 2, tile.y + EDGE_PIXELS / 2.0);
    Color shown = at(screen, picture.x + picture.width / 2, picture.y + picture.height / 2);
    Shade shade =
        Set.of(Shade.values()).stream()
            .filter(each -> each.is(named))
            .findFirst()
            .orElseThrow(() -> new AssertionError("the tile names no frame: " + named));
    assertThat(shade.is(shown)).as("the tile names %s, the screen has %s", shade, shown).isTrue();
    return shade;
  }

  private static Color at(BufferedImage screen, double x, double y) {
    return new Color(screen.getRGB((int) x, (int) y));
  }
}
