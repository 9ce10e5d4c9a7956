package io.imagebus.fault;

/**
 * Log lines of WARN or worse that a fault explains, as regular expressions. Each row allows those
 * that its fault brings about and no others.
 */
final class Allowed {

  /** Hazelcast says at WARN what it does about members that fall silent or vanish. */
  static final String MEMBERSHIP = " WARN  \\[hz\\.";

  /** A member that was away still believes that it leads. */
  static final String MASTERSHIP =
      "FetchMembersViewOp - .* claims mastership but it is not a member!";

  /** A member that joins while data of one that left is being moved waits for a moment. */
  static final String MIGRATION = "LockClusterStateOp - .*Still have pending migration tasks";

  /** Members that join at the same moment hear of each other's work before each other's rank. */
  static final String JOINING = "InternalPartitionService - .*Received completed migrations";

  /** A connection that broke off while it was in use. */
  static final String RESET = "ConnectionBase - .*(Connection reset|Broken pipe)";

  /** Vert.x's event bus fails a message twice when its connection closes while it is written. */
  static final String FAILED_TWICE =
      "IllegalStateException: Promise already completed"
          + "[^#]*(OutboundConnection\\.writeMessage|DelegatingChannelPromise)";

  /** The event bus of a node that is not there. */
  static final String NO_CONNECTION = "ClusteredEventBus - Connecting to server \\S+ failed";

  /** The event bus of a node that is there and does not answer. */
  static final String NO_PONG = "OutboundConnection - No pong from server";

  /** A message for a registration that was given up meanwhile. */
  static final String DISCARDED =
      "MessageConsumerImpl - Discarding message since the consumer is not registered";

  /** A node that was stopped notices that its clock has jumped, and that others have moved on. */
  static final String STOOD_STILL =
      "BlockedThreadChecker"
          + "|because of huge system clock jump"
          + "|ClusterHeartbeatManager - .*Ignoring heartbeat from .* since it is expired"
          + "|InvocationMonitor - .* delayed";

  /** A member that was away asks others before it has noticed that they dropped it. */
  static final String DROPPED_CALLER = "PartitionIteratingOperation - .*Not Member! this:";

  /** An answer that came again after a connection was made anew. */
  static final String ANSWERED_TWICE = "NormalResponse already responseReceived for callback";

  /** The alarm about publishers that fight over a topic. */
  static final String TWO_PUBLISHERS = " WARN .*two publishers fight over the topic";

  /** A display that reads nothing is given up. */
  static final String GIVEN_UP = "Display - display \\S+ has taken nothing for \\d+ s";

  /** Hazelcast shows somebody out. */
  static final String STRANGER = "TcpServerConnection - [^#]*ProtocolException";

  /** The alarm about losses. */
  static final String LOSSES = " WARN .*chunks were lost or damaged in the last minute";

  /** All that follows from a node that is gone, or cannot be reached. */
  static final String[] CONNECTION_LOST = {
    MEMBERSHIP, MIGRATION, RESET, FAILED_TWICE, NO_CONNECTION, DROPPED_CALLER, ANSWERED_TWICE
  };

  private Allowed() {}
}
