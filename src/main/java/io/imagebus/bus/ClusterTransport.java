package io.imagebus.bus;

import io.imagebus.base.Clock;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.frame.StreamId;
import io.imagebus.wire.Chunk;
import io.imagebus.wire.LinkEnvelope;
import io.imagebus.wire.LinkEnvelope.Kind;
import io.imagebus.wire.NumberRange;
import io.imagebus.wire.NumberRanges;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Writes a link's events as the messages that travel to another node. */
final class ClusterTransport implements LinkTransport {

  private static final byte[] NOTHING = {};

  private final Consumer<LinkMessage> way;
  private final Clock clock;
  private final UUID self;
  private final long epoch;

  /**
   * The way from one node to one other.
   *
   * @param way takes the messages there, in order, and may lose some
   * @param epoch a random number, so that acknowledgements of another link are not taken for its
   *     own
   */
  ClusterTransport(Consumer<LinkMessage> way, Clock clock, UUID self, long epoch) {
    this.way = way;
    this.clock = clock;
    this.self = self;
    this.epoch = epoch;
  }

  @Override
  public boolean mayLose() {
    return true;
  }

  @Override
  public long sizeOf(StreamEvent event) {
    return event instanceof Arrived arrived
        ? arrived.frame().wireBytes() + (long) LinkEnvelope.BYTES * arrived.frame().chunks().size()
        : LinkLimits.EVENT_BYTES;
  }

  @Override
  public void send(StreamEvent event, long endOffset) {
    if (event instanceof Arrived arrived) {
      int left = arrived.frame().chunks().size();
      for (Chunk chunk : arrived.frame().chunks()) {
        left--;
        send(Kind.CHUNK, event, left == 0 ? endOffset : 0, chunk.bytes());
      }
    } else {
      byte[] body = EventJson.encode(event).encode().getBytes(StandardCharsets.UTF_8);
      send(Kind.EVENT, event, endOffset, body);
    }
  }

  private void send(Kind kind, StreamEvent event, long endOffset, byte[] body) {
    send(
        new LinkEnvelope(
            kind,
            self,
            epoch,
            endOffset,
            clock.nanoTime(),
            event.skippedTotal(),
            event.stream().value()),
        body);
  }

  /** Sends a chunk a second time: marked, and with the total and the time of the first. */
  void sendAgain(RepairRing.Sent sent, long endOffset) {
    Chunk chunk = sent.chunk().sentAgain();
    send(
        new LinkEnvelope(
            Kind.CHUNK,
            self,
            epoch,
            endOffset,
            sent.sentNanos(),
            sent.skippedTotal(),
            chunk.header().stream().value()),
        chunk.bytes());
  }

  /** Asks the peer for numbers of its stream. */
  void ask(StreamId stream, List<NumberRange> numbers) {
    send(Kind.REQUEST, stream, numbers);
  }

  /** Tells the peer that numbers that it asked for cannot be sent again. */
  void refuse(StreamId stream, List<NumberRange> numbers) {
    send(Kind.REFUSAL, stream, numbers);
  }

  private void send(Kind kind, StreamId stream, List<NumberRange> numbers) {
    send(
        new LinkEnvelope(kind, self, epoch, 0, clock.nanoTime(), 0, stream.value()),
        NumberRanges.encode(numbers));
  }

  /** Asks the receiver how far it is. */
  void probe(long sentOffset) {
    send(new LinkEnvelope(Kind.PROBE, self, epoch, sentOffset, clock.nanoTime(), 0, 0), NOTHING);
  }

  /** Tells the peer how far this node has consumed the peer's own link. */
  void acknowledge(long peerEpoch, long endOffset) {
    send(new LinkEnvelope(Kind.ACK, self, peerEpoch, endOffset, clock.nanoTime(), 0, 0), NOTHING);
  }

  private void send(LinkEnvelope envelope, byte[] body) {
    way.accept(new LinkMessage(envelope.encode(body), body));
  }

  long epoch() {
    return epoch;
  }
}
