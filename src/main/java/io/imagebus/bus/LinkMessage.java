package io.imagebus.bus;

/** One message between two nodes: header and body, not to be changed. */
final class LinkMessage {

  private final byte[] header;
  private final byte[] body;

  LinkMessage(byte[] header, byte[] body) {
    this.header = header;
    this.body = body;
  }

  byte[] header() {
    return header;
  }

  byte[] body() {
    return body;
  }
}
