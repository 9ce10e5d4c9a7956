package io.imagebus.delivery;

/** One connection that gets pictures for as long as it lasts. */
interface Outlet {

  /** About once a second: time to say that we are here, and to see whether the client is. */
  void tick(long nowNanos);

  /** The node goes down: ends the connection after what was written. */
  void sendAway();

  /** Gives back all that is held for the client. */
  void close();
}
