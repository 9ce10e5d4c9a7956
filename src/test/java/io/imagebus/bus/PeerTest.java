package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.base.ManualClock;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.chunk.Chunker;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.frame.SkipReason;
import io.imagebus.wire.LinkEnvelope;
import io.imagebus.wire.LinkEnvelope.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeerTest {

  private static final long DEGRADED_NANOS = 2_000_000_000L;
  private static final long EPOCH = 55;

  private final ManualClock clock = new ManualClock();
  private final List<LinkEnvelope> messages = new ArrayList<>();
  private final ClusterTransport transport =
      new ClusterTransport(
          message ->
              messages.add(LinkEnvelope.decode(message.header(), message.body()).orElseThrow()),
          clock,
          new UUID(1, 1),
          EPOCH);
  private final OutboundLink outbound =
      new OutboundLink(
          new LinkLimits(200_000, 1_000_000, Long.MAX_VALUE, SkipReason.LINK_CREDIT), transport);
  private final Peer peer =
      new Peer(
          "peer",
          transport,
          outbound,
          new InboundLink(
              new InboundLink.Limits(new FrameAssembler.Limits(1, 1, 1), 1),
              InboundLink.Repairing.off(),
              id -> Optional.empty(),
              event -> {},
              () -> 0),
          new NodeDirectory(1),
          0);

  @Test
  void probe_allAcknowledgementsLost_isRepeatedUntilOneIsAnswered() {
    fill();
    long waiting = outbound.waitingBytes();
    assertThat(waiting).isPositive();
    for (int i = 0; i < 3; i++) {
      messages.clear();
      clock.advanceMillis(1_000);
      peer.probe(DEGRADED_NANOS, clock.nanoTime());
      assertThat(messages).singleElement().matches(envelope -> envelope.kind() == Kind.PROBE);
    }
    peer.acknowledged(EPOCH, messages.get(0).endOffset(), clock.nanoTime());

    assertThat(outbound.waitingBytes()).as("it flows again").isLessThan(waiting);
    assertThat(outbound.sentFrames()).isGreaterThan(1);
  }

  @Test
  void probe_nothingUnderWay_stillShowsThatThisNodeLives() {
    peer.probe(DEGRADED_NANOS, clock.nanoTime());
    assertThat(messages).singleElement().matches(envelope -> envelope.kind() == Kind.PROBE);
  }

  @Test
  void probe_withoutAnswer_isDegradedUntilTheAnswer() {
    fill();
    clock.advance(DEGRADED_NANOS);
    peer.probe(DEGRADED_NANOS, clock.nanoTime());
    assertThat(peer.state()).isEqualTo(Peer.State.UP);
    clock.advance(1);
    peer.probe(DEGRADED_NANOS, clock.nanoTime());
    assertThat(peer.state()).isEqualTo(Peer.State.DEGRADED);
    peer.acknowledged(EPOCH, outbound.window().sentOffset(), clock.nanoTime());
    peer.probe(DEGRADED_NANOS, clock.nanoTime());
    assertThat(peer.state()).isEqualTo(Peer.State.UP);
  }

  @Test
  void acknowledged_ofAnotherEpoch_freesNothing() {
    fill();
    long inFlight = outbound.window().inFlightBytes();
    peer.acknowledged(EPOCH + 1, outbound.window().sentOffset(), clock.nanoTime());
    assertThat(outbound.window().inFlightBytes()).isEqualTo(inFlight);
  }

  private void fill() {
    StreamInfo info = Streams.info("a", 1, "self");
    Chunker chunker = Streams.chunker(info);
    outbound.offer(new Opened(info, 0, 0), 0);
    for (int i = 0; i < 10; i++) {
      outbound.offer(new Arrived(Streams.frame(chunker, 60_000), 0), 0);
    }
  }
}
