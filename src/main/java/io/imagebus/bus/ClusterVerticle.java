package io.imagebus.bus;

import io.imagebus.base.Clock;
import io.imagebus.bus.AccountFeed.Account;
import io.imagebus.bus.StageMessage.Busy;
import io.imagebus.bus.StageMessage.Consumed;
import io.imagebus.bus.StageMessage.Make;
import io.imagebus.bus.StageMessage.Ordered;
import io.imagebus.bus.StageMessage.Publish;
import io.imagebus.bus.StageMessage.Replaced;
import io.imagebus.bus.StageMessage.Unwant;
import io.imagebus.bus.StageMessage.Want;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.AlarmBoard;
import io.imagebus.sequence.Moment;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The node's part in the cluster: runs the exchange, the links to the other nodes and the spreading
 * of the directory. One instance a node; what it owns is touched on its event loop only.
 */
public final class ClusterVerticle extends VerticleBase implements Exchange.Listener {

  private static final long TICK_MILLIS = 100;
  private static final long BEACON_MILLIS = 1_000;
  private static final long REPAIR_MILLIS = 10;
  private static final long FLUSH_LOOK_MILLIS = 10;

  private final BusSettings settings;
  private final Membership membership;
  private final Clock clock;
  private final SplittableRandom random;
  private final Exchange exchange;
  private final AlarmBoard alarms = new AlarmBoard(new AlarmLog());
  private @Nullable LocalBus localBus;
  private @Nullable DirectoryGossip gossip;
  private @Nullable PeerLinks links;

  /** The part of one node; to be deployed once for each Vert.x. */
  public ClusterVerticle(
      BusSettings settings, Membership membership, Clock clock, SplittableRandom random) {
    this.settings = settings;
    this.membership = membership;
    this.clock = clock;
    this.random = random;
    this.exchange = new Exchange(membership.self(), this, random, settings.lastFramesBytes());
  }

