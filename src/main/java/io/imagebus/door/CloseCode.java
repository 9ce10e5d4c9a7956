package io.imagebus.door;

/** WebSocket closing codes that the node uses; RFC 6455 §7.4 and our own from 4400 on. */
public enum CloseCode {
  /** The sender is done. */
  NORMAL(1000),
  /** The data is no picture that the bus carries. */
  NOT_AN_IMAGE(1003),
  /** The request breaks a rule of the node. */
  POLICY(1008),
  /** A picture or a message over its limit. */
  TOO_BIG(1009),
  /** The node goes down; reconnect to another. */
  RESTART(1012),
  /** A control message or a chunk that breaks the protocol. */
  BAD_MESSAGE(4400),
  /** A newer publisher has the topic. */
  REPLACED(4409);

  private final short code;

  CloseCode(int code) {
    this.code = (short) code;
  }

  /** The number on the wire. */
  public short code() {
    return code;
  }
}
