package io.imagebus.bus;

import io.imagebus.base.Clock;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.wire.Chunk;
import io.imagebus.wire.LinkEnvelope;
import io.imagebus.wire.LinkEnvelope.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Sends a link's events to another node over the clustered event bus. */
final class ClusterTransport implements LinkTransport {

  private static final DeliveryOptions OPTIONS =
      new DeliveryOptions().setCodecName(LinkMessageCodec.NAME);

  /** What an event that is no frame counts for in the credit window. */
  private static final long EVENT_BYTES = 512;

  private static final byte[] NOTHING = {};

  private final EventBus eventBus;
  private final Clock clock;
  private final UUID self;
  private final String address;
  private final long epoch;

  ClusterTransport(Vertx vertx, Clock clock, UUID self, String peer, long epoch) {
    this.eventBus = vertx.eventBus();
    this.clock = clock;
    this.self = self;
    this.address = Addresses.node(peer);
    this.epoch = epoch;
  }

  @Override
  public long sizeOf(StreamEvent event) {
    return event instanceof Arrived arrived
        ? arrived.frame().wireBytes() + (long) LinkEnvelope.BYTES * arrived.frame().chunks().size()
        : EVENT_BYTES;
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

  /** Asks the receiver how far it is. */
  void probe(long sentOffset) {
    send(new LinkEnvelope(Kind.PROBE, self, epoch, sentOffset, clock.nanoTime(), 0, 0), NOTHING);
  }

  /** Tells the peer how far this node has consumed the peer's own link. */
  void acknowledge(long peerEpoch, long endOffset) {
    send(new LinkEnvelope(Kind.ACK, self, peerEpoch, endOffset, clock.nanoTime(), 0, 0), NOTHING);
  }

  private void send(LinkEnvelope envelope, byte[] body) {
    eventBus.send(address, new LinkMessage(envelope.encode(body), body), OPTIONS);
  }

  long epoch() {
    return epoch;
  }
}
