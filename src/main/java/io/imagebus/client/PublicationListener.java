package io.imagebus.client;

import io.imagebus.frame.StreamId;

/** Hears how a publication fares. Called on the client's event loop. */
public interface PublicationListener {

  /** A stream was opened: the first, or the next one after a new connection. */
  default void onOpened(StreamId stream, String node) {}

  /** A picture given now goes out at once. */
  default void onReady() {}

  /**
   * A picture was refused; the publication goes on.
   *
   * @param code the server's short word, such as {@code too-big}
   */
  default void onRejected(String code, String message) {}

  /** The publication is over against our will. */
  default void onFailed(String why) {}
}
