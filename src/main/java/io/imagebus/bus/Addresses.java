package io.imagebus.bus;

/** The event-bus addresses, all in one place. */
final class Addresses {

  /** Local: requests of the stages to their node's {@link ClusterVerticle}. */
  static final String STAGES = "imagebus.local.stages";

  /** Local: ingest asks its node's {@link ClusterVerticle} for streams. */
  static final String STREAMS = "imagebus.local.streams";

  /** Clustered: changes of the topic directory, to every node. */
  static final String DIRECTORY = "imagebus.directory";

  private Addresses() {}

  /** Clustered: link messages to one node. */
  static String node(String nodeId) {
    return "imagebus.node." + nodeId;
  }

  /** Clustered: requests for one node's state, answered in JSON. */
  static String state(String nodeId) {
    return "imagebus.state." + nodeId;
  }
}
