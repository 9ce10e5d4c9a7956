package io.imagebus.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One browser of each kind for all tests of this JVM: started when a test first asks for it, ended
 * after the last test. Tests have nothing in common but the process, if each opens windows in a
 * context of its own; what is still open after a test is closed.
 */
public final class SharedBrowsers implements BeforeAllCallback, AfterEachCallback {

  private static final Namespace NAMESPACE = Namespace.create(SharedBrowsers.class);

  private Running running;

  /** What stays from class to class. */
  private static final class Running implements ExtensionContext.Store.CloseableResource {
    private final Browsers browsers = Browsers.open();
    private final Map<Browsers.Kind, Browser> started = new EnumMap<>(Browsers.Kind.class);

    Browser get(Browsers.Kind kind) {
      return started.compute(
          kind,
          (any, browser) ->
              browser != null && browser.isConnected() ? browser : browsers.launch(kind));
    }

    void closeWindows() {
      for (Browser browser : started.values()) {
        List.copyOf(browser.contexts()).forEach(BrowserContext::close);
      }
    }

    @Override
    public void close() {
      browsers.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Running.class, type -> new Running(), Running.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    running.closeWindows();
  }

  /** The browser of this kind. Not to be closed. */
  public Browser get(Browsers.Kind kind) {
    return running.get(kind);
  }
}
