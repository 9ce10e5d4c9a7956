package io.imagebus.bus;

import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * The node that numbers a source makes its variants, or lends that work to another, and says so in
 * its directory. Who has borrowed a source wants it like a display, and finds out itself what the
 * cluster asks for of it: the interests of all nodes are known to each. Its variants are newer
 * streams of their topics, so each takes the place of the lender's, whose work on it ends with that,
 * not before. Back it goes the same way: the owner opens newer ones.
 */
/** Which variants this node makes, and of which streams. Owned by the exchange. */
final class VariantWork {

  private static final Logger LOG = LoggerFactory.getLogger(VariantWork.class);

  /** Who gave a source back makes on for so long at most, until the owner has taken over. */
  private static final long RELEASE_NANOS = 3_000_000_000L;

  /** What the exchange does for it. */
  interface Host {
    /** Whether this node numbers the stream. */
    boolean isOwn(StreamRecord stream);

    /** Who hears the stream may be others than before. */
    void retarget(StreamRecord stream, long nowNanos);

    /** The stream is over. */
    void remove(StreamRecord stream);

    /** A stage wants something to be sent to this node, or no longer. */
    void wantSource(OutboundLink link, Interest interest, boolean wanted, long nowNanos);

    /** To be told to all others. */
    void directoryChanged(JsonObject delta);
  }

  private final String self;
  private final Host host;
  private final StreamTable streams;
  private final NodeDirectory ownDirectory;
  private final OwnInterests ownInterests;
  private final InterestIndex peerInterests;
  private final VariantDemand demand = new VariantDemand();
  private final Map<StreamId, StreamInfo> borrowed = new HashMap<>();
  private final Map<StreamId, Long> released = new HashMap<>();
  private final WorkPlacement placement = new WorkPlacement();

  VariantWork(
      String self,
      Host host,
      StreamTable streams,
      NodeDirectory ownDirectory,
      OwnInterests ownInterests,
      InterestIndex peerInterests) {
    this.self = self;
    this.host = host;
    this.streams = streams;
    this.ownDirectory = ownDirectory;
    this.ownInterests = ownInterests;
    this.peerInterests = peerInterests;
  }

  /** A stage of this node makes variants from now on. */
  void open(OutboundLink link, Consumer<VariantOrders.Order> maker, long nowNanos) {
    demand.open(link, maker);
    streams.all().forEach(stream -> order(stream, nowNanos));
  }

  /** Where the stream must be heard for its variants, if there are any. */
  @Nullable OutboundLink listener(StreamId source) {
    return demand.listener(source);
  }

  /** Somebody begins or ceases to ask for something. */
  void order(Interest interest, long nowNanos) {
    if (interest.variant().isSource()) {
      return;
    }
    for (StreamRecord stream : streams.all()) {
      if (interest.filter().matches(stream.info().topic())) {
        order(stream, nowNanos);
      }
    }
  }

  /** Has the variants made that are asked for, and gives up those that are not any more. */
  void order(StreamRecord source, long nowNanos) {
    StreamId id = source.info().id();
    if (!source.info().variant().isSource() || !(host.isOwn(source) || demand.knows(id))) {
      return;
    }
    Topic topic = source.info().topic();
    Set<Variant> wanted = ownInterests.variantsOf(topic);
    wanted.addAll(peerInterests.variantsOf(topic));
    boolean isHere = isToBeMadeHere(source);
    if (!isHere) {
      // The other node has the rest, and will have these once it has them.
      wanted.removeIf(variant -> !isStillMadeHere(topic, variant));
    }
    VariantDemand.Change change = demand.ask(source.info(), wanted, isHere, nowNanos);
    change.gone().forEach(variant -> removeIfOver(new TopicKey(topic, variant)));
    change.resumed().forEach(variant -> dropOutdated(source, new TopicKey(topic, variant)));
    host.retarget(source, nowNanos);
  }

  private void removeIfOver(TopicKey gone) {
    StreamRecord variant = streams.get(gone);
    if (variant != null && host.isOwn(variant) && variant.hasEnded()) {
      host.remove(variant);
    }
  }

  /** Who joins a variant that rested waits for the source's newest picture, which is on its way. */
  private void dropOutdated(StreamRecord source, TopicKey resumed) {
    StreamRecord variant = streams.get(resumed);
    StreamEvent.Arrived newest = source.last();
    StreamEvent.Arrived last = variant == null ? null : variant.last();
    if (variant != null
        && newest != null
        && last != null
        && newest.frame().number() - last.frame().number() > 0) {
      streams.dropLastFrame(variant);
    }
  }

  /** Ends the variants that nobody has asked for for long; to be called several times a second. */
  void endRests(long nowNanos) {
    demand.endRests(nowNanos).forEach(this::removeIfOver);
  }

  private boolean isToBeMadeHere(StreamRecord source) {
    StreamId id = source.info().id();
    return host.isOwn(source)
        ? !ownDirectory.lent().containsKey(id)
        : borrowed.containsKey(id) && !released.containsKey(id);
  }

  private boolean isStillMadeHere(Topic topic, Variant variant) {
    StreamRecord stream = streams.get(new TopicKey(topic, variant));
    return stream != null && host.isOwn(stream) && !stream.hasEnded();
  }

