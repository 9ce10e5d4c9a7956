package io.imagebus.bus;

/** The way of a link's events to the other side. */
interface LinkTransport {

  /** Bytes that the event takes on this way, for the credit window. */
  long sizeOf(StreamEvent event);

  /** Whether what was sent may fail to arrive. */
  default boolean mayLose() {
    return false;
  }

  /**
   * Hands the event over.
   *
   * @param endOffset what the other side acknowledges once it has consumed the event
   */
  void send(StreamEvent event, long endOffset);
}
