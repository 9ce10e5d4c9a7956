package io.imagebus.client;

/** The newest picture of a publication while it waits for its turn. Immutable. */
final class WaitingPicture {

  private final byte[] bytes;
  private final long captureMicros;

  WaitingPicture(byte[] bytes, long captureMicros) {
    this.bytes = bytes;
    this.captureMicros = captureMicros;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }

  long captureMicros() {
    return captureMicros;
  }
}
