package io.imagebus.client;

/**
 * Finds out whether a connection still has a node at its other end: it pings, and a connection that
 * said nothing at all for three of them is dead. A node pings its clients each second too, so that
 * one whose own pings wait behind its pictures is not taken for dead. Owned by one event loop.
 */
final class Liveness {

  private static final long PING_MILLIS = 1_000;
  private static final int MOST_UNANSWERED = 3;

  private final BusConnection connection;
  private final Cadence pings;
  private long heardBefore;
  private int unanswered;

  Liveness(BusConnection connection, long nowNanos) {
    this.connection = connection;
    this.pings = new Cadence(PING_MILLIS, nowNanos);
  }

  /** To be called several times a second. */
  void tick(long nowNanos) {
    if (!pings.isDue(nowNanos)) {
      return;
    }
    unanswered = connection.heard() == heardBefore ? unanswered + 1 : 0;
    heardBefore = connection.heard();
    if (unanswered >= MOST_UNANSWERED) {
      connection.abort("nothing heard for " + MOST_UNANSWERED * PING_MILLIS / 1_000 + " s");
    } else {
      connection.ping();
    }
  }
}
