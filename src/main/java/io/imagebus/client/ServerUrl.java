package io.imagebus.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a node listens.
 *
 * @param host name or address, an IPv6 address without brackets
 * @param port 1 to 65535
 * @param tls whether the connection is encrypted
 */
public record ServerUrl(String host, int port, boolean tls) {

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /**
   * Reads {@code http://host:port}; {@code https}, {@code ws} and {@code wss} are understood, and
   * no scheme is {@code http}.
   *
   * @throws IllegalArgumentException says what is allowed
   */
  public static ServerUrl parse(String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      boolean tls = isTls(uri.getScheme().toLowerCase(Locale.ROOT), text);
      if (uri.getHost() == null || !isBare(uri)) {
        throw refused(text);
      }
      int port = uri.getPort() == -1 ? tls ? HTTPS_PORT : HTTP_PORT : uri.getPort();
      if (port < 1 || port > 65_535) {
        throw refused(text);
      }
      return new ServerUrl(withoutBrackets(uri.getHost()), port, tls);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(refused(text).getMessage(), e);
    }
  }

  private static boolean isTls(String scheme, String text) {
    return switch (scheme) {
      case "http", "ws" -> false;
      case "https", "wss" -> true;
      default -> throw refused(text);
    };
  }

  private static boolean isBare(URI uri) {
    String path = uri.getPath();
    return (path.isEmpty() || path.equals("/"))
        && uri.getQuery() == null
        && uri.getFragment() == null
        && uri.getUserInfo() == null;
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a server; write http://HOST:PORT or https://HOST:PORT");
  }

  @Override
  public String toString() {
    String shownHost = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return (tls ? "https://" : "http://") + shownHost + ":" + port;
  }
}
