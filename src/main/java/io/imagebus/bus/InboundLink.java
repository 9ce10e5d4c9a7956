package io.imagebus.bus;

import io.imagebus.bus.InboundStream.Arrival;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.flow.ArrivalAge;
import io.imagebus.frame.StreamId;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Hop;
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
import java.util.function.Function;
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

  private static final long AGE_WINDOW_NANOS = 10_000_000_000L;

  private final Limits limits;
  private final Limits mustSeeLimits;
  private final Repairing repairing;
  private final Function<StreamId, Optional<StreamInfo>> directory;
  private final Consumer<StreamEvent> out;
  private final ArrivalAge age = new ArrivalAge(AGE_WINDOW_NANOS);
  private final Map<StreamId, InboundStream> streams = new HashMap<>();
  private final Map<TopicKey, TopicAccount> accounts = new HashMap<>();

  /**
   * A link from which nothing has come yet.
   *
   * @param repairing of which topics gaps are repaired, and how
   * @param directory what the sending node says of its streams; helps when an announcement was lost
   * @param out gets the events, in order for each stream
   */
  InboundLink(
      Limits limits,
      Repairing repairing,
      Function<StreamId, Optional<StreamInfo>> directory,
      Consumer<StreamEvent> out) {
    this.limits = limits;
    this.mustSeeLimits =
        limits.withMaxAge(TimeUnit.MILLISECONDS.toNanos(repairing.settings().maxAgeMillis()));
    this.repairing = repairing;
    this.directory = directory;
    this.out = out;
  }

  /** Takes a chunk. */
  void onChunk(LinkEnvelope envelope, byte[] body, long nowNanos) {
    InboundStream stream = streamOf(new StreamId(envelope.stream()), nowNanos);
    long ageNanos = age.nanosOf(envelope.sentNanos(), nowNanos);
    if (stream == null) {
      return;
    }
    long skippedTotal = envelope.skippedTotal();
    ChunkReader.Read read = ChunkReader.read(body);
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
    return known != null
        ? known
        : directory.apply(id).filter(this::isNews).map(info -> begin(info, nowNanos)).orElse(null);
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
    List<InboundStream> older =
        streams.values().stream().filter(other -> other.account() == account).toList();
    for (InboundStream replaced : older) {
      replaced.finish(nowNanos);
      streams.remove(replaced.info().id());
    }
    InboundStream stream =
        new InboundStream(
            info,
            account,
            mustSee ? mustSeeLimits : limits,
            mustSee ? Optional.of(repairOf(info.id(), account)) : Optional.empty(),
            out);
    streams.put(info.id(), stream);
    return stream;
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
      } else if (isNews(opened.info())) {
        begin(opened.info(), nowNanos).onOpened(opened, nowNanos);
      }
    } else if (stream != null) {
      stream.onEvent(event, nowNanos);
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
      streams.values().removeIf(stream -> stream.account() == account);
      account.close(nowNanos);
    }
  }

  /** Settles gaps and gives up unfinished frames; to be called several times a second. */
  void tick(long nowNanos) {
    for (TopicAccount account : accounts.values()) {
      account.tick(nowNanos);
    }
    for (InboundStream stream : streams.values()) {
      stream.tick(nowNanos);
    }
  }

  /** The account of this hop, a line a topic. */
  List<AccountLine> lines(String self, String peer) {
    List<AccountLine> lines = new ArrayList<>(accounts.size());
    accounts.forEach(
        (key, account) ->
            lines.add(account.line(key.topic(), key.variant(), Hop.NODE_TO_NODE, self, peer)));
    return lines;
  }
}
