package io.imagebus.bus;

import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;

/**
 * What a stream is, fixed for its life.
 *
 * @param id the stream's epoch
 * @param topic where it is published
 * @param variant the form of its frames
 * @param format encoding of its first picture
 * @param source the stream that its frames are made of; the stream itself if it is a source
 * @param node id of the node that numbers the stream
 * @param generation 1 for a topic's first stream, more than that of every stream that it replaces;
 *     a clock-free order of the publishers of one topic
 */
public record StreamInfo(
    StreamId id,
    Topic topic,
    Variant variant,
    ImageFormat format,
    StreamId source,
    String node,
    long generation) {

  /** A stream that is its own source. */
  public StreamInfo(
      StreamId id, Topic topic, Variant variant, ImageFormat format, String node, long generation) {
    this(id, topic, variant, format, id, node, generation);
  }

  /** Whether this stream is the topic's newer publisher; ties are broken by the id. */
  public boolean replaces(StreamInfo other) {
    if (generation != other.generation) {
      return generation > other.generation;
    }
    return Long.compareUnsigned(id.value(), other.id.value()) > 0;
  }
}
