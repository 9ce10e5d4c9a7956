package io.imagebus.client;

/** Hears how the connection fares. Called on the client's event loop. */
public interface ConnectionListener {

  /**
   * The client's state changed.
   *
   * @param server the server that it is about
   * @param why in words for the user; empty when there is nothing to say
   */
  default void onState(ConnectionState state, ServerUrl server, String why) {}

  /** The server found fault with a message that belongs to no publication or subscription. */
  default void onError(String code, String message) {}
}
