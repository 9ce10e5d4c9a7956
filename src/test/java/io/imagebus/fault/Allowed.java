package io.imagebus.fault;

import io.imagebus.testbed.OutputLines;

/**
 * Log lines of WARN or worse that a fault explains, as regular expressions. Each row allows those
 * that its fault brings about and no others.
 */
final class Allowed {

  /**
   * What Hazelcast says of members that fall silent, vanish or come back, and of messages that such
   * members had sent.
   */
  static final String MEMBERSHIP = OutputLines.HAZELCAST;

  /** Members that join at the same moment hear of each other's work before each other's rank. */
  static final String JOINING = "InternalPartitionService - .*Received completed migrations";

  /** Vert.x's event bus fails a message twice when its connection closes while it is written. */
  static final String FAILED_TWICE =
      "IllegalStateException: Promise already completed"
          + "[^#]*(OutboundConnection\\.writeMessage|DelegatingChannelPromise)";

  /** A node that was stopped notices that its clock has jumped, and that others have moved on. */
  static final String STOOD_STILL = "BlockedThreadChecker|" + MEMBERSHIP;

  /** The alarm about publishers that fight over a topic. */
  static final String TWO_PUBLISHERS = " WARN .*two publishers fight over the topic";

  /** A display that reads nothing is given up. */
  static final String GIVEN_UP = "Display - display \\S+ has taken nothing for \\d+ s";

  /** Hazelcast shows somebody out. */
  static final String STRANGER = "TcpServerConnection - [^#]*ProtocolException";

  /** The alarm about losses. */
  static final String LOSSES = " WARN .*chunks were lost or damaged in the last minute";

  /** All that follows from a node that is gone, or cannot be reached. */
  static final String[] CONNECTION_LOST = {MEMBERSHIP, FAILED_TWICE};

  private Allowed() {}
}