  @Override
  public Future<?> start() {
    LocalBus.registerCodec(vertx);
    localBus = new LocalBus(vertx);
    localBus.consume(Addresses.STAGES, this::onStage);
    localBus.answer(Addresses.STREAMS, this::open);
    ClusterQuery.answer(vertx, membership.self(), "bus", asked -> Future.succeededFuture(toJson()));
    ClusterQuery.answer(vertx, membership.self(), "sent", asked -> Future.succeededFuture(sent()));
    vertx.setPeriodic(TICK_MILLIS, timer -> tick());
    vertx.setPeriodic(BEACON_MILLIS, timer -> everySecond());
    if (membership.isClustered()) {
      PeerLinks peerLinks = new PeerLinks(vertx, settings, membership, clock, random, exchange);
      gossip = new DirectoryGossip(vertx, membership.self(), settings, exchange.ownDirectory());
      links = peerLinks;
      gossip.start(peerLinks);
      peerLinks.start(gossip);
      if (!settings.repair().isOff()) {
        vertx.setPeriodic(REPAIR_MILLIS, timer -> peerLinks.repair());
      }
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    if (gossip != null) {
      gossip.leave();
    }
    return Future.succeededFuture();
  }

  /**
   * Waits until the other nodes have acknowledged what this node has sent them; to be called on any
   * thread once no more comes.
   *
   * @param limitNanos longest wait
   */
  public Future<Void> flush(long limitNanos) {
    Promise<Void> flushed = Promise.promise();
    long deadlineNanos = clock.nanoTime() + limitNanos;
    context.runOnContext(any -> awaitIdle(flushed, deadlineNanos));
    return flushed.future();
  }

  private void awaitIdle(Promise<Void> flushed, long deadlineNanos) {
    boolean idle = exchange.peers().stream().allMatch(peer -> peer.outbound().isIdle());
    if (idle || clock.nanoTime() - deadlineNanos >= 0) {
      flushed.complete();
    } else {
      vertx.setTimer(FLUSH_LOOK_MILLIS, timer -> awaitIdle(flushed, deadlineNanos));
    }
  }

  private void onStage(StageMessage body) {
    long now = clock.nanoTime();
    if (body instanceof Publish publish) {
      exchange.publish(publish.event(), now);
    } else if (body instanceof Consumed consumed) {
      OutboundLink stage = exchange.stage(consumed.address());
      if (stage != null) {
        stage.acknowledged(consumed.endOffset(), now);
      }
    } else if (body instanceof Want want) {
      exchange.want(
          want.address(),
          stageLink(want.address()),
          new Interest(want.filter(), want.variant()),
          now);
    } else if (body instanceof Unwant unwant) {
      exchange.unwant(unwant.address(), new Interest(unwant.filter(), unwant.variant()), now);
    } else if (body instanceof Busy busy) {
      exchange.work().load(busy.load(), now);
    } else if (body instanceof Make make) {
      LocalBus bus = new LocalBus(vertx);
      exchange.make(
          make.address(),
          stageLink(make.address()),
          order -> bus.send(make.address(), new Ordered(order)),
          now);
    } else {
      throw new IllegalStateException("not for the cluster: " + body);
    }
  }

  private Future<StreamInfo> open(Open open) {
    TopicKey topic = new TopicKey(open.topic(), open.variant());
    if (exchange.isFull(topic, settings.maxStreams())) {
      return LocalBus.refuse(
          503, "this node has its " + settings.maxStreams() + " streams (ingest.max-streams)");
    }
    return Future.succeededFuture(exchange.open(open, clock.nanoTime()));
  }

  private OutboundLink stageLink(String address) {
    OutboundLink known = exchange.stage(address);
    if (known != null) {
      return known;
    }
    LinkLimits limits =
        new LinkLimits(
            settings.stageQueueBytes(),
            settings.stageQueueBytes(),
            TimeUnit.MILLISECONDS.toNanos(settings.maxAgeMillis()),
            SkipReason.OVERLOAD);
    return new OutboundLink(limits, new LocalTransport(new LocalBus(vertx), address));
  }

  @Override
  public void directoryChanged(JsonObject delta) {
    if (gossip != null) {
      gossip.tell(delta);
    }
  }

  @Override
  public void replaced(String stageAddress, StreamId stream, String byNode) {
    if (localBus != null) {
      localBus.send(stageAddress, new Replaced(stream, byNode));
    }
  }

  private void tick() {
    long now = clock.nanoTime();
    exchange.stageLinks().forEach(link -> link.tick(now));
    for (Peer peer : exchange.peers()) {
      peer.outbound().tick(now);
      peer.inbound().tick(now);
    }
    forget(exchange.withdraw(now), now);
  }

  private void forget(List<StreamInfo> unfollowed, long nowNanos) {
    for (StreamInfo stream : unfollowed) {
      exchange
          .peer(stream.node())
          .ifPresent(peer -> peer.inbound().forget(TopicKey.of(stream), nowNanos));
    }
  }

  private void everySecond() {
    long now = clock.nanoTime();
    long retentionNanos = TimeUnit.SECONDS.toNanos(settings.retentionSeconds());
    forget(exchange.expire(retentionNanos, now), now);
    if (gossip != null) {
      gossip.beacon(exchange.work().hasRoom());
    }
    if (links != null) {
      links.everySecond();
    }
    PeerUrls.tell(vertx, exchange.peers());
    Moment moment = new Moment(now, clock.epochMicros());
    List<AccountLine> lines = new ArrayList<>();
    for (Peer peer : exchange.peers()) {
      lines.addAll(peer.inbound().lines(membership.self(), peer.id(), moment));
    }
    alarms.look(lines, moment);
    JsonArray topics =
        exchange.streams().toJson(membership.self(), settings.staleAfterMillis(), now);
    AccountFeed.report(vertx, new Account("bus", lines, topics, alarms.standing()));
  }

  /** This node as it sees itself and the others. */
  private JsonObject toJson() {
    long now = clock.nanoTime();
    JsonArray peers = new JsonArray();
    exchange.peers().forEach(peer -> peers.add(peer.toJson(now)));
    return new JsonObject()
        .put("node", membership.self())
        .put("url", settings.http().get())
        .put("streams", exchange.streams().size())
        .put("lastFrameBytes", exchange.streams().lastFrameBytes())
        .put("unattributableMessages", links == null ? 0 : links.unattributable())
        .put("repair", links == null ? null : links.repairsJson())
        .put("peers", peers);
  }

  /** What this node sent to each other, of each topic. */
  private JsonObject sent() {
    JsonArray lines = new JsonArray();
    for (Peer peer : exchange.peers()) {
      peer.outbound()
          .sentNumbers()
          .forEach(
              (key, numbers) ->
                  lines.add(
                      new JsonObject()
                          .put("topic", key.topic().name())
                          .put("variant", key.variant().label())
                          .put("receiver", peer.id())
                          .put("sent", numbers.sent())
                          .put("skipped", numbers.skipped())));
    }
    return new JsonObject().put("lines", lines);
  }

  static FrameAssembler.Limits assemblyLimits(BusSettings settings) {
    return new FrameAssembler.Limits(
        settings.maxFrameBytes(),
        settings.assemblyBytes(),
        TimeUnit.MILLISECONDS.toNanos(settings.maxAgeMillis()));
  }
}
