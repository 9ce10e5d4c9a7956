package io.imagebus.bus;

import java.util.Optional;

/** What a bad network does to a message. */
final class Damage {

  private Damage() {}

  /** Changes one byte of each message. */
  static LinkPair.Way ofByte(int at) {
    return message -> Optional.of(withByteChanged(message, at));
  }

  static byte[] withByteChanged(byte[] message, int at) {
    byte[] copy = message.clone();
    copy[at] ^= 0x10;
    return copy;
  }
}
