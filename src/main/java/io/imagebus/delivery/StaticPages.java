package io.imagebus.delivery;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages in the jar, under {@code webroot/}. A browser may keep a page but asks each time
 * whether it is still the same, so that a new release is seen at once. Bound: the pages themselves.
 */
final class StaticPages {

  private static final Pattern PATH =
      Pattern.compile("/(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json",
          "ts", "text/plain; charset=utf-8",
          "png", "image/png",
          "jpg", "image/jpeg",
          "ico", "image/x-icon",
          "txt", "text/plain; charset=utf-8");

  /** Nothing but the node's own scripts; the page may connect to other nodes of the cluster. */
  private static final String CONTENT_POLICY =
      "default-src 'self'; connect-src *; img-src 'self' blob: data:;"
          + " worker-src 'self' blob:; frame-ancestors *";

  private final Map<String, Page> pages = new HashMap<>();

  private record Page(Buffer content, String type, String tag) {}

  void mount(Router router) {
    router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::serve);
  }

  private void serve(RoutingContext request) {
    Page page = page(fileOf(request.normalizedPath()));
    if (page == null) {
      request.next();
      return;
    }
    request
        .response()
        .putHeader("ETag", page.tag)
        .putHeader("Cache-Control", "no-cache")
        .putHeader("Content-Security-Policy", CONTENT_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff");
    if (page.tag.equals(request.request().getHeader("If-None-Match"))) {
      request.response().setStatusCode(304).end();
    } else {
      request.response().putHeader("Content-Type", page.type).end(page.content);
    }
  }

  /** A directory's page is its index; a name without an ending is that of a page. */
  private static String fileOf(String path) {
    if (path.endsWith("/")) {
      return path + "index.html";
    }
    return path.indexOf('.', path.lastIndexOf('/')) < 0 ? path + ".html" : path;
  }

  private @Nullable Page page(String path) {
    Page known = pages.get(path);
    if (known != null) {
      return known;
    }
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null || !PATH.matcher(path).matches()) {
      return null;
    }
    Page read = read(path, type);
    if (read != null) {
      pages.put(path, read);
    }
    return read;
  }

  private static @Nullable Page read(String path, String type) {
    try (InputStream stream = StaticPages.class.getResourceAsStream("/webroot" + path)) {
      if (stream == null) {
        return null;
      }
      byte[] bytes = stream.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      String tag = "\"" + HexFormat.of().formatHex(digest, 0, 8) + "\"";
      return new Page(Buffer.buffer(bytes), type, tag);
    } catch (IOException e) {
      throw new UncheckedIOException("page " + path + " cannot be read from the jar", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
