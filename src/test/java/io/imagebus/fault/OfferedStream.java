package io.imagebus.fault;

import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.frame.StreamId;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** The truth about one stream: what its camera sent, frame by frame. Thread-safe. */
final class OfferedStream {

  /**
   * One picture as it was sent.
   *
   * @param checksum of its bytes; of another polynomial than the checksums on the wire
   */
  record Offer(long frame, long firstSequence, int chunks, long checksum, long offeredNanos) {

    static Offer of(ChunkedFrame frame, byte[] picture, long nowNanos) {
      return new Offer(
          frame.number(),
          frame.firstSequence(),
          frame.chunks().size(),
          OfferedStream.checksum(picture),
          nowNanos);
    }
  }

  private final StreamId id;
  private final String topic;
  private final String node;
  private final List<Offer> offers = new ArrayList<>();
  private long nextSequence;
  private long acceptedFrame = -1;
  private boolean broken;
  private String ended = "";

  OfferedStream(StreamId id, String topic, String node) {
    this.id = id;
    this.topic = topic;
    this.node = node;
  }

  static long checksum(byte[] picture) {
    CRC32 crc = new CRC32();
    crc.update(picture);
    return crc.getValue();
  }

  synchronized void offered(Offer offer) {
    offers.add(offer);
    nextSequence = offer.firstSequence() + offer.chunks();
  }

  synchronized void accepted(long frame) {
    acceptedFrame = Math.max(acceptedFrame, frame);
  }

  /** The connection is gone: what was last sent may never have arrived. */
  synchronized void broke() {
    broken |= ended.isEmpty();
  }

  synchronized void ended(String why) {
    ended = why;
  }

  StreamId id() {
    return id;
  }

  String topic() {
    return topic;
  }

  /** The id of the node that took it in. */
  String node() {
    return node;
  }

  synchronized Optional<Offer> offer(long frame) {
    return frame >= 0 && frame < offers.size()
        ? Optional.of(offers.get((int) frame))
        : Optional.empty();
  }

  synchronized long frames() {
    return offers.size();
  }

  /** Numbers offered; also the number that comes next. */
  synchronized long nextSequence() {
    return nextSequence;
  }

  /** Frames that the node surely has. */
  synchronized long acceptedFrames() {
    return acceptedFrame + 1;
  }

  /** Whether the node has confirmed every picture. */
  synchronized boolean isConfirmed() {
    return acceptedFrames() == offers.size();
  }

  /** Whether its end was told. */
  synchronized boolean isOver() {
    return !ended.isEmpty();
  }

  /** Whether the camera's connection ended in the middle. */
  synchronized boolean isBroken() {
    return broken;
  }

  synchronized JsonObject toJson() {
    return new JsonObject()
        .put("stream", id.toString())
        .put("topic", topic)
        .put("node", node)
        .put("frames", offers.size())
        .put("numbers", nextSequence)
        .put("acceptedFrames", acceptedFrame + 1)
        .put("broken", broken)
        .put("ended", ended);
  }
}
