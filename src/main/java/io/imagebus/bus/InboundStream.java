package io.imagebus.bus;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.frame.SkipReason;
import io.imagebus.sequence.SequenceTracker;
import io.imagebus.sequence.StreamState;
import io.imagebus.sequence.TopicAccount;
import io.imagebus.sequence.Verdict;
import io.imagebus.wire.Chunk;
import io.imagebus.wire.ChunkHeader;
import io.imagebus.wire.NumberRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One stream of another node: what comes of it is counted at once, and goes on at once, or, on a
 * must-see topic, behind what is still missing. Owned by one event loop.
 */
final class InboundStream {

  /** A chunk that came; its age is how long it had been under way when it did. */
  record Arrival(Chunk chunk, long skippedTotal, long ageNanos, long arrivedNanos) {

    long ageNanos(long nowNanos) {
      return ageNanos + nowNanos - arrivedNanos;
    }
  }

  private final StreamInfo info;
  private final TopicAccount account;
  private final FrameAssembler assembler;
  private final long maxAgeNanos;
  private final Optional<StreamRepair> repair;
  private final Consumer<StreamEvent> out;
  private final LongSupplier wallMicros;
  private long expiredNumbers;
  private long nextNumber;
  private long skippedTotal;
  private boolean announced;
  private boolean over;
  private boolean listed;
  private boolean superseded;

  /**
   * A stream of which nothing has come yet.
   *
   * @param repair present if the topic is must-see
   * @param wallMicros tells the time, microseconds since 1970 UTC
   */
  InboundStream(
      StreamInfo info,
      TopicAccount account,
      InboundLink.Limits limits,
      Optional<StreamRepair> repair,
      Consumer<StreamEvent> out,
      LongSupplier wallMicros) {
    this.info = info;
    this.account = account;
    this.assembler = new FrameAssembler(limits.assembly());
    this.maxAgeNanos = limits.maxAgeNanos();
    this.repair = repair;
    this.out = out;
    this.wallMicros = wallMicros;
  }

  /** Takes a chunk whose checksums hold. */
  void onGood(Arrival arrival) {
    long nowNanos = arrival.arrivedNanos();
    long sequence = arrival.chunk().header().sequence();
    Verdict verdict = tracker().onChunk(epoch(), sequence, arrival.skippedTotal(), nowNanos);
    note(arrival.chunk().header(), arrival.skippedTotal());
    repair.ifPresentOrElse(
        r -> r.onChunk(arrival.chunk(), verdict, later -> add(arrival, later), nowNanos),
        () -> add(arrival, nowNanos));
  }

  private void note(ChunkHeader header, long total) {
    long first = header.sequence() - header.index();
    account.chunk(header.frameNumber(), first, header.count());
    heard(header.sequence() + 1, total);
  }

  private void heard(long next, long total) {
    if (next - nextNumber >= 0) {
      nextNumber = next;
      skippedTotal = total;
    }
  }

  private void add(Arrival arrival, long nowNanos) {
    if (!announced) {
      announced = true;
      long first = arrival.chunk().header().sequence();
      out.accept(new Opened(info, first, arrival.skippedTotal()));
    }
    if (assembler.add(arrival.chunk(), nowNanos) instanceof FrameAssembler.Complete complete) {
      handOn(complete.frame(), arrival.skippedTotal(), arrival.ageNanos(nowNanos));
    }
  }

  private void handOn(ChunkedFrame frame, long total, long ageNanos) {
    account.whole(frame.number(), frame.captureMicros(), wallMicros.getAsLong());
    if (ageNanos <= maxAgeNanos) {
      out.accept(new Arrived(frame, total + expiredNumbers));
      return;
    }
    expiredNumbers += frame.chunks().size();
    out.accept(
        new Skipped(
            frame.stream(),
            frame.firstSequence(),
            frame.nextSequence() - 1,
            1,
            total + expiredNumbers,
            SkipReason.EXPIRED));
  }

  /** Takes a chunk of which only the header's checksum holds. */
  void onCorrupt(ChunkHeader header, long total, long nowNanos) {
    tracker().onCorrupt(epoch(), header.sequence(), total, nowNanos);
    note(header, total);
    advance(nowNanos);
  }

  /** Takes a chunk of which no checksum holds. */
  void onUnattributable(long nowNanos) {
    tracker().onUnattributable(nowNanos);
    account.blame("damaged header");
  }

  /** Takes the announcement, which may come again after the link was down. */
  void onOpened(Opened opened, long nowNanos) {
    long first = opened.firstSequence();
    boolean reminder = announced && first - nextNumber < 0 && !account.isLost();
    if (announced && !opened.again() && first - nextNumber > 0) {
      // The sender had forgotten us for a moment: what it left out meanwhile was never on its way.
      finish(nowNanos);
      account.close(nowNanos);
    }
    tracker().announce(epoch(), first, opened.skippedTotal(), nowNanos);
    tracker().beganAt(epoch(), first, opened.skippedTotal(), nowNanos);
    if (repair.isPresent()) {
      // What is missing below belongs before it, so it must be known now.
      tracker().onHeartbeat(epoch(), first, opened.skippedTotal(), false, nowNanos);
    }
    heard(first, opened.skippedTotal());
    if (!reminder) {
      announced = true;
      over = false;
      goOn(opened, nowNanos);
    }
  }

