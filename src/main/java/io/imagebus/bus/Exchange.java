package io.imagebus.bus;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.frame.StreamId;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The heart of a node: which streams there are, who wants them, and which links they go out on.
 * Does no I/O of its own: links have their transports, changes of this node's directory go to a
 * listener. Owned by the event loop of the {@link ClusterVerticle}.
 */
final class Exchange implements VariantWork.Host {

  /** What the exchange tells its verticle. */
  interface Listener {
    /** This node's directory changed; to be told to all others. */
    void directoryChanged(JsonObject delta);

    /** A stage's stream lost its topic to a newer publisher. */
    void replaced(String stageAddress, StreamId stream, String byNode);
  }

  /** For so long an end is told again each second. */
  private static final long REPEAT_END_NANOS = 3_000_000_000L;

  private final String self;
  private final Listener listener;
  private final SplittableRandom random;
  private final NodeDirectory ownDirectory;
  private final StreamTable streams;
  private final InterestIndex stageInterests = new InterestIndex();
  private final InterestIndex peerInterests = new InterestIndex();
  private final OwnInterests ownInterests = new OwnInterests();
  private final VariantWork work;
  private final Generations generations = new Generations();
  private final Map<StreamId, String> owners = new HashMap<>();
  private final Map<String, OutboundLink> stages = new HashMap<>();
  private final Map<String, Peer> peers = new HashMap<>();
  private int ownSources;

  Exchange(String self, Listener listener, SplittableRandom random, long maxLastFrameBytes) {
    this.self = self;
    this.listener = listener;
    this.random = random;
    this.ownDirectory = new NodeDirectory(random.nextLong());
    this.streams = new StreamTable(maxLastFrameBytes);
    this.work = new VariantWork(self, this, streams, ownDirectory, ownInterests, peerInterests);
  }

  // ---- the stages of this node ----

  /** Opens a stream of this node; it replaces every other of its topic and variant. */
  StreamInfo open(Open open, long nowNanos) {
    TopicKey key = new TopicKey(open.topic(), open.variant());
    StreamId id = StreamId.random(random);
    StreamInfo info =
        new StreamInfo(
            id,
            open.topic(),
            open.variant(),
            open.format(),
            open.source().orElse(id),
            self,
            generations.next(key));
    generations.heardOf(info);
    StreamRecord old = streams.get(key);
    if (old != null) {
      replace(old, self, nowNanos);
    }
    StreamRecord opened = new StreamRecord(new Opened(info, 0, 0), nowNanos);
    streams.put(opened);
    ownSources += info.variant().isSource() ? 1 : 0;
    owners.put(info.id(), open.address());
    listener.directoryChanged(ownDirectory.add(info));
    retarget(opened, nowNanos);
    work.order(opened, nowNanos);
    return info;
  }

  /** Ends a stream because a newer one has its topic. */
  private void replace(StreamRecord old, String byNode, long nowNanos) {
    if (!old.hasEnded()) {
      streams.pass(old, end(old, EndReason.REPLACED), nowNanos);
    }
    remove(old);
    String owner = owners.remove(old.info().id());
    if (owner != null) {
      listener.replaced(owner, old.info().id(), byNode);
    }
    peer(old.info().node()).ifPresent(peer -> peer.inbound().superseded(old.info().id(), nowNanos));
    work.replaced(old.info(), nowNanos);
  }

  @Override
  public void remove(StreamRecord gone) {
    StreamId id = gone.info().id();
    streams.remove(gone);
    stages.values().forEach(link -> link.forget(id));
    peers.values().forEach(peer -> peer.outbound().forget(id));
    if (isOwn(gone)) {
      ownSources -= gone.info().variant().isSource() ? 1 : 0;
      withdraw(id);
    }
    work.forget(gone.info());
  }

  /** The others need not know any more that this node numbers the stream. */
  private void withdraw(StreamId id) {
    if (ownDirectory.streams().containsKey(id)) {
      listener.directoryChanged(ownDirectory.remove(id));
    }
  }

  private static Ended end(StreamRecord stream, EndReason why) {
    return new Ended(stream.info().id(), stream.nextSequence(), stream.skippedTotal(), why);
  }

  /** Passes on what a stage says of its own stream. */
  void publish(StreamEvent event, long nowNanos) {
    StreamRecord stream = streams.get(event.stream());
    if (stream == null || !isOwn(stream)) {
      return;
    }
    streams.pass(stream, event, nowNanos);
    if (event instanceof Ended end) {
      owners.remove(event.stream());
      withdraw(event.stream());
      if (end.why() == EndReason.UNWANTED) {
        remove(stream);
      }
    }
  }

