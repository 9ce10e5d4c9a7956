package io.imagebus.bus;

import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The addresses of the other nodes, for clients that must reconnect; told about once a second. */
public final class PeerUrls {

  private static final String ADDRESS = "imagebus.local.peer-urls";

  private record Urls(List<String> urls) {}

  private PeerUrls() {}

  static void tell(Vertx vertx, Collection<Peer> peers) {
    List<String> urls =
        peers.stream()
            .filter(peer -> peer.state() == Peer.State.UP && !peer.url().isEmpty())
            .map(Peer::url)
            .sorted()
            .toList();
    new LocalBus(vertx).publish(ADDRESS, new Urls(urls));
  }

  /** Hears the addresses, on the current event loop. */
  public static void listen(Vertx vertx, Consumer<List<String>> listener) {
    new LocalBus(vertx).<Urls>consume(ADDRESS, message -> listener.accept(message.urls()));
  }
}
