package io.imagebus.sequence;

import io.imagebus.sequence.ParkedJump.Kind;

/**
 * The receiver's account of one topic and variant over one hop: which sequence numbers came, and
 * what became of the others.
 *
 * <p>Owned by one event loop. Not thread-safe. Allocates nothing per chunk. Time is an argument, in
 * nanoseconds of a clock that never steps. Sequence numbers and totals of skips are unsigned 64-bit
 * numbers; an epoch is the random id of a stream, compared for equality only.
 *
 * <p>The account follows RFC 3550 appendix A.1 (validity of a jump) and A.3 (expected versus
 * received), and differs from it in two points: a number is settled once and for all, so that no
 * counter ever falls, and numbers that the sender left out on purpose are not loss.
 */
public final class SequenceTracker {

  private final long maxJump;
  private final long silenceNanos;
  private final CountTally tally = new CountTally();
  private final NumberFates fates;
  private final StreamLedger ledger;
  private final RetiredStreams retired;
  private final ParkedJump parked = new ParkedJump();

  private StreamState state = StreamState.IDLE;
  private boolean unsubscribed;
  private long currentEpoch;
  private long heardNanos;
  private boolean lost;

  public SequenceTracker(SequenceLimits limits) {
    this(limits, NumberFates.IGNORED);
  }

  SequenceTracker(SequenceLimits limits, NumberFates fates) {
    maxJump = limits.maxJump();
    silenceNanos = limits.silenceNanos();
    this.fates = fates;
    ledger = new StreamLedger(limits, tally, fates);
    retired = new RetiredStreams(limits.retiredStreams());
  }

  /**
   * Takes the sender's word that {@code first} is the first number of the stream that this receiver
   * may expect. Of a stream that is being followed already it changes nothing.
   */
  public void announce(long epoch, long first, long skippedTotal, long nowNanos) {
    settle(nowNanos);
    if (isStale(epoch)) {
      tally.stale++;
    } else if (!isCurrent(epoch)) {
      follow(epoch, first, skippedTotal);
      hear(nowNanos);
    }
  }

  /**
   * Takes the same word from the only sender of this hop, which goes to and fro between its streams
   * as a display is to see another variant: one that it had left and turns to again is not stale.
   */
  public void turnTo(long epoch, long first, long skippedTotal, long nowNanos) {
    retired.remove(epoch);
    announce(epoch, first, skippedTotal, nowNanos);
  }

  /**
   * Takes the sender's word that it had begun with {@code first}, which this receiver learns only
   * now: what is missing before the number at which it joined the stream was its own.
   */
  public void beganAt(long epoch, long first, long skippedTotal, long nowNanos) {
    settle(nowNanos);
    if (isCurrent(epoch) && !unsubscribed && isPlausiblyEarlier(first)) {
      ledger.extendBack(first, skippedTotal);
    }
  }

  private boolean isPlausiblyEarlier(long first) {
    return SequenceOrder.isBefore(first, ledger.base()) && ledger.base() - first <= maxJump;
  }

  /**
   * The sender is out of reach: what it has sent since it was last heard is not known, and if the
   * stream does not come back, its tail never will be.
   */
  public void lose(long nowNanos) {
    settle(nowNanos);
    if (state == StreamState.LIVE || state == StreamState.SILENT) {
      lost = true;
      state = state.become(StreamState.SILENT);
    }
  }

  /** Enters an intact chunk that tells how many numbers below it were skipped. */
  public Verdict onChunk(long epoch, long seq, long skippedTotal, long nowNanos) {
    return enter(epoch, seq, skippedTotal, Kind.GOOD_CHUNK, nowNanos);
  }

  /**
   * Enters an intact chunk that does not tell how many numbers below it were skipped. The total of
   * the last input that told holds on; a stream that never told has skipped nothing.
   */
  public Verdict onChunk(long epoch, long seq, long nowNanos) {
    return enter(epoch, seq, SkipTotal.UNTOLD, Kind.GOOD_CHUNK, nowNanos);
  }

  /** Enters a chunk with an intact header and a damaged payload. */
  public void onCorrupt(long epoch, long seq, long skippedTotal, long nowNanos) {
    enter(epoch, seq, skippedTotal, Kind.DAMAGED_CHUNK, nowNanos);
  }

  /** Enters a chunk with an intact header, which tells no total of skips, and a damaged payload. */
  public void onCorrupt(long epoch, long seq, long nowNanos) {
    enter(epoch, seq, SkipTotal.UNTOLD, Kind.DAMAGED_CHUNK, nowNanos);
  }

  /** Enters a chunk of a stream that another one has replaced. */
  public void onStale(long nowNanos) {
    settle(nowNanos);
    tally.stale++;
  }

  /** Enters a chunk with a damaged header, of which nothing may be believed. */
  public void onUnattributable(long nowNanos) {
    settle(nowNanos);
    tally.unattributable++;
  }

  /**
   * Enters the sender's word that it is done with every number below {@code nextSeq}.
   *
   * @param skippedTotal how many of them were skipped
   * @param end whether no more will follow
   */
  public void onHeartbeat(long epoch, long nextSeq, long skippedTotal, boolean end, long nowNanos) {
    if (!Accounting.ON
        || !attend(epoch, nextSeq, skippedTotal, nowNanos)
        || isParked(Kind.HEARTBEAT, nextSeq, skippedTotal, nowNanos)) {
      return;
    }
    boolean outdated = SequenceOrder.isBefore(nextSeq, ledger.next());
    if (SequenceOrder.isBefore(ledger.next(), nextSeq)) {
      state = state.become(StreamState.LIVE);
    }
    ledger.expectBelow(nextSeq, skippedTotal, nowNanos);
    if (end && !outdated) {
      ledger.settleAll();
      state = state.become(StreamState.CLOSED);
    }
  }

