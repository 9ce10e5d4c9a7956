package io.imagebus.frame;

import java.util.Arrays;
import java.util.Optional;

/** Why frames were left out on purpose; announced with each skip, never counted as loss. */
public enum SkipReason {
  /** The subscriber asked for fewer frames a second. */
  RATE("rate"),
  /** The display or its link takes frames more slowly than they come; a newer one won. */
  SLOW_DISPLAY("slow-display"),
  /** The link to the other node had no credit left; a newer frame won. */
  LINK_CREDIT("link-credit"),
  /** The other node was away. */
  LINK_DOWN("link-down"),
  /** The frame had become too old to be shown as live. */
  EXPIRED("expired"),
  /** A chunk of the frame was lost before this hop, where the loss is counted. */
  INCOMPLETE("incomplete"),
  /** Nobody asked for the variant just then; or the other node had just ceased to. */
  UNWANTED("unwanted"),
  /** The ingest refused the picture and told its publisher. */
  REJECTED("rejected"),
  /** The stages of this node were busier than their bound allows. */
  OVERLOAD("overload"),
  /** The publisher itself left the frames out. */
  PUBLISHER("publisher"),
  /** The node that makes the variant was busier than its frames come; a newer frame won. */
  COMPRESSION_BUSY("compression-busy"),
  /** The source's picture cannot be decoded, so that no variant can be made of it. */
  DAMAGED("damaged"),
  /** Whether the source's picture is sound cannot be told, so no variant is made of it. */
  UNVERIFIABLE("unverifiable"),
  /** The picture is the one before, to the byte or to the eye. */
  UNCHANGED("unchanged");

  private final String label;

  SkipReason(String label) {
    this.label = label;
  }

  /** The reason as it is written on the wire and in metrics. */
  public String label() {
    return label;
  }

  /** The reason with this label. */
  public static Optional<SkipReason> of(String label) {
    return Arrays.stream(values()).filter(r -> r.label.equals(label)).findFirst();
  }
}
