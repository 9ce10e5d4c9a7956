package io.imagebus.client;

/** Hears what a subscription receives. Called on the client's event loop. */
public interface SubscriptionListener {

  /** A whole picture; it is acknowledged when this returns. */
  void onFrame(ReceivedFrame frame);

  /** The server has something to say about the subscription, which goes on. */
  default void onWarning(String why) {}

  /** The server refused the subscription, or the client cannot go on. */
  default void onFailed(String why) {}
}
