package io.imagebus.bus;

import io.imagebus.bus.InboundStream.Arrival;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.flow.ArrivalAge;
import io.imagebus.frame.StreamId;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Hop;
import io.imagebus.sequence.Moment;
import io.imagebus.sequence.SequenceLimits;
import io.imagebus.sequence.TopicAccount;
import io.imagebus.wire.ChunkReader;
import io.imagebus.wire.ChunkReader.CorruptPayload;
import io.imagebus.wire.ChunkReader.Good;
import io.imagebus.wire.ChunkReader.Unattributable;
import io.imagebus.wire.LinkEnvelope;
import io.imagebus.wire.NumberRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What comes from one other node: checked, counted, put together, and handed on as events. Frames
 * that were under way for too long are not handed on but announced as skipped. Owned by one event
 * loop.
 */
final class InboundLink {

  /**
   * The bounds of one inbound link.
   *
   * @param maxAgeNanos a frame under way for longer is not handed on
   */
  record Limits(FrameAssembler.Limits assembly, long maxAgeNanos) {

    /** The same, but for the age: unfinished frames wait as long as others may be under way. */
    Limits withMaxAge(long longerNanos) {
      return new Limits(
          new FrameAssembler.Limits(assembly.maxFrameBytes(), assembly.maxHeldBytes(), longerNanos),
          longerNanos);
    }
  }

  /**
   * How gaps are repaired.
   *
   * @param random for the jitter of the requests
   * @param way takes the requests to the other node
   */
  record Repairing(RepairSettings settings, SplittableRandom random, StreamRepair.Way way) {

    /** No topic is must-see. */
    static Repairing off() {
      return new Repairing(RepairSettings.OFF, new SplittableRandom(), (stream, numbers) -> {});
    }
  }

  /** What this node knows of the sender's streams. */
  @FunctionalInterface
  interface Directory {

    /** What the sender says of the stream, if it speaks of it; helps when its opening was lost. */
    Optional<StreamInfo> info(StreamId stream);

    /** Whether this node wants it. What comes of one that it does not is late, and is no news. */
    default boolean wants(StreamInfo stream) {
      return true;
    }
  }

  private static final long AGE_WINDOW_NANOS = 10_000_000_000L;

  private final Limits limits;
  private final Limits mustSeeLimits;
  private final Repairing repairing;
  private final Directory directory;
  private final Consumer<StreamEvent> out;
  private final LongSupplier wallMicros;
  private final ArrivalAge age = new ArrivalAge(AGE_WINDOW_NANOS);
  private final Map<StreamId, InboundStream> streams = new HashMap<>();
  private final Map<TopicKey, TopicAccount> accounts = new HashMap<>();
  private final UnwantedTails unwanted = new UnwantedTails();

  /**
   * A link from which nothing has come yet.
   *
   * @param repairing of which topics gaps are repaired, and how
   * @param out gets the events, in order for each stream
   * @param wallMicros tells the time, microseconds since 1970 UTC
   */
  InboundLink(
      Limits limits,
      Repairing repairing,
      Directory directory,
      Consumer<StreamEvent> out,
      LongSupplier wallMicros) {
    this.limits = limits;
    this.mustSeeLimits =
        limits.withMaxAge(TimeUnit.MILLISECONDS.toNanos(repairing.settings().maxAgeMillis()));
    this.repairing = repairing;
    this.directory = directory;
    this.out = out;
    this.wallMicros = wallMicros;
  }

  /** Takes a chunk. */
  void onChunk(LinkEnvelope envelope, byte[] body, long nowNanos) {
    StreamId id = new StreamId(envelope.stream());
    InboundStream stream = streamOf(id, nowNanos);
    long ageNanos = age.nanosOf(envelope.sentNanos(), nowNanos);
    ChunkReader.Read read = ChunkReader.read(body);
    if (stream == null) {
      if (read instanceof Good good) {
        unwanted.heard(id, good.chunk().header().sequence() + 1);
      } else if (read instanceof CorruptPayload corrupt) {
        unwanted.heard(id, corrupt.header().sequence() + 1);
      }
      return;
    }
    long skippedTotal = envelope.skippedTotal();
    if (read instanceof Good good) {
      stream.onGood(new Arrival(good.chunk(), skippedTotal, ageNanos, nowNanos));
    } else if (read instanceof CorruptPayload corrupt) {
      stream.onCorrupt(corrupt.header(), skippedTotal, nowNanos);
    } else if (read instanceof Unattributable) {
      stream.onUnattributable(nowNanos);
    }
  }

  /** The stream, also when the message that announced it was lost. */
  private @Nullable InboundStream streamOf(StreamId id, long nowNanos) {
    InboundStream known = streams.get(id);
    if (known != null) {
      return known;
    }
    StreamInfo info = directory.info(id).orElse(null);
    if (info == null || !directory.wants(info)) {
      return null;
    }
    if (isNews(info)) {
      return begin(info, nowNanos);
    }
    TopicAccount account = accounts.get(TopicKey.of(info));
    if (account != null) {
      account.stale(nowNanos);
    }
    return null;
  }

  /** A stream that was replaced does not come back, whatever of it was still under way. */
  private boolean isNews(StreamInfo info) {
    TopicKey topic = TopicKey.of(info);
    return streams.values().stream()
        .filter(stream -> !stream.isOver() && TopicKey.of(stream.info()).equals(topic))
        .allMatch(stream -> info.replaces(stream.info()));
  }

