package io.imagebus.delivery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections of one event loop. They tick in turns, a ninth of them every 100 ms, so that ten
 * thousand heartbeats do not come at one moment. Policy at the bound: reject. Owned by one event
 * loop.
 */
final class Outlets {

  static final long TURN_MILLIS = 100;

  /** Nine turns: a tick every 900 ms, so that heartbeats stay below a second apart. */
  private static final int TURNS = 9;

  private final int maxOutlets;
  private final List<Set<Outlet>> turns = new ArrayList<>(TURNS);
  private int count;
  private int turn;

  Outlets(int maxOutlets) {
    this.maxOutlets = maxOutlets;
    for (int i = 0; i < TURNS; i++) {
      turns.add(new LinkedHashSet<>());
    }
  }

  boolean isFull() {
    return count >= maxOutlets;
  }

  int count() {
    return count;
  }

  /** To be called while not full. */
  void add(Outlet outlet) {
    Set<Outlet> fewest = turns.get(0);
    for (Set<Outlet> candidate : turns) {
      if (candidate.size() < fewest.size()) {
        fewest = candidate;
      }
    }
    fewest.add(outlet);
    count++;
  }

  /** False if it was not there. */
  boolean remove(Outlet outlet) {
    for (Set<Outlet> candidate : turns) {
      if (candidate.remove(outlet)) {
        count--;
        return true;
      }
    }
    return false;
  }

  /** Lets the next ninth tick. */
  void turn(long nowNanos) {
    turn = (turn + 1) % TURNS;
    List.copyOf(turns.get(turn)).forEach(outlet -> outlet.tick(nowNanos));
  }

  void sendAllAway() {
    for (Set<Outlet> each : turns) {
      List.copyOf(each).forEach(Outlet::sendAway);
    }
  }

  void closeAll() {
    for (Set<Outlet> each : turns) {
      List.copyOf(each).forEach(Outlet::close);
    }
  }
}
