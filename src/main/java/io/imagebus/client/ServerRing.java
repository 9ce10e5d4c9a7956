package io.imagebus.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The servers to try, in turn: those that were given and those that the last welcome named. Owned
 * by one event loop.
 */
final class ServerRing {

  private final List<ServerUrl> given;
  private List<ServerUrl> all;
  private int nextIndex;

  ServerRing(List<ServerUrl> given) {
    if (given.isEmpty()) {
      throw new IllegalArgumentException("at least one server is needed");
    }
    this.given = List.copyOf(new LinkedHashSet<>(given));
    this.all = this.given;
  }

  /** The server whose turn it is. */
  ServerUrl next() {
    ServerUrl server = all.get(nextIndex % all.size());
    nextIndex = (nextIndex + 1) % all.size();
    return server;
  }

  /** Replaces what earlier welcomes named; {@code current} comes last in turn. */
  void learn(List<ServerUrl> named, ServerUrl current) {
    Set<ServerUrl> servers = new LinkedHashSet<>(given);
    servers.addAll(named);
    all = new ArrayList<>(servers);
    nextIndex = (all.indexOf(current) + 1) % all.size();
  }

  /** The servers that were given at the start. */
  List<ServerUrl> given() {
    return given;
  }
}