  private InboundStream begin(StreamInfo info, long nowNanos) {
    boolean mustSee = repairing.settings().wants(info.topic());
    TopicAccount account =
        accounts.computeIfAbsent(
            TopicKey.of(info), key -> mustSee ? mustSeeAccount() : new TopicAccount());
    for (InboundStream replaced : streamsOf(account)) {
      replaced.finish(nowNanos);
      streams.remove(replaced.info().id());
    }
    InboundStream stream =
        new InboundStream(
            info,
            account,
            mustSee ? mustSeeLimits : limits,
            mustSee ? Optional.of(repairOf(info.id(), account)) : Optional.empty(),
            out,
            wallMicros);
    streams.put(info.id(), stream);
    unwanted.forget(account);
    return stream;
  }

  private List<InboundStream> streamsOf(TopicAccount account) {
    return streams.values().stream().filter(stream -> stream.account() == account).toList();
  }

  private TopicAccount mustSeeAccount() {
    long holdNanos = TimeUnit.MILLISECONDS.toNanos(repairing.settings().holdMillis());
    return new TopicAccount(SequenceLimits.defaults().withSettleNanos(holdNanos));
  }

  private StreamRepair repairOf(StreamId stream, TopicAccount account) {
    return new StreamRepair(
        stream, account, repairing.settings().holdBytes(), repairing.random(), repairing.way());
  }

  /** Takes an event that is no frame. */
  void onEvent(StreamEvent event, long nowNanos) {
    InboundStream stream = streams.get(event.stream());
    if (event instanceof Opened opened) {
      if (stream != null) {
        stream.onOpened(opened, nowNanos);
      } else if (isNews(opened.info()) && directory.wants(opened.info())) {
        begin(opened.info(), nowNanos).onOpened(opened, nowNanos);
      }
    } else if (stream != null) {
      stream.onEvent(event, nowNanos);
    } else if (event instanceof Skipped skipped) {
      unwanted.heard(event.stream(), skipped.to() + 1);
    } else if (event instanceof Beat beat) {
      unwanted.heard(event.stream(), beat.nextSequence());
    } else if (event instanceof Ended ended && ended.why().tailKnown()) {
      unwanted.heard(event.stream(), ended.nextSequence());
    }
  }

  /** Takes the sending node's word that it cannot send these numbers of a stream again. */
  void onRefusal(StreamId id, List<NumberRange> refused, long nowNanos) {
    InboundStream stream = streams.get(id);
    if (stream != null) {
      stream.onRefusal(refused, nowNanos);
    }
  }

  /** Asks for what is missing of must-see topics; to be called every few milliseconds. */
  void repair(long nowNanos) {
    streams.values().forEach(stream -> stream.advance(nowNanos));
  }

  /** This node does not follow the topic any more: what is pending is settled. */
  void forget(TopicKey topic, long nowNanos) {
    TopicAccount account = accounts.get(topic);
    if (account != null) {
      for (InboundStream stream : streamsOf(account)) {
        streams.remove(stream.info().id());
        stream.counted().ifPresent(next -> unwanted.follow(stream.info().id(), account, next));
      }
      account.close(nowNanos);
    }
  }

  /** The sender is out of reach: where its streams end is not known until it is heard again. */
  void lose(long nowNanos) {
    streams.values().forEach(stream -> stream.lose(nowNanos));
  }

  /**
   * The topic has a newer publisher on another node. The end of the stream is on its way, unless
   * the sender is lost or the message is.
   */
  void superseded(StreamId id, long nowNanos) {
    InboundStream stream = streams.get(id);
    if (stream != null) {
      stream.superseded(nowNanos);
    }
  }

  /** Settles gaps and gives up unfinished frames; to be called several times a second. */
  void tick(long nowNanos) {
    // Streams first: what waits and may go on now must be whole before its account settles.
    for (InboundStream stream : streams.values()) {
      stream.tick(directory.info(stream.info().id()).isPresent(), nowNanos);
    }
    for (TopicAccount account : accounts.values()) {
      account.tick(nowNanos);
    }
  }

  /** Memory of frames of which not all chunks have come, and of what waits for them. */
  long unfinishedBytes() {
    return streams.values().stream().mapToLong(InboundStream::heldBytes).sum();
  }

  /** Forgets the accounts of topics of which nothing was heard for so long. */
  void expire(long retentionNanos, long nowNanos) {
    accounts
        .values()
        .removeIf(
            account -> {
              boolean dead = account.isDead(retentionNanos, nowNanos);
              if (dead) {
                unwanted.forget(account);
                streams.values().removeIf(stream -> stream.account() == account);
              }
              return dead;
            });
  }

  /** Whether there is an account of any topic. */
  boolean hasAccounts() {
    return !accounts.isEmpty();
  }

  /** The account of this hop, a line a topic. */
  List<AccountLine> lines(String self, String peer, Moment now) {
    List<AccountLine> lines = new ArrayList<>(accounts.size());
    accounts.forEach(
        (key, account) ->
            lines.add(
                account.line(
                    new TopicAccount.Place(
                        key.topic(), key.variant(), Hop.NODE_TO_NODE, self, peer),
                    now)));
    return lines;
  }
}
