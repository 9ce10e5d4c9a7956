package io.imagebus.fault;

import java.util.Optional;

/** Where messages begin and end in one direction of a connection. One connection, one thread. */
interface MessageFormat {

  /**
   * How long the message at the start of the bytes is.
   *
   * @return 0 while more bytes are needed to tell
   */
  int length(byte[] bytes, int available);

  /** The chunk that a complete message carries, if it carries one. */
  Optional<Place> chunk(byte[] message, int length);

  /**
   * Where a chunk lies in its message.
   *
   * @param headerAt of the chunk's header
   * @param payloadAt of its payload
   * @param end after the payload
   */
  record Place(int headerAt, int payloadAt, int end) {}
}
