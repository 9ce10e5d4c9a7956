package io.imagebus.sequence;

import java.util.Arrays;
import java.util.Optional;

/** One step of a frame's way on which its sequence can be checked. */
public enum Hop {
  /** From a publisher that numbers its own chunks to the node that takes them in. */
  PUBLISHER_TO_INGEST("publisher-ingest"),
  /** From the node of the publisher to a node that has displays for the topic. */
  NODE_TO_NODE("node-node"),
  /** From a node to one display, as the display reports it. */
  DELIVERY_TO_DISPLAY("delivery-display");

  private final String label;

  Hop(String label) {
    this.label = label;
  }

  /** The hop as it is written in the API and in metrics. */
  public String label() {
    return label;
  }

  /** The hop with this label. */
  public static Optional<Hop> of(String label) {
    return Arrays.stream(values()).filter(hop -> hop.label.equals(label)).findFirst();
  }
}
