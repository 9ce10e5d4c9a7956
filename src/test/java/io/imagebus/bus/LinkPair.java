package io.imagebus.bus;

import io.imagebus.base.ManualClock;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.flow.ByteBudget;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Moment;
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.wire.LinkEnvelope;
import io.imagebus.wire.NumberRanges;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/** A sending and a receiving node of which only the links exist, and the bytes between them. */
final class LinkPair {

  static final long MAX_AGE_NANOS = 2_000_000_000L;
  private static final String RECEIVER = "receiver";
  private static final long STEP_MILLIS = 10;

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
  private final RepairRing ring;
  private final RepairAnswers answers;
  private final Peer receiver;
  private final LinkMessageCodec codec = new LinkMessageCodec();
  private final ArrayDeque<byte[]> underWay = new ArrayDeque<>();
  private long consumed;
  private final ArrayDeque<byte[]> underWayBack = new ArrayDeque<>();
  Way way = Optional::of;
  Way wayBack = Optional::of;
  long unattributable;

  LinkPair(LinkLimits limits) {
    this(limits, RepairSettings.OFF, 1);
  }

  LinkPair(LinkLimits limits, RepairSettings repair, long seed) {
    transport =
        new ClusterTransport(
            message -> underWay.addLast(encoded(message)), clock, new UUID(1, 2), 77);
    ClusterTransport back =
        new ClusterTransport(
            message -> underWayBack.addLast(encoded(message)), clock, new UUID(3, 4), 78);
    ring = new RepairRing(repair.ringBytes(), repair.maxAgeMillis() * 1_000_000);
    outbound =
        new OutboundLink(
            limits, new KeepingTransport(transport, RECEIVER, ring, id -> !repair.isOff(), clock));
    inbound =
        new InboundLink(
            new InboundLink.Limits(
                new FrameAssembler.Limits(1 << 20, 1 << 22, MAX_AGE_NANOS), MAX_AGE_NANOS),
            new InboundLink.Repairing(repair, new SplittableRandom(seed), back::ask),
            id -> Optional.ofNullable(directory.get(id)),
            out::add,
            clock::epochMicros);
    answers = new RepairAnswers(ring, new ByteBudget(repair.bytesPerSecond()));
    receiver =
        new Peer(RECEIVER, transport, outbound, inbound, new NodeDirectory(0), clock.nanoTime());
  }

  LinkPair() {
    this(new LinkLimits(2 << 20, 4 << 20, MAX_AGE_NANOS, SkipReason.LINK_CREDIT));
  }

  private byte[] encoded(LinkMessage message) {
    Buffer wire = Buffer.buffer("before");
    codec.encodeToWire(wire, message);
    return wire.getBytes(6, wire.length());
  }

  /** Lets everything under way arrive. */
  void deliver() {
    while (!underWay.isEmpty()) {
      way.carry(underWay.pollFirst()).ifPresent(this::arrive);
    }
  }

  /** Lets requests under way arrive; the answers then are under way. */
  void deliverRequests() {
    while (!underWayBack.isEmpty()) {
      wayBack.carry(underWayBack.pollFirst()).ifPresent(this::arriveBack);
    }
  }

  private void arriveBack(byte[] wire) {
    LinkMessage message = codec.decodeFromWire(0, Buffer.buffer(wire));
    LinkEnvelope.decode(message.header(), message.body())
        .ifPresent(
            envelope ->
                answers.answer(
                    receiver,
                    new StreamId(envelope.stream()),
                    NumberRanges.decode(message.body()).orElseThrow(),
                    clock.nanoTime()));
  }

  /** Lets time pass in the steps of a node's timer; requests and answers travel. */
  void pass(long millis) {
    for (long passed = 0; passed < millis; passed += STEP_MILLIS) {
      clock.advanceMillis(STEP_MILLIS);
      inbound.tick(clock.nanoTime());
      ring.expire(clock.nanoTime());
      deliverRequests();
      deliver();
    }
  }

  /** Requests sent and not yet delivered. */
  int requestsUnderWay() {
    return underWayBack.size();
  }

  JsonObject answered() {
    return answers.toJson();
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
    } else if (envelope.kind() == LinkEnvelope.Kind.REFUSAL) {
      inbound.onRefusal(
          new StreamId(envelope.stream()),
          NumberRanges.decode(message.body()).orElseThrow(),
          clock.nanoTime());
    } else {
      JsonObject body = new JsonObject(Buffer.buffer(message.body()));
      StreamEvent event =
          EventJson.decode(new StreamId(envelope.stream()), envelope.skippedTotal(), body);
      inbound.onEvent(event, clock.nanoTime());
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
