package io.imagebus.bus;

import io.imagebus.base.Clock;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.flow.ByteBudget;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.wire.LinkEnvelope;
import io.imagebus.wire.NumberRange;
import io.imagebus.wire.NumberRanges;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links of this node to all others: makes them when a node is heard of, takes their messages,
 * acknowledges, probes, and notices who has gone. Owned by the event loop of the {@link
 * ClusterVerticle}.
 */
final class PeerLinks implements DirectoryGossip.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(PeerLinks.class);

  /**
   * A node that is no member any more and silent for so long is gone. One that still speaks stays:
   * Hazelcast drops members that are well when it heals a split.
   */
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /**
   * A node that is heard on one of its two ways only for so long cannot find this node's other
   * registration.
   */
  private static final long SUSPICIOUS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long REGISTER_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long ACK_BYTES = 256 * 1024;
  private static final long ACK_MILLIS = 10;
  private static final DeliveryOptions LINK_MESSAGE =
      new DeliveryOptions().setCodecName(LinkMessageCodec.NAME);

  private final Vertx vertx;
  private final BusSettings settings;
  private final Membership membership;
  private final Clock clock;
  private final SplittableRandom random;
  private final Exchange exchange;
  private final UUID selfId;
  private final RepairRing ring;
  private final RepairAnswers answers;
  private final Map<UUID, PendingAck> acks = new HashMap<>();
  private @Nullable DirectoryGossip gossip;
  private @Nullable MessageConsumer<LinkMessage> consumer;
  private long registeredNanos;
  private boolean suspected;
  private long unattributable;

  private static final class PendingAck {
    long epoch;
    long endOffset;
    long ackedOffset;
    boolean scheduled;
  }

  PeerLinks(
      Vertx vertx,
      BusSettings settings,
      Membership membership,
      Clock clock,
      SplittableRandom random,
      Exchange exchange) {
    this.vertx = vertx;
    this.settings = settings;
    this.membership = membership;
    this.clock = clock;
    this.random = random;
    this.exchange = exchange;
    this.selfId = UUID.fromString(membership.self());
    RepairSettings repair = settings.repair();
    this.ring =
        new RepairRing(repair.ringBytes(), TimeUnit.MILLISECONDS.toNanos(repair.maxAgeMillis()));
    this.answers = new RepairAnswers(ring, new ByteBudget(repair.bytesPerSecond()));
  }

  void start(DirectoryGossip spreads) {
    gossip = spreads;
    vertx.eventBus().registerCodec(new LinkMessageCodec());
    register();
    var context = vertx.getOrCreateContext();
    membership.onLeft(node -> context.runOnContext(ignored -> everySecond()));
  }

  private void register() {
    registeredNanos = clock.nanoTime();
    consumer = vertx.eventBus().consumer(Addresses.node(membership.self()), m -> onLink(m.body()));
  }

  // ---- what the others send ----

  private void onLink(LinkMessage message) {
    Optional<LinkEnvelope> decoded = LinkEnvelope.decode(message.header(), message.body());
    if (decoded.isEmpty()) {
      unattributable++;
      return;
    }
    LinkEnvelope envelope = decoded.get();
    Peer peer = peer(envelope.node().toString());
    long now = clock.nanoTime();
    peer.heardOnLink(now);
    switch (envelope.kind()) {
      case CHUNK -> peer.inbound().onChunk(envelope, message.body(), now);
      case EVENT -> onEvent(peer, envelope, message.body(), now);
      case ACK -> peer.acknowledged(envelope.epoch(), envelope.endOffset(), now);
      case PROBE -> LOG.trace("probe of {}", peer.id());
      case REQUEST, REFUSAL -> onRepair(peer, envelope, message.body(), now);
    }
    boolean probe = envelope.kind() == LinkEnvelope.Kind.PROBE;
    if (probe || (envelope.kind() != LinkEnvelope.Kind.ACK && envelope.endOffset() > 0)) {
      acknowledge(peer, envelope);
    }
  }

  private void onEvent(Peer peer, LinkEnvelope envelope, byte[] body, long nowNanos) {
    StreamEvent event;
    try {
      event =
          EventJson.decode(
              new StreamId(envelope.stream()),
              envelope.skippedTotal(),
              new JsonObject(Buffer.buffer(body)));
    } catch (RuntimeException e) {
      unattributable++;
      LOG.warn("link message from node {} that this node does not understand", peer.id(), e);
      return;
    }
    if (event instanceof Opened opened && !opened.info().node().equals(peer.id())) {
      unattributable++;
      return;
    }
    peer.inbound().onEvent(event, nowNanos);
  }

  private void onRepair(Peer peer, LinkEnvelope envelope, byte[] body, long nowNanos) {
    Optional<List<NumberRange>> numbers = NumberRanges.decode(body);
    StreamId stream = new StreamId(envelope.stream());
    if (numbers.isEmpty()) {
      unattributable++;
    } else if (envelope.kind() == LinkEnvelope.Kind.REQUEST) {
      answers.answer(peer, stream, numbers.get(), nowNanos);
    } else {
      peer.inbound().onRefusal(stream, numbers.get(), nowNanos);
    }
  }

  /** After consumption, and not for each message: at most every few milliseconds or 256 KiB. */
  private void acknowledge(Peer peer, LinkEnvelope envelope) {
    PendingAck ack = acks.computeIfAbsent(envelope.node(), any -> new PendingAck());
    if (ack.epoch != envelope.epoch()) {
      ack.epoch = envelope.epoch();
      ack.endOffset = 0;
      ack.ackedOffset = 0;
    }
    ack.endOffset = Math.max(ack.endOffset, envelope.endOffset());
    boolean now =
        envelope.kind() == LinkEnvelope.Kind.PROBE || ack.endOffset - ack.ackedOffset >= ACK_BYTES;
    if (now) {
      send(peer, ack);
    } else if (!ack.scheduled) {
      ack.scheduled = true;
      vertx.setTimer(
          ACK_MILLIS,
          timer -> {
            ack.scheduled = false;
            send(peer, ack);
          });
    }
  }

  private static void send(Peer peer, PendingAck ack) {
    ack.ackedOffset = ack.endOffset;
    peer.transport().acknowledge(ack.epoch, ack.endOffset);
  }

  // ---- who is there ----

  private Peer peer(String node) {
    return exchange.peer(node).orElseGet(() -> meet(node));
  }

  private Peer meet(String node) {
    String address = Addresses.node(node);
    ClusterTransport transport =
        new ClusterTransport(
            message -> vertx.eventBus().send(address, message, LINK_MESSAGE),
            clock,
            selfId,
            random.nextLong());
    long maxAgeNanos = TimeUnit.MILLISECONDS.toNanos(settings.maxAgeMillis());
    OutboundLink outbound =
        new OutboundLink(
            new LinkLimits(
                settings.windowBytes(), settings.queueBytes(), maxAgeNanos, SkipReason.LINK_CREDIT),
            new KeepingTransport(transport, node, ring, this::isMustSee, clock));
    FrameAssembler.Limits assembly = ClusterVerticle.assemblyLimits(settings);
    InboundLink inbound =
        new InboundLink(
            new InboundLink.Limits(assembly, maxAgeNanos),
            new InboundLink.Repairing(settings.repair(), random.split(), transport::ask),
            directoryOf(node),
            event -> exchange.inbound(event, clock.nanoTime()),
            clock::epochMicros);
    long now = clock.nanoTime();
    Peer peer =
        new Peer(node, transport, outbound, inbound, new NodeDirectory(random.nextLong()), now);
    exchange.peerUp(peer, now);
    transport.probe(0);
    LOG.info("node {} joined", node);
    return peer;
  }

  private InboundLink.Directory directoryOf(String node) {
    return new InboundLink.Directory() {
      @Override
      public Optional<StreamInfo> info(StreamId stream) {
        return exchange
            .peer(node)
            .flatMap(peer -> Optional.ofNullable(peer.directory().streams().get(stream)));
      }

      @Override
      public boolean wants(StreamInfo stream) {
        return exchange.wants(stream);
      }
    };
  }

  private boolean isMustSee(StreamId stream) {
    StreamRecord known = settings.repair().isOff() ? null : exchange.streams().get(stream);
    return known != null && settings.repair().wants(known.info().topic());
  }

  @Override
  public void heard(String node, String httpUrl) {
    Peer peer = peer(node);
    long now = clock.nanoTime();
    peer.heard(httpUrl, now);
    if (peer.state() == Peer.State.DOWN) {
      LOG.info("node {} is back", node);
      exchange.peerUp(peer, now);
    }
  }

  @Override
  public void room(String node, boolean hasRoom) {
    peer(node).room(hasRoom);
  }

  @Override
  public @Nullable NodeDirectory known(String node) {
    return exchange.peer(node).map(Peer::directory).orElse(null);
  }

  @Override
  public void changed(String node, NodeDirectory directory) {
    Peer peer = peer(node);
    peer.directory(directory);
    exchange.directoryOf(peer, clock.nanoTime());
  }

  @Override
  public void leaving(String node) {
    exchange.peer(node).filter(p -> p.state() != Peer.State.DOWN).ifPresent(this::gone);
  }

  private void gone(Peer peer) {
    LOG.info("node {} left", peer.id());
    exchange.peerDown(peer, clock.nanoTime());
  }

  /** Probes the links and notices the silent. */
  void everySecond() {
    long now = clock.nanoTime();
    long degradedAfter = TimeUnit.MILLISECONDS.toNanos(settings.degradedAfterMillis());
    Set<String> members = Set.copyOf(membership.members());
    boolean suspicious = false;
    for (Peer peer : Set.copyOf(exchange.peers())) {
      Peer.State before = peer.state();
      peer.probe(degradedAfter, now);
      if (before != peer.state()) {
        LOG.info("link to node {} is {}", peer.id(), peer.state());
      }
      boolean member = members.contains(peer.id());
      if (peer.state() != Peer.State.DOWN && !member && peer.silentNanos(now) > SILENT_NANOS) {
        gone(peer);
      }
      suspicious |= peer.state() == Peer.State.UP && peer.halfDeafNanos() > SUSPICIOUS_NANOS;
    }
    acks.keySet().removeIf(node -> exchange.peer(node.toString()).isEmpty());
    // Twice in turn: a node that stood still finds the news of one way before those of the other.
    if (suspicious && suspected && now - registeredNanos > REGISTER_AGAIN_NANOS) {
      registerAgain();
    }
    suspected = suspicious;
  }

  /** Asks again for what is missing of must-see topics; to be called every few milliseconds. */
  void repair() {
    long now = clock.nanoTime();
    exchange.peers().forEach(peer -> peer.inbound().repair(now));
    ring.expire(now);
  }

  /** What was sent again on request. */
  JsonObject repairsJson() {
    return answers.toJson();
  }

  /** Link messages so damaged that nothing in them may be believed. */
  long unattributable() {
    return unattributable;
  }

  private void registerAgain() {
    LOG.info("registering on the event bus again: a node is heard on one of two ways only");
    if (consumer != null) {
      consumer.unregister();
    }
    register();
    if (gossip != null) {
      gossip.registerAgain();
    }
    ClusterQuery.registerAgain(vertx);
  }
}