  /** Takes an event that is no frame and no announcement. */
  void onEvent(StreamEvent event, long nowNanos) {
    if (over && event instanceof Ended) {
      return;
    }
    long total = event.skippedTotal();
    if (event instanceof Skipped e) {
      account.skipped(e.reason(), e.from(), e.to() - e.from() + 1, e.frames());
      heard(e.to() + 1, total);
      tracker().onHeartbeat(epoch(), e.to() + 1, total, false, nowNanos);
    } else if (event instanceof Beat e) {
      tracker().onHeartbeat(epoch(), e.nextSequence(), total, false, nowNanos);
      account.newest(e.lastFrame(), e.nextSequence());
      heard(e.nextSequence(), total);
    } else if (event instanceof Ended e && e.why().tailKnown()) {
      over = true;
      if (repair.isPresent()) {
        // The end itself settles everything; it waits until the tail is repaired.
        tracker().onHeartbeat(epoch(), e.nextSequence(), total, false, nowNanos);
      }
    }
    goOn(event, nowNanos);
  }

  private void goOn(StreamEvent event, long nowNanos) {
    repair.ifPresentOrElse(
        r -> r.onEvent(event, later -> handOn(event, later), nowNanos),
        () -> handOn(event, nowNanos));
  }

  private void handOn(StreamEvent event, long nowNanos) {
    long total = event.skippedTotal();
    if (event instanceof Opened e) {
      out.accept(new Opened(info, e.firstSequence(), total + expiredNumbers, e.again(), e.over()));
      return;
    }
    if (event instanceof Ended e && e.why().tailKnown()) {
      tracker().onHeartbeat(epoch(), e.nextSequence(), total, true, nowNanos);
    }
    out.accept(StreamLane.withSkippedTotal(event, total + expiredNumbers));
  }

  /** Takes the sending node's word that it cannot send these numbers again. */
  void onRefusal(List<NumberRange> refused, long nowNanos) {
    if (account.isOpen()) {
      repair.ifPresent(r -> r.onRefusal(refused, nowNanos));
    }
  }

  /** Asks for what is missing, if it is to be repaired; after the account has settled. */
  void advance(long nowNanos) {
    if (account.isOpen()) {
      repair.ifPresent(r -> r.advance(nowNanos));
    }
  }

  /** The sender is out of reach. */
  void lose(long nowNanos) {
    if (!over) {
      account.lose(nowNanos);
      account.blame("link down");
    }
  }

  /** The topic has a newer publisher on another node. */
  void superseded(long nowNanos) {
    if (!over) {
      superseded = true;
      if (account.isLost()) {
        closeWithUnknownTail(nowNanos);
      }
    }
  }

  private void closeWithUnknownTail(long nowNanos) {
    finish(nowNanos);
    over = true;
    account.lose(nowNanos);
    account.close(nowNanos);
  }

  /**
   * Gives up unfinished frames, and the stream itself when its node does not speak of it any more.
   *
   * @param isListed whether the node's directory has the stream
   */
  void tick(boolean isListed, long nowNanos) {
    if (account.isOpen()) {
      tracker().tick(nowNanos);
    }
    advance(nowNanos);
    assembler.tick(nowNanos);
    listed |= isListed;
    boolean withdrawn = listed && !isListed;
    if (isSilent() && (superseded || withdrawn)) {
      closeWithUnknownTail(nowNanos);
      out.accept(
          new Ended(info.id(), nextNumber, skippedTotal + expiredNumbers, EndReason.UNKNOWN));
    }
  }

  /** Whether the sender has fallen silent without a word of the stream's end. */
  private boolean isSilent() {
    return !over && account.isOpen() && tracker().state() == StreamState.SILENT;
  }

  /** A newer stream has the topic: what waits goes on now. */
  void finish(long nowNanos) {
    if (account.isOpen()) {
      repair.ifPresent(r -> r.finish(nowNanos));
    }
  }

  private SequenceTracker tracker() {
    return account.tracker();
  }

  private long epoch() {
    return info.id().value();
  }

  /** Memory of unfinished frames, and of what waits for older ones. */
  long heldBytes() {
    return assembler.heldBytes() + repair.map(StreamRepair::heldBytes).orElse(0L);
  }

  StreamInfo info() {
    return info;
  }

  TopicAccount account() {
    return account;
  }

  /**
   * The number that follows all that is counted; empty if that is not known, or there is an end.
   */
  OptionalLong counted() {
    boolean known = announced && !over && account.isOpen() && !account.isLost();
    return known ? OptionalLong.of(tracker().next(epoch())) : OptionalLong.empty();
  }

  /** Whether its node has said that it ends. */
  boolean isOver() {
    return over;
  }
}