  /** Lets time pass: gives up what is overdue and notices silence. */
  public void tick(long nowNanos) {
    settle(nowNanos);
    if (state == StreamState.LIVE && nowNanos - heardNanos >= silenceNanos) {
      state = state.become(StreamState.SILENT);
    }
  }

  /** The number that the stream is to go on with; 0 while it is not the one that is followed. */
  public long next(long epoch) {
    return isCurrent(epoch) ? ledger.next() : 0;
  }

  /** The lowest number of the stream that is pending; {@link #next} if none is. */
  public long firstPending(long epoch) {
    return isCurrent(epoch) ? ledger.firstPending() : 0;
  }

  /** Whether the number is missing or damaged, and not given up. */
  public boolean isPending(long epoch, long seq) {
    return isCurrent(epoch) && ledger.isPending(seq);
  }

  /**
   * Gives up, before their time, numbers that were asked for in vain.
   *
   * @param from the first number
   * @param to the last number, included; those that are not pending stay as they are
   * @return how many are now lost or corrupt, the others being skips that were announced
   */
  public long giveUp(long epoch, long from, long to) {
    if (!isCurrent(epoch)) {
      return 0;
    }
    long failed = tally.lost + tally.corrupt;
    ledger.giveUp(from, to + 1);
    return tally.lost + tally.corrupt - failed;
  }

  /** Ends the subscription: gives up everything that is pending; whatever comes now is stale. */
  public void close(long nowNanos) {
    settle(nowNanos);
    ledger.settleAll();
    if (lost) {
      lost = false;
      tally.unknownTails++;
    }
    unsubscribed = true;
    state = state.become(StreamState.CLOSED);
  }

  /** Whether the stream is being heard. */
  public StreamState state() {
    return state;
  }

  /** Whether the sender went out of reach before it said where the stream ends. */
  public boolean isLost() {
    return lost;
  }

  /** When the sender was last heard; while the stream is silent nothing is known since. */
  public long heardNanos() {
    return heardNanos;
  }

  /** The lowest number that is not expected yet. */
  long next() {
    return ledger.next();
  }

  /** Every number below this one is settled. */
  long floor() {
    return ledger.floor();
  }

  /** What has been counted so far. */
  public SequenceCounts counts() {
    return tally.snapshot();
  }

  private Verdict enter(long epoch, long seq, long skippedTotal, Kind kind, long nowNanos) {
    if (!Accounting.ON) {
      return Verdict.FRESH;
    }
    if (!attend(epoch, seq, skippedTotal, nowNanos)) {
      return Verdict.STALE;
    }
    if (isParked(kind, seq, skippedTotal, nowNanos)) {
      return Verdict.PARKED;
    }
    ledger.expectBelow(seq, skippedTotal, nowNanos);
    Verdict verdict = ledger.enter(seq, kind == Kind.GOOD_CHUNK, nowNanos);
    if (verdict == Verdict.FRESH) {
      state = state.become(StreamState.LIVE);
    }
    return verdict;
  }

  /** Turns to the stream of an input; returns false if the input is stale. */
  private boolean attend(long epoch, long seq, long skippedTotal, long nowNanos) {
    settle(nowNanos);
    if (isStale(epoch)) {
      tally.stale++;
      return false;
    }
    if (tally.epochs == 0) {
      follow(epoch, seq, skippedTotal);
    } else if (!isCurrent(epoch)) {
      follow(epoch, 0, 0);
    }
    hear(nowNanos);
    return true;
  }

  private void settle(long nowNanos) {
    fates.at(nowNanos);
    ledger.settle(nowNanos);
  }

  private boolean isStale(long epoch) {
    return unsubscribed || retired.contains(epoch);
  }

  private boolean isCurrent(long epoch) {
    return tally.epochs > 0 && epoch == currentEpoch;
  }

  private void follow(long epoch, long first, long skippedTotal) {
    if (tally.epochs > 0) {
      ledger.settleAll();
      parked.clear();
      retired.add(currentEpoch);
      if (state != StreamState.CLOSED) {
        tally.unknownTails++;
      }
    }
    tally.epochs++;
    currentEpoch = epoch;
    lost = false;
    fates.begun(epoch, first);
    ledger.begin(first, skippedTotal);
    state = state.become(StreamState.LIVE);
  }

  private void hear(long nowNanos) {
    heardNanos = nowNanos;
    lost = false;
    if (state == StreamState.SILENT) {
      state = state.become(StreamState.LIVE);
    }
  }

  /** Parks an implausible jump, or believes it together with the parked one that it confirms. */
  private boolean isParked(Kind kind, long number, long skippedTotal, long nowNanos) {
    if (number - ledger.next() <= maxJump) {
      if (!SequenceOrder.isBefore(number, ledger.next())) {
        parked.clear();
      }
      return false;
    }
    if (parked.isConfirmedBy(number, maxJump)) {
      ledger.expectBelow(parked.number(), parked.skippedTotal(), nowNanos);
      if (parked.isChunk()) {
        ledger.enter(parked.number(), parked.isGood(), nowNanos);
      }
      parked.clear();
      return false;
    }
    parked.park(kind, number, skippedTotal);
    tally.implausible++;
    return true;
  }
}
