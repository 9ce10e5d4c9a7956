package io.imagebus.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The servers to try, in turn: those that were given, and those that the connected node named last.
 * Owned by one event loop.
 */
final class ServerRing {

  private final List<ServerUrl> given;
  private final Random random;
  private List<ServerUrl> all;
  private int nextIndex;

  ServerRing(List<ServerUrl> given, Random random) {
    if (given.isEmpty()) {
      throw new IllegalArgumentException("at least one server is needed");
    }
    this.given = List.copyOf(new LinkedHashSet<>(given));
    this.random = random;
    this.all = this.given;
  }

  /** The server whose turn it is. */
  ServerUrl next() {
    ServerUrl server = all.get(nextIndex % all.size());
    nextIndex = (nextIndex + 1) % all.size();
    return server;
  }

  /**
   * Replaces what was named before. The others come in random order, so that the clients of a node
   * spread over all others when it goes; {@code current} comes last.
   */
  void learn(List<ServerUrl> named, ServerUrl current) {
    Set<ServerUrl> servers = new LinkedHashSet<>(given);
    servers.addAll(named);
    servers.remove(current);
    all = new ArrayList<>(servers);
    Collections.shuffle(all, random);
    all.add(current);
    nextIndex = 0;
  }

  /** Whether there is a server to go to from the current one. */
  boolean hasOthers() {
    return all.size() > 1;
  }

  /** The servers that were given at the start. */
  List<ServerUrl> given() {
    return given;
  }
}
