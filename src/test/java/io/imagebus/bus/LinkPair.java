package io.imagebus.bus;

import io.imagebus.base.ManualClock;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Moment;
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.wire.LinkEnvelope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A sending and a receiving node of which only the links exist, and the bytes between them. */
final class LinkPair {

  static final long MAX_AGE_NANOS = 2_000_000_000L;

  /** What happens to a message on its way. */
  interface Way {
    /** The bytes that come out; empty if the message is lost. */
    Optional<byte[]> carry(byte[] message);
  }

  final ManualClock clock = new ManualClock();
  final Map<StreamId, StreamInfo> directory = new HashMap<>();
  final List<StreamEvent> out = new ArrayList<>();
  final OutboundLink outbound;
  final InboundLink inbound;
  final ClusterTransport transport;
  private final LinkMessageCodec codec = new LinkMessageCodec();
  private final ArrayDeque<byte[]> underWay = new ArrayDeque<>();
  private long consumed;
  Way way = Optional::of;
  long unattributable;

  LinkPair(LinkLimits limits) {
    transport = new ClusterTransport(this::enter, clock, new UUID(1, 2), 77);
    outbound = new OutboundLink(limits, transport);
    inbound =
        new InboundLink(
            new InboundLink.Limits(
                new FrameAssembler.Limits(1 << 20, 1 << 22, MAX_AGE_NANOS), MAX_AGE_NANOS),
            id -> Optional.ofNullable(directory.get(id)),
            out::add,
            clock::epochMicros);
  }

  LinkPair() {
    this(new LinkLimits(2 << 20, 4 << 20, MAX_AGE_NANOS, SkipReason.LINK_CREDIT));
  }

  private void enter(LinkMessage message) {
    Buffer wire = Buffer.buffer("before");
    codec.encodeToWire(wire, message);
    underWay.addLast(wire.getBytes(6, wire.length()));
  }

  /** Lets everything under way arrive. */
  void deliver() {
    while (!underWay.isEmpty()) {
      way.carry(underWay.pollFirst()).ifPresent(this::arrive);
    }
  }

  /** Lets everything under way arrive and be acknowledged, until nothing waits. */
  void deliverAndAcknowledge() {
    do {
      deliver();
      acknowledge();
    } while (!underWay.isEmpty());
  }

  /** The receiver's cumulative acknowledgement. */
  void acknowledge() {
    outbound.acknowledged(consumed, clock.nanoTime());
  }

  /** A probe gets through and is answered. */
  void probe() {
    deliver();
    consumed = outbound.window().sentOffset();
    acknowledge();
  }

  private void arrive(byte[] wire) {
    LinkMessage message = codec.decodeFromWire(0, Buffer.buffer(wire));
    Optional<LinkEnvelope> decoded = LinkEnvelope.decode(message.header(), message.body());
    if (decoded.isEmpty()) {
      unattributable++;
      return;
    }
    LinkEnvelope envelope = decoded.get();
    if (envelope.kind() == LinkEnvelope.Kind.CHUNK) {
      inbound.onChunk(envelope, message.body(), clock.nanoTime());
    } else {
      JsonObject body = new JsonObject(Buffer.buffer(message.body()));
      StreamEvent event =
          EventJson.decode(new StreamId(envelope.stream()), envelope.skippedTotal(), body);
      inbound.onEvent(envelope, event, clock.nanoTime());
    }
    consumed = Math.max(consumed, envelope.endOffset());
  }

  SequenceCounts counts(StreamInfo info) {
    return line(info).counts();
  }

  AccountLine line(StreamInfo info) {
    return inbound
        .lines("here", "there", new Moment(clock.nanoTime(), clock.epochMicros()))
        .stream()
        .filter(line -> line.topic().equals(info.topic()))
        .findFirst()
        .orElseThrow();
  }

  List<StreamEvent> take() {
    List<StreamEvent> taken = List.copyOf(out);
    out.clear();
    return taken;
  }
}
