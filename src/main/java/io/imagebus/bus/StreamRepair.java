package io.imagebus.bus;

import io.imagebus.bus.GapRequests.Due;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.frame.StreamId;
import io.imagebus.sequence.SequenceTracker;
import io.imagebus.sequence.TopicAccount;
import io.imagebus.sequence.Verdict;
import io.imagebus.wire.Chunk;
import io.imagebus.wire.NumberRange;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/*
 * The tracker alone knows which numbers are missing. This class keeps no second list of them: it
 * looks at each number once, when the tracker first expects it, and asks the tracker again when a
 * request falls due or something held wants to go on. So a number that came, was announced as
 * skipped or was given up, for whatever reason, needs no further word.
 *
 * Held is everything that belongs behind a missing number, events too: a sign of life that names
 * the next number would call the held frames lost on the hops that follow. Nothing is held for
 * longer than the tracker keeps a gap open, because each number below a held one was missing
 * already when that one came.
 */
/**
 * The receiving end of gap repair for one must-see stream: asks for what is missing, and hands on
 * in the order of the numbers. Bound: a stated number of bytes, beyond which the oldest gap is
 * given up; the account's time to settle. Owned by one event loop.
 */
final class StreamRepair {

  /** Sends requests to the node that numbers the stream. */
  interface Way {
    void ask(StreamId stream, List<NumberRange> numbers);
  }

  private final StreamId stream;
  private final TopicAccount account;
  private final long maxHeldBytes;
  private final Way way;
  private final GapRequests requests;
  private final RepairHold hold = new RepairHold();
  private long lookedAt;
  private boolean begun;

  StreamRepair(
      StreamId stream, TopicAccount account, long maxHeldBytes, SplittableRandom random, Way way) {
    this.stream = stream;
    this.account = account;
    this.maxHeldBytes = maxHeldBytes;
    this.way = way;
    this.requests = new GapRequests(random);
  }

  /**
   * Takes a chunk that the tracker has been told of.
   *
   * @param handOn lets it go on, at a time in nanoseconds
   */
  void onChunk(Chunk chunk, Verdict verdict, LongConsumer handOn, long nowNanos) {
    switch (verdict) {
      case FRESH, REPAIRED, PARKED -> {
        if (verdict == Verdict.REPAIRED && chunk.header().isRepaired()) {
          account.repaired();
        }
        hold.put(chunk.header().sequence(), chunk.wireLength(), handOn);
      }
      // Here already, or settled: handed on now, it would come out of order.
      case DUPLICATE, LATE, STALE, PRE_BASE, TOO_OLD -> {}
    }
    advance(nowNanos);
  }

  /** Takes an event that the tracker has been told of. */
  void onEvent(StreamEvent event, LongConsumer handOn, long nowNanos) {
    hold.put(numberOf(event), 0, handOn);
    advance(nowNanos);
  }

  private static long numberOf(StreamEvent event) {
    if (event instanceof Opened opened) {
      return opened.firstSequence();
    } else if (event instanceof Skipped skipped) {
      return skipped.from();
    } else if (event instanceof Beat beat) {
      return beat.nextSequence();
    } else if (event instanceof Ended ended) {
      return ended.nextSequence();
    }
    throw new IllegalStateException("frames come as chunks: " + event);
  }

  /** Takes the sender's word that it cannot send these again. */
  void onRefusal(List<NumberRange> refused, long nowNanos) {
    refused.forEach(this::giveUp);
    advance(nowNanos);
  }

  /** Asks for what is due and hands on what need not wait; to be called every few milliseconds. */
  void advance(long nowNanos) {
    tracker().tick(nowNanos);
    look(nowNanos);
    if (!requests.isEmpty()) {
      Due due = requests.due(number -> tracker().isPending(stream.value(), number), nowNanos);
      due.giveUp().forEach(this::giveUp);
      if (!due.ask().isEmpty()) {
        way.ask(stream, due.ask());
      }
    }
    handOn(nowNanos);
    while (hold.bytes() > maxHeldBytes && !hold.isEmpty()) {
      giveUp(new NumberRange(firstPending(), hold.firstNumber() - 1));
      handOn(nowNanos);
    }
  }

  /** Finds the gaps among the numbers that were not looked at yet. */
  private void look(long nowNanos) {
    long next = tracker().next(stream.value());
    long number = firstPending();
    if (begun && number - lookedAt < 0) {
      number = lookedAt;
    }
    while (number - next < 0) {
      long from = number;
      while (number - next < 0 && tracker().isPending(stream.value(), number)) {
        number++;
      }
      if (number != from) {
        requests.opened(new NumberRange(from, number - 1), nowNanos);
      } else {
        number++;
      }
    }
    begun = true;
    lookedAt = next;
  }

  private void handOn(long nowNanos) {
    while (!hold.isEmpty() && mayGoOn(hold.firstNumber())) {
      hold.handOnFirst(nowNanos);
    }
  }

  private boolean mayGoOn(long number) {
    long missing = firstPending();
    return number - missing <= 0 || missing == tracker().next(stream.value());
  }

  /** A newer stream has the topic: gives up what is missing and hands on the rest. */
  void finish(long nowNanos) {
    giveUp(new NumberRange(firstPending(), tracker().next(stream.value()) - 1));
    handOn(nowNanos);
  }

  private void giveUp(NumberRange numbers) {
    account.giveUp(stream.value(), numbers.from(), numbers.to());
  }

  private long firstPending() {
    return tracker().firstPending(stream.value());
  }

  private SequenceTracker tracker() {
    return account.tracker();
  }

  /** Memory of what waits for older numbers. */
  long heldBytes() {
    return hold.bytes();
  }
}
