package io.imagebus.bus;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.flow.ArrivalAge;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Hop;
import io.imagebus.sequence.Moment;
import io.imagebus.sequence.SequenceTracker;
import io.imagebus.sequence.StreamState;
import io.imagebus.sequence.TopicAccount;
import io.imagebus.wire.ChunkHeader;
import io.imagebus.wire.ChunkReader;
import io.imagebus.wire.ChunkReader.CorruptPayload;
import io.imagebus.wire.ChunkReader.Good;
import io.imagebus.wire.ChunkReader.Unattributable;
import io.imagebus.wire.LinkEnvelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
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
  record Limits(FrameAssembler.Limits assembly, long maxAgeNanos) {}

  private static final long AGE_WINDOW_NANOS = 10_000_000_000L;

  private final Limits limits;
  private final Function<StreamId, Optional<StreamInfo>> directory;
  private final Consumer<StreamEvent> out;
  private final LongSupplier wallMicros;
  private final ArrivalAge age = new ArrivalAge(AGE_WINDOW_NANOS);
  private final Map<StreamId, InboundStream> streams = new HashMap<>();
  private final Map<TopicKey, TopicAccount> accounts = new HashMap<>();

  private static final class InboundStream {
    final StreamInfo info;
    final TopicAccount account;
    final FrameAssembler assembler;
    long expiredNumbers;
    long nextNumber;
    long skippedTotal;
    boolean announced;
    boolean over;
    boolean listed;
    boolean superseded;

    InboundStream(StreamInfo info, TopicAccount account, FrameAssembler assembler) {
      this.info = info;
      this.account = account;
      this.assembler = assembler;
    }

    void noteChunk(ChunkHeader header, long total) {
      long first = header.sequence() - header.index();
      account.chunk(header.frameNumber(), first, header.count());
      heard(header.sequence() + 1, total);
    }

    void heard(long next, long total) {
      if (next - nextNumber >= 0) {
        nextNumber = next;
        skippedTotal = total;
      }
    }

    /** Whether the sender has fallen silent without a word of the stream's end. */
    boolean isSilent() {
      return !over && account.isOpen() && account.tracker().state() == StreamState.SILENT;
    }
  }

  /**
   * A link from which nothing has come yet.
   *
   * @param directory what the sending node says of its streams; helps when an announcement was lost
   * @param out gets the events, in order for each stream
   * @param wallMicros tells the time, microseconds since 1970 UTC
   */
  InboundLink(
      Limits limits,
      Function<StreamId, Optional<StreamInfo>> directory,
      Consumer<StreamEvent> out,
      LongSupplier wallMicros) {
    this.limits = limits;
    this.directory = directory;
    this.out = out;
    this.wallMicros = wallMicros;
  }

  /** Takes a chunk. */
  void onChunk(LinkEnvelope envelope, byte[] body, long nowNanos) {
    InboundStream stream = streamOf(new StreamId(envelope.stream()), nowNanos);
    long ageNanos = age.nanosOf(envelope.sentNanos(), nowNanos);
    if (stream == null) {
      return;
    }
    ChunkReader.Read read = ChunkReader.read(body);
    if (read instanceof Good good) {
      long sequence = good.chunk().header().sequence();
      if (!stream.announced) {
        stream.announced = true;
        out.accept(new Opened(stream.info, sequence, envelope.skippedTotal()));
      }
      stream
          .account
          .tracker()
          .onChunk(envelope.stream(), sequence, envelope.skippedTotal(), nowNanos);
      stream.noteChunk(good.chunk().header(), envelope.skippedTotal());
      if (stream.assembler.add(good.chunk(), nowNanos)
          instanceof FrameAssembler.Complete complete) {
        handOn(stream, complete.frame(), envelope.skippedTotal(), ageNanos);
      }
    } else if (read instanceof CorruptPayload corrupt) {
      stream
          .account
          .tracker()
          .onCorrupt(
              envelope.stream(), corrupt.header().sequence(), envelope.skippedTotal(), nowNanos);
      stream.noteChunk(corrupt.header(), envelope.skippedTotal());
    } else if (read instanceof Unattributable) {
      stream.account.tracker().onUnattributable(nowNanos);
      stream.account.blame("damaged header");
    }
  }

  private void handOn(InboundStream stream, ChunkedFrame frame, long skippedTotal, long ageNanos) {
    stream.account.whole(frame.number(), frame.captureMicros(), wallMicros.getAsLong());
    if (ageNanos <= limits.maxAgeNanos()) {
      out.accept(new Arrived(frame, skippedTotal + stream.expiredNumbers));
      return;
    }
    stream.expiredNumbers += frame.chunks().size();
    out.accept(
        new Skipped(
            frame.stream(),
            frame.firstSequence(),
            frame.nextSequence() - 1,
            1,
            skippedTotal + stream.expiredNumbers,
            SkipReason.EXPIRED));
  }

  /** The stream, also when the message that announced it was lost. */
  private @Nullable InboundStream streamOf(StreamId id, long nowNanos) {
    InboundStream known = streams.get(id);
    if (known != null) {
      return known;
    }
    StreamInfo info = directory.apply(id).orElse(null);
    if (info == null) {
      return null;
    }
    if (isNews(info)) {
      return begin(info);
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
        .filter(stream -> !stream.over && TopicKey.of(stream.info).equals(topic))
        .allMatch(stream -> info.replaces(stream.info));
  }

  private InboundStream begin(StreamInfo info) {
    TopicAccount account = accounts.computeIfAbsent(TopicKey.of(info), key -> new TopicAccount());
    streams.values().removeIf(other -> other.account == account);
    InboundStream stream = new InboundStream(info, account, new FrameAssembler(limits.assembly()));
    streams.put(info.id(), stream);
    return stream;
  }

  /** Takes an event that is no frame. */
  void onEvent(LinkEnvelope envelope, StreamEvent event, long nowNanos) {
    if (event instanceof Opened opened) {
      InboundStream known = streams.get(opened.stream());
      if (known != null || isNews(opened.info())) {
        onOpened(known == null ? begin(opened.info()) : known, opened, nowNanos);
      }
      return;
    }
    InboundStream stream = streams.get(event.stream());
    if (stream != null) {
      follow(stream, event, nowNanos);
    }
  }

  private void onOpened(InboundStream stream, Opened opened, long nowNanos) {
    long first = opened.firstSequence();
    boolean reminder =
        stream.announced && first - stream.nextNumber < 0 && !stream.account.isLost();
    if (stream.announced && !opened.again() && first - stream.nextNumber > 0) {
      // The sender had forgotten us for a moment: what it left out meanwhile was never on its way.
      stream.account.close(nowNanos);
    }
    SequenceTracker tracker = stream.account.tracker();
    tracker.announce(opened.stream().value(), first, opened.skippedTotal(), nowNanos);
    tracker.beganAt(opened.stream().value(), first, opened.skippedTotal(), nowNanos);
    stream.heard(first, opened.skippedTotal());
    if (!reminder) {
      stream.announced = true;
      stream.over = false;
      long total = opened.skippedTotal() + stream.expiredNumbers;
      out.accept(new Opened(opened.info(), first, total, opened.again()));
    }
  }

  private void follow(InboundStream stream, StreamEvent event, long nowNanos) {
    if (stream.over && event instanceof Ended) {
      return;
    }
    long epoch = event.stream().value();
    long total = event.skippedTotal();
    long handedTotal = total + stream.expiredNumbers;
    if (event instanceof Skipped e) {
      stream.account.skipped(e.reason(), e.from(), e.to() - e.from() + 1, e.frames());
      stream.heard(e.to() + 1, total);
      stream.account.tracker().onHeartbeat(epoch, e.to() + 1, total, false, nowNanos);
      out.accept(new Skipped(e.stream(), e.from(), e.to(), e.frames(), handedTotal, e.reason()));
    } else if (event instanceof Beat e) {
      stream.account.tracker().onHeartbeat(epoch, e.nextSequence(), total, false, nowNanos);
      stream.account.newest(e.lastFrame(), e.nextSequence());
      stream.heard(e.nextSequence(), total);
      out.accept(
          new Beat(e.stream(), e.nextSequence(), handedTotal, e.lastFrame(), e.captureMicros()));
    } else if (event instanceof Ended e) {
      boolean known = e.why().tailKnown();
      if (known) {
        stream.over = true;
        stream.account.tracker().onHeartbeat(epoch, e.nextSequence(), total, true, nowNanos);
      }
      out.accept(new Ended(e.stream(), e.nextSequence(), handedTotal, e.why()));
    }
  }

  /** This node does not follow the topic any more: what is pending is settled. */
  void forget(TopicKey topic, long nowNanos) {
    TopicAccount account = accounts.get(topic);
    if (account != null) {
      streams.values().removeIf(stream -> stream.account == account);
      account.close(nowNanos);
    }
  }

  /** The sender is out of reach: where its streams end is not known until it is heard again. */
  void lose(long nowNanos) {
    for (InboundStream stream : streams.values()) {
      if (!stream.over) {
        stream.account.lose(nowNanos);
        stream.account.blame("link down");
      }
    }
  }

  /**
   * The topic has a newer publisher on another node. The end of the stream is on its way, unless
   * the sender is lost or the message is.
   */
  void superseded(StreamId id, long nowNanos) {
    InboundStream stream = streams.get(id);
    if (stream != null && !stream.over) {
      stream.superseded = true;
      if (stream.account.isLost()) {
        closeWithUnknownTail(stream, nowNanos);
      }
    }
  }

  private void closeWithUnknownTail(InboundStream stream, long nowNanos) {
    stream.over = true;
    stream.account.lose(nowNanos);
    stream.account.close(nowNanos);
  }

  /** Settles gaps and gives up unfinished frames; to be called several times a second. */
  void tick(long nowNanos) {
    for (TopicAccount account : accounts.values()) {
      account.tick(nowNanos);
    }
    for (InboundStream stream : streams.values()) {
      stream.assembler.tick(nowNanos);
      boolean isListed = directory.apply(stream.info.id()).isPresent();
      stream.listed |= isListed;
      boolean withdrawn = stream.listed && !isListed;
      if (stream.isSilent() && (stream.superseded || withdrawn)) {
        closeWithUnknownTail(stream, nowNanos);
        long total = stream.skippedTotal + stream.expiredNumbers;
        out.accept(new Ended(stream.info.id(), stream.nextNumber, total, EndReason.UNKNOWN));
      }
    }
  }

  /** Memory of frames of which not all chunks have come. */
  long unfinishedBytes() {
    return streams.values().stream().mapToLong(stream -> stream.assembler.heldBytes()).sum();
  }

  /** Forgets the accounts of topics of which nothing was heard for so long. */
  void expire(long retentionNanos, long nowNanos) {
    accounts
        .values()
        .removeIf(
            account -> {
              boolean dead = account.isDead(retentionNanos, nowNanos);
              if (dead) {
                streams.values().removeIf(stream -> stream.account == account);
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
