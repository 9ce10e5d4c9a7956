package io.imagebus.bus;

import io.imagebus.base.ManualClock;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.imagebus.wire.LinkEnvelope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/** Some nodes of which only the exchanges and their links exist, and what travels between them. */
final class Neighbourhood {

  private static final long MAX_AGE_NANOS = 2_000_000_000L;
  private static final LinkLimits LIMITS =
      new LinkLimits(2 << 20, 4 << 20, MAX_AGE_NANOS, SkipReason.LINK_CREDIT);

  final ManualClock clock = new ManualClock();
  private final SplittableRandom random = new SplittableRandom(42);
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Set<Set<String>> cuts = new HashSet<>();
  private final ArrayDeque<Runnable> underWay = new ArrayDeque<>();

  /** Starts nodes that know of each other. */
  static Neighbourhood of(int size) {
    Neighbourhood all = new Neighbourhood();
    for (int i = 0; i < size; i++) {
      String id = new UUID(0, i).toString();
      all.nodes.put(id, all.new Node(id));
    }
    all.nodes.values().forEach(Node::meetAll);
    all.settle();
    return all;
  }

  Node node(int index) {
    return nodes.get(new UUID(0, index).toString());
  }

  /** Lets everything under way arrive, and what that sets off. */
  void settle() {
    while (!underWay.isEmpty()) {
      underWay.pollFirst().run();
    }
  }

  /** From now on nothing passes between two nodes. */
  void cut(int one, int other) {
    cuts.add(Set.of(node(one).id, node(other).id));
  }

  /** Lets messages pass again; directories are exchanged anew. */
  void heal(int one, int other) {
    cuts.remove(Set.of(node(one).id, node(other).id));
  }

  private void carry(String from, String to, Runnable arrival) {
    underWay.addLast(
        () -> {
          if (!cuts.contains(Set.of(from, to))) {
            arrival.run();
          }
        });
  }

  /** One node: its exchange and one stage that hears. */
  final class Node implements Exchange.Listener {
    final String id;
    final Exchange exchange;
    final List<StreamEvent> heard = new ArrayList<>();
    final List<StreamId> replaced = new ArrayList<>();
    final Map<StreamId, Set<Variant>> ordered = new LinkedHashMap<>();
    final Map<StreamId, Set<Variant>> resting = new LinkedHashMap<>();
    private final OutboundLink stage;
    private final Map<StreamId, Chunker> chunkers = new LinkedHashMap<>();

    Node(String id) {
      this.id = id;
      exchange = new Exchange(id, this, random.split(), 1 << 20);
      LinkTransport toStage =
          new LinkTransport() {
            @Override
            public long sizeOf(StreamEvent event) {
              return 1;
            }

            @Override
            public void send(StreamEvent event, long endOffset) {
              heard.add(event);
              underWay.addLast(() -> stage.acknowledged(endOffset, clock.nanoTime()));
            }
          };
      stage = new OutboundLink(LIMITS, toStage);
    }

    private void meetAll() {
      for (Node other : nodes.values()) {
        if (other != this) {
          exchange.peerUp(peerOf(other), clock.nanoTime());
        }
      }
    }

    private Peer peerOf(Node other) {
      ClusterTransport transport =
          new ClusterTransport(
              message -> carry(id, other.id, () -> other.onLink(this, message)),
              clock,
              UUID.fromString(id),
              random.nextLong());
      InboundLink inbound =
          new InboundLink(
              new InboundLink.Limits(
                  new FrameAssembler.Limits(1 << 20, 1 << 22, MAX_AGE_NANOS), MAX_AGE_NANOS),
              InboundLink.Repairing.off(),
              new InboundLink.Directory() {
                @Override
                public Optional<StreamInfo> info(StreamId stream) {
                  return Optional.ofNullable(peer(other).directory().streams().get(stream));
                }

                @Override
                public boolean wants(StreamInfo stream) {
                  return exchange.wants(stream);
                }
              },
              event -> exchange.inbound(event, clock.nanoTime()),
              clock::epochMicros);
      return new Peer(
          other.id,
          transport,
          new OutboundLink(LIMITS, transport),
          inbound,
          new NodeDirectory(0),
          clock.nanoTime());
    }

    Peer peer(Node other) {
      return exchange.peer(other.id).orElseThrow();
    }

