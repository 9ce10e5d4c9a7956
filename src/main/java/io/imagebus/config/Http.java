package io.imagebus.config;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** Where this node serves publishers, displays and operators. */
@Section("The port that publishers, displays and operators use.")
public record Http(
    @Key(
            preset = "127.0.0.1",
            doc =
                "Address to listen on. The default is reachable from this machine only; 0.0.0.0"
                    + " listens on every interface.")
        String host,
    @Key(
            preset = "8080",
            max = 65_535,
            doc = "Port to listen on. 0 takes any free port and writes it to the log.")
        int port,
    @Key(
            preset = "",
            emptyAllowed = true,
            doc =
                "Address under which other machines reach this port, for example"
                    + " https://node1.example.org. Displays are told it for reconnecting when a"
                    + " node goes down. Empty: http://host:port.")
        String publicUrl,
    @Key(
            preset = "*",
            emptyAllowed = true,
            doc =
                "Where pages come from that may show pictures of this node, comma separated, for"
                    + " example https://intranet.example.org. Its own pages always may; those of"
                    + " the other nodes are to be named. *: pages from everywhere.")
        String allowedOrigins) {

  public Http {
    new Constraints(Http.class, host, port, publicUrl, allowedOrigins)
        .require(
            "http.public-url",
            publicUrl.isEmpty() || isPlainHttpUrl(publicUrl),
            "an http:// or https:// address without user, query and fragment")
        .require(
            "http.allowed-origins",
            allowedOrigins.equals("*") || originsOf(allowedOrigins).allMatch(Http::isOrigin),
            "*, or http:// or https:// addresses without a path, comma separated")
        .enforce();
  }

  /** Whether pages from everywhere may show pictures. */
  public boolean allowsEveryOrigin() {
    return allowedOrigins.equals("*");
  }

  /** The origins that may, besides the node's own; meaningless if every one may. */
  public List<String> originList() {
    return originsOf(allowedOrigins).toList();
  }

  private static Stream<String> originsOf(String text) {
    return text.isBlank() ? Stream.empty() : Stream.of(text.split(",", -1)).map(String::strip);
  }

  private static boolean isOrigin(String text) {
    return isPlainHttpUrl(text) && URI.create(text).getRawPath().isEmpty();
  }

  private static boolean isPlainHttpUrl(String text) {
    try {
      URI uri = URI.create(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
