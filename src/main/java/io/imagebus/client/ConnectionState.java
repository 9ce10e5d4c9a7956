package io.imagebus.client;

/** Where a client stands. */
public enum ConnectionState {
  /** Not yet asked to connect, or the first attempts failed. */
  IDLE,
  /** An attempt is under way. */
  CONNECTING,
  /** Welcomed by a node. */
  ONLINE,
  /** The connection was lost, the next attempt is due soon. */
  WAITING,
  /** Over for good. */
  CLOSED;

  ConnectionState become(ConnectionState next) {
    boolean allowed =
        switch (next) {
          case IDLE -> this == CONNECTING;
          case CONNECTING -> this == IDLE || this == WAITING;
          case ONLINE -> this == CONNECTING;
          case WAITING -> this == CONNECTING || this == ONLINE;
          case CLOSED -> true;
        };
    if (!allowed) {
      throw new IllegalStateException("a client that is " + this + " cannot become " + next);
    }
    return next;
  }
}
