package io.imagebus.bus;

import io.imagebus.frame.StreamId;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;

/** What the stages of one node and their {@link ClusterVerticle} say to each other. Immutable. */
sealed interface StageMessage {

  /** A stage wants the streams that match, at its own address. */
  record Want(String address, TopicFilter filter, Variant variant) implements StageMessage {}

  /** A stage wants them no longer. */
  record Unwant(String address, TopicFilter filter, Variant variant) implements StageMessage {}

  /** A stage makes the variants of this node's streams from now on. */
  record Make(String address) implements StageMessage {}

  /** How much the stage that makes variants has to do. */
  record Busy(WorkPlacement.Load load) implements StageMessage {}

  /** What the stage that makes variants shall make of a stream from now on. */
  record Ordered(VariantOrders.Order order) implements StageMessage {}

  /** Ingest passes on what happened to a stream of its own. */
  record Publish(StreamEvent event) implements StageMessage {}

  /** A stage has consumed what it was handed, up to an offset. */
  record Consumed(String address, long endOffset) implements StageMessage {}

  /** An event handed to a stage; {@code endOffset} closes its window. */
  record Handed(StreamEvent event, long endOffset) implements StageMessage {}

  /** Ingest is told that a newer publisher has the topic of its stream. */
  record Replaced(StreamId stream, String byNode) implements StageMessage {}
}
