package io.imagebus.sequence;

import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import java.util.Map;

/**
 * What one receiver counted of one topic on one hop.
 *
 * @param node id of the node that keeps the line
 * @param peer the other side: a node's id, or a name of the publisher's or display's session
 * @param skippedFrames frames left out on this hop by its sender, by reason, where it said so
 * @param state whether the stream is being heard
 */
public record AccountLine(
    Topic topic,
    Variant variant,
    Hop hop,
    String node,
    String peer,
    SequenceCounts counts,
    Map<SkipReason, Long> skippedFrames,
    StreamState state) {

  /** Copies the map. */
  public AccountLine {
    skippedFrames = Map.copyOf(skippedFrames);
  }
}