  /** A stage wants to hear; the first to want tells the other nodes. */
  void want(String address, OutboundLink link, Interest interest, long nowNanos) {
    stages.putIfAbsent(address, link);
    add(link, interest);
    // First: of a variant that rested, nobody is to hear an outdated picture.
    work.order(interest, nowNanos);
    retarget(interest, nowNanos);
  }

  /** A stage makes variants from now on. */
  void make(String address, OutboundLink link, Consumer<VariantOrders.Order> maker, long nowNanos) {
    stages.putIfAbsent(address, link);
    work.open(link, maker, nowNanos);
  }

  private void add(OutboundLink link, Interest interest) {
    stageInterests.add(link, interest);
    if (ownInterests.add(interest)) {
      listener.directoryChanged(ownDirectory.add(interest));
    }
  }

  /** Whether a stage of this node wants the stream, or did a moment ago. */
  boolean wants(StreamInfo stream) {
    return ownInterests.wants(stream);
  }

  void unwant(String address, Interest interest, long nowNanos) {
    OutboundLink link = stages.get(address);
    if (link != null) {
      stageInterests.remove(link, interest);
      ownInterests.remove(interest, nowNanos);
      retarget(interest, nowNanos);
    }
  }

  @Nullable OutboundLink stage(String address) {
    return stages.get(address);
  }

  // ---- other nodes ----

  /** A node is there for the first time, or again. */
  void peerUp(Peer peer, long nowNanos) {
    peers.put(peer.id(), peer);
    if (peer.state() == Peer.State.DOWN) {
      peer.up(nowNanos);
    }
    directoryOf(peer, nowNanos);
    streams.all().forEach(stream -> work.order(stream, nowNanos));
  }

  /** A node is gone: its streams have no known end, its link keeps count of what it misses. */
  void peerDown(Peer peer, long nowNanos) {
    peer.down(nowNanos);
    peer.inbound().lose(nowNanos);
    work.peersChanged(peers.values(), nowNanos);
    for (StreamRecord stream : streams.all()) {
      stream.suspend(peer.outbound());
      work.order(stream, nowNanos);
      if (stream.info().node().equals(peer.id()) && !stream.hasEnded()) {
        streams.pass(stream, end(stream, EndReason.NODE_LOST), nowNanos);
      }
    }
  }

  /** What a node says of itself has changed. */
  void directoryOf(Peer peer, long nowNanos) {
    List<Interest> changed = peerInterests.set(peer.outbound(), peer.directory().interests());
    for (StreamInfo theirs : peer.directory().streams().values()) {
      generations.heardOf(theirs);
      StreamRecord ours = streams.get(TopicKey.of(theirs));
      if (ours != null && isOwn(ours) && (ours.hasEnded() || theirs.replaces(ours.info()))) {
        replace(ours, peer.id(), nowNanos);
      }
    }
    changed.forEach(interest -> work.order(interest, nowNanos));
    for (StreamRecord stream : streams.all()) {
      retarget(stream, nowNanos);
    }
    work.peersChanged(peers.values(), nowNanos);
  }

  /** Takes what came from another node. */
  void inbound(StreamEvent event, long nowNanos) {
    StreamRecord stream = streams.get(event.stream());
    if (event instanceof Opened opened && stream == null) {
      follow(opened, nowNanos);
    } else if (stream != null && !isOwn(stream)) {
      if (stream.isLost() && !(event instanceof Ended || event instanceof Opened)) {
        reopen(stream, nowNanos);
      }
      streams.pass(stream, event, nowNanos);
    }
  }

  /** Its node had been given up and never knew: it goes on without a word. */
  private void reopen(StreamRecord stream, long nowNanos) {
    streams.pass(
        stream, new Opened(stream.info(), stream.nextSequence(), stream.skippedTotal()), nowNanos);
  }

  private void follow(Opened opened, long nowNanos) {
    generations.heardOf(opened.info());
    StreamRecord current = streams.get(TopicKey.of(opened.info()));
    if (current != null) {
      if (!current.hasEnded() && !opened.info().replaces(current.info())) {
        return;
      }
      replace(current, opened.info().node(), nowNanos);
    }
    StreamRecord added = new StreamRecord(opened, nowNanos);
    streams.put(added);
    retarget(added, nowNanos);
    work.order(added, nowNanos);
  }

  // ---- who hears what ----

