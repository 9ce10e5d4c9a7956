package io.imagebus.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import io.imagebus.testbed.Programs;
import java.util.List;
import java.util.Map;

/**
 * The browsers of this machine, driven by Playwright. Playwright's own Node and browsers are not
 * downloaded. To be used by one thread, and closed.
 */
public final class Browsers implements AutoCloseable {

  /** A browser that the tests run in. */
  public enum Kind {
    CHROMIUM,
    FIREFOX
  }

  /**
   * Software rendering, a camera that films a test card, nothing from the machine's user, no word
   * to the vendor's hosts.
   */
  public static final List<String> CHROMIUM_FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--use-fake-device-for-media-stream",
          "--use-fake-ui-for-media-stream",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost");

  private final Playwright playwright;

  private Browsers(Playwright playwright) {
    this.playwright = playwright;
  }

  /** Starts the driver. */
  public static Browsers open() {
    Map<String, String> environment =
        Map.of(
            "PLAYWRIGHT_NODEJS_PATH",
            Programs.NODE.require().toString(),
            "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
            "1");
    return new Browsers(Playwright.create(new Playwright.CreateOptions().setEnv(environment)));
  }

  /** Starts a browser without a window. */
  public Browser launch(Kind kind) {
    return switch (kind) {
      case CHROMIUM -> playwright.chromium().launch(chromium());
      case FIREFOX -> playwright.firefox().launch(firefox());
    };
  }

  private static LaunchOptions chromium() {
    return new LaunchOptions()
        .setExecutablePath(Programs.CHROMIUM.require())
        .setArgs(CHROMIUM_FLAGS);
  }

  /** The channel drives a Firefox as it is, without Playwright's patches. */
  private static LaunchOptions firefox() {
    return new LaunchOptions()
        .setChannel("moz-firefox")
        .setExecutablePath(Programs.FIREFOX.require())
        .setFirefoxUserPrefs(Map.of("network.dns.disabled", true));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