    private void onLink(Node from, LinkMessage message) {
      LinkEnvelope envelope = LinkEnvelope.decode(message.header(), message.body()).orElseThrow();
      Peer peer = peer(from);
      long now = clock.nanoTime();
      switch (envelope.kind()) {
        case CHUNK -> peer.inbound().onChunk(envelope, message.body(), now);
        case EVENT ->
            peer.inbound()
                .onEvent(
                    EventJson.decode(
                        new StreamId(envelope.stream()),
                        envelope.skippedTotal(),
                        new JsonObject(Buffer.buffer(message.body()))),
                    now);
        case ACK -> peer.acknowledged(envelope.epoch(), envelope.endOffset(), now);
        case PROBE, REQUEST, REFUSAL -> {}
      }
      if (envelope.kind() != LinkEnvelope.Kind.ACK && envelope.endOffset() > 0) {
        peer.transport().acknowledge(envelope.epoch(), envelope.endOffset());
      }
    }

    @Override
    public void directoryChanged(JsonObject delta) {
      for (Node other : nodes.values()) {
        if (other != this) {
          carry(id, other.id, () -> other.onDelta(this, delta));
        }
      }
    }

    private void onDelta(Node from, JsonObject delta) {
      Peer peer = peer(from);
      if (!peer.directory().apply(delta)) {
        peer.directory(NodeDirectory.fromSnapshot(from.exchange.ownDirectory().snapshot()));
      }
      exchange.directoryOf(peer, clock.nanoTime());
    }

    @Override
    public void replaced(String stageAddress, StreamId stream, String byNode) {
      replaced.add(stream);
    }

    /** Takes another node for gone. */
    void loses(Node other) {
      exchange.peerDown(peer(other), clock.nanoTime());
    }

    /** Hears another node again. */
    void findsAgain(Node other) {
      Peer peer = peer(other);
      peer.directory(NodeDirectory.fromSnapshot(other.exchange.ownDirectory().snapshot()));
      exchange.peerUp(peer, clock.nanoTime());
    }

    StreamInfo open(String topic) {
      StreamInfo info =
          exchange.open(
              new Open(
                  "ingest", new Topic(topic), Variant.SOURCE, ImageFormat.JPEG, Optional.empty()),
              clock.nanoTime());
      chunkers.put(info.id(), Streams.chunker(info));
      settle();
      return info;
    }

    /** Publishes the stream's next frame. */
    byte[] publish(StreamInfo info) {
      ChunkedFrame frame = Streams.frame(chunkers.get(info.id()), 1_500);
      publish(new Arrived(frame, 0));
      return frame.picture().getBytes();
    }

    void publish(StreamEvent event) {
      exchange.publish(event, clock.nanoTime());
      settle();
    }

    void want(String filter, Variant variant) {
      exchange.want(
          "stage", stage, new Interest(new TopicFilter(filter), variant), clock.nanoTime());
      settle();
    }

    void unwant(String filter, Variant variant) {
      exchange.unwant("stage", new Interest(new TopicFilter(filter), variant), clock.nanoTime());
      settle();
    }

    /** A stage of the node makes variants; it hears what it is made of as the stage does. */
    void make() {
      exchange.make(
          "stage",
          stage,
          order -> {
            ordered.put(order.source().id(), order.made());
            resting.put(order.source().id(), order.resting());
          },
          clock.nanoTime());
      settle();
    }

    /** Opens a variant of a stream. */
    StreamInfo openVariant(StreamInfo source, Variant variant) {
      StreamInfo info =
          exchange.open(
              new Open(
                  "compression",
                  source.topic(),
                  variant,
                  ImageFormat.JPEG,
                  Optional.of(source.id())),
              clock.nanoTime());
      chunkers.put(info.id(), Streams.chunker(info));
      settle();
      return info;
    }

    void want(String filter) {
      exchange.want("stage", stage, interest(filter), clock.nanoTime());
      settle();
    }

    void unwant(String filter) {
      exchange.unwant("stage", interest(filter), clock.nanoTime());
      settle();
    }

    /** A second passes here. */
    void expire(long retentionNanos) {
      forget(exchange.withdraw(clock.nanoTime()));
      forget(exchange.expire(retentionNanos, clock.nanoTime()));
      settle();
    }

    private void forget(List<StreamInfo> unfollowed) {
      for (StreamInfo gone : unfollowed) {
        exchange
            .peer(gone.node())
            .ifPresent(p -> p.inbound().forget(TopicKey.of(gone), clock.nanoTime()));
      }
    }

    private Interest interest(String filter) {
      return new Interest(new TopicFilter(filter), Variant.SOURCE);
    }

    /** What the stage heard since the last call. */
    List<StreamEvent> take() {
      List<StreamEvent> taken = List.copyOf(heard);
      heard.clear();
      return taken;
    }

    /** Whether the last frame that the stage heard is this picture; forgets what it heard. */
    boolean tookPicture(byte[] picture) {
      List<StreamEvent> taken = take();
      return !taken.isEmpty()
          && taken.get(taken.size() - 1) instanceof Arrived arrived
          && Arrays.equals(arrived.frame().picture().getBytes(), picture);
    }
  }
}