  private void retarget(Interest interest, long nowNanos) {
    for (StreamRecord stream : streams.all()) {
      if (interest.variant().equals(stream.info().variant())
          && interest.filter().matches(stream.info().topic())) {
        retarget(stream, nowNanos);
      }
    }
  }

  @Override
  public void retarget(StreamRecord stream, long nowNanos) {
    Set<OutboundLink> stageLinks = stageInterests.match(stream.info());
    Set<OutboundLink> peerLinks = isOwn(stream) ? peerInterests.match(stream.info()) : Set.of();
    OutboundLink maker = work.listener(stream.info().id());
    for (OutboundLink link : stream.targets()) {
      if (!stageLinks.contains(link) && !peerLinks.contains(link) && link != maker) {
        stream.leave(link);
      }
    }
    stageLinks.forEach(link -> stream.join(link, nowNanos));
    if (maker != null) {
      stream.join(maker, nowNanos);
    }
    for (OutboundLink link : peerLinks) {
      if (!link.isDown()) {
        stream.join(link, nowNanos);
      }
    }
  }

  /** The work on variants, and who does it. */
  VariantWork work() {
    return work;
  }

  @Override
  public void wantSource(OutboundLink link, Interest interest, boolean wanted, long nowNanos) {
    if (wanted) {
      add(link, interest);
    } else {
      stageInterests.remove(link, interest);
      ownInterests.remove(interest, nowNanos);
    }
    retarget(interest, nowNanos);
  }

  @Override
  public void directoryChanged(JsonObject delta) {
    listener.directoryChanged(delta);
  }

  @Override
  public boolean isOwn(StreamRecord stream) {
    return stream.info().node().equals(self);
  }

  // ---- time ----

  /**
   * Ceases to follow what nobody wants any more; to be called several times a second.
   *
   * @return the streams of other nodes that this node does not follow any more
   */
  List<StreamInfo> withdraw(long nowNanos) {
    List<Interest> withdrawn = ownInterests.expired(nowNanos);
    withdrawn.forEach(i -> listener.directoryChanged(ownDirectory.remove(i)));
    withdrawn.forEach(i -> work.order(i, nowNanos));
    work.endRests(nowNanos);
    return withdrawn.isEmpty()
        ? List.of()
        : unfollow(stream -> !isOwn(stream) && !ownInterests.wants(stream.info()));
  }

  private List<StreamInfo> unfollow(Predicate<StreamRecord> isDone) {
    List<StreamRecord> done = streams.all().stream().filter(isDone).toList();
    done.forEach(this::remove);
    return done.stream().filter(stream -> !isOwn(stream)).map(StreamRecord::info).toList();
  }

  /**
   * Forgets what has been over for long; to be called each second.
   *
   * @return the streams of other nodes that this node does not follow any more
   */
  List<StreamInfo> expire(long retentionNanos, long nowNanos) {
    work.everySecond(peers.values(), nowNanos);
    for (StreamRecord stream : streams.all()) {
      if (isOwn(stream) && nowNanos - stream.changedNanos() < REPEAT_END_NANOS) {
        peers.values().forEach(peer -> stream.repeatEnd(peer.outbound(), nowNanos));
      }
    }
    List<StreamInfo> unfollowed =
        unfollow(stream -> stream.hasEnded() && nowNanos - stream.changedNanos() > retentionNanos);
    peers.values().forEach(peer -> peer.inbound().expire(retentionNanos, nowNanos));
    peers.values().removeIf(peer -> isForgotten(peer, retentionNanos, nowNanos));
    return unfollowed;
  }

  private boolean isForgotten(Peer peer, long retentionNanos, long nowNanos) {
    boolean gone = peer.downNanos(nowNanos) > retentionNanos && !peer.inbound().hasAccounts();
    if (gone) {
      peerInterests.set(peer.outbound(), Set.of());
    }
    return gone;
  }

  // ---- what others ask for ----

  NodeDirectory ownDirectory() {
    return ownDirectory;
  }

  Collection<Peer> peers() {
    return peers.values();
  }

  Optional<Peer> peer(String id) {
    return Optional.ofNullable(peers.get(id));
  }

  Collection<OutboundLink> stageLinks() {
    return stages.values();
  }

  /** Whether one more source would exceed the bound; one that replaces another does not. */
  boolean isFull(TopicKey topic, int maxOwnSources) {
    StreamRecord current = streams.get(topic);
    return topic.variant().isSource()
        && ownSources >= maxOwnSources
        && (current == null || !isOwn(current));
  }

  StreamTable streams() {
    return streams;
  }
}
