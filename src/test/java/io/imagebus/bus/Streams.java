package io.imagebus.bus;

import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import java.util.SplittableRandom;

/** What the tests of the links send. */
final class Streams {

  private Streams() {}

  static StreamInfo info(String topic, long id, String node) {
    return info(topic, id, node, 1);
  }

  static StreamInfo info(String topic, long id, String node, long generation) {
    return new StreamInfo(
        new StreamId(id), new Topic(topic), Variant.SOURCE, ImageFormat.JPEG, node, generation);
  }

  static Chunker chunker(StreamInfo info) {
    return new Chunker(info.id(), 1_000);
  }

  /** The chunker's next frame. */
  static ChunkedFrame frame(Chunker chunker, int bytes) {
    byte[] picture = new byte[bytes];
    new SplittableRandom(chunker.nextFrame()).nextBytes(picture);
    return chunker.cut(picture, chunker.nextFrame());
  }
}