  /** A variant that this node made has been replaced; perhaps another node makes it now. */
  void replaced(StreamInfo variant, long nowNanos) {
    StreamRecord source = streams.get(variant.source());
    if (source != null && !isToBeMadeHere(source)) {
      order(source, nowNanos);
    }
  }

  /** A stream is no more. */
  void forget(StreamInfo source) {
    if (ownDirectory.lent().containsKey(source.id())) {
      host.directoryChanged(ownDirectory.takeBack(source.id()));
    }
    demand.end(source);
  }

  // ---- lending ----

  /** Lends the work on one of this node's sources to another node. */
  void lend(StreamRecord source, String toNode, long nowNanos) {
    host.directoryChanged(ownDirectory.lend(source.info().id(), toNode));
    order(source, nowNanos);
  }

  /** Takes the work on a source back. */
  void takeBack(StreamId id, long nowNanos) {
    LOG.info("variants of stream {} are made here again", id);
    host.directoryChanged(ownDirectory.takeBack(id));
    StreamRecord source = streams.get(id);
    if (source != null) {
      order(source, nowNanos);
    }
  }

  /** What nodes say of themselves has changed, or which of them can be reached. */
  void peersChanged(Collection<Peer> peers, long nowNanos) {
    Map<StreamId, StreamInfo> lent = new HashMap<>();
    Set<String> reachable = new HashSet<>();
    for (Peer peer : peers) {
      if (peer.state() != Peer.State.DOWN) {
        reachable.add(peer.id());
        lent.putAll(peer.directory().lentTo(self));
      }
    }
    borrow(lent, nowNanos);
    for (Map.Entry<StreamId, String> each : Map.copyOf(ownDirectory.lent()).entrySet()) {
      if (!reachable.contains(each.getValue())) {
        takeBack(each.getKey(), nowNanos);
      }
    }
  }

  private void borrow(Map<StreamId, StreamInfo> lent, long nowNanos) {
    OutboundLink maker = demand.maker();
    if (maker != null) {
      lent.values().forEach(source -> borrow(source, maker, nowNanos));
    }
    for (StreamId id : borrowed.keySet()) {
      if (!lent.containsKey(id)) {
        released.putIfAbsent(id, nowNanos);
      }
    }
  }

  private void borrow(StreamInfo source, OutboundLink maker, long nowNanos) {
    boolean isNew = borrowed.putIfAbsent(source.id(), source) == null;
    boolean isBack = released.remove(source.id()) != null;
    if (isNew) {
      demand.expect(source.id());
      host.wantSource(maker, interestIn(source), true, nowNanos);
    }
    StreamRecord known = streams.get(source.id());
    if ((isNew || isBack) && known != null) {
      order(known, nowNanos);
    }
  }

  private static Interest interestIn(StreamInfo source) {
    return new Interest(TopicFilter.of(source.topic()), Variant.SOURCE);
  }

  /** The stage that makes variants says how much it has to do. */
  void load(WorkPlacement.Load load, long nowNanos) {
    placement.load(load, nowNanos);
  }

  /** Whether other nodes may lend work to this one. */
  boolean hasRoom() {
    return demand.maker() != null && placement.load() == WorkPlacement.Load.ROOM;
  }

  /** Moves what should be moved, and lets go of what was given back a while ago. */
  void everySecond(Collection<Peer> peers, long nowNanos) {
    Set<String> withRoom = new HashSet<>();
    for (Peer peer : peers) {
      if (peer.state() == Peer.State.UP && peer.hasRoom()) {
        withRoom.add(peer.id());
      }
    }
    placement
        .look(made(), ownDirectory.lent().keySet(), withRoom, nowNanos)
        .ifPresent(move -> move(move, nowNanos));
    for (Map.Entry<StreamId, Long> each : Map.copyOf(released).entrySet()) {
      if (nowNanos - each.getValue() >= RELEASE_NANOS) {
        giveUp(each.getKey(), nowNanos);
      }
    }
  }

  private void move(WorkPlacement.Move move, long nowNanos) {
    StreamRecord source = streams.get(move.source());
    if (move.toNode().isEmpty()) {
      takeBack(move.source(), nowNanos);
    } else if (source != null) {
      LOG.info("variants of {} are made on node {}", source.info().topic(), move.toNode().get());
      lend(source, move.toNode().get(), nowNanos);
    }
  }

  private void giveUp(StreamId id, long nowNanos) {
    released.remove(id);
    StreamInfo source = borrowed.remove(id);
    demand.expectNoMore(id);
    OutboundLink maker = demand.maker();
    if (source != null && maker != null) {
      demand.end(source);
      host.wantSource(maker, interestIn(source), false, nowNanos);
    }
  }

  /** The own sources that variants are made of here. */
  private Set<StreamId> made() {
    Set<StreamId> own = new HashSet<>();
    for (StreamId id : demand.sources()) {
      StreamRecord source = streams.get(id);
      boolean isLent = ownDirectory.lent().containsKey(id);
      if (source != null && host.isOwn(source) && !isLent) {
        own.add(id);
      }
    }
    return own;
  }
}
