package io.imagebus.config;

import java.net.URI;

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
        String publicUrl) {

  public Http {
    new Constraints(Http.class, host, port, publicUrl)
        .require(
            "http.public-url",
            publicUrl.isEmpty() || isPlainHttpUrl(publicUrl),
            "an http:// or https:// address without user, query and fragment")
        .enforce();
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
