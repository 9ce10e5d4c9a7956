/**
 * Sequence-gap tracking of one topic on the way from a node to this page: what came, what was left
 * out on purpose, what was lost. The rules and their cases are those of the node's own tracker.
 *
 * After every call: expected = received + lost + corrupt + skipped + pending.
 *
 * @module sequence
 */

import { Ledger } from './ledger.js';

/** @typedef {'fresh' | 'repaired' | 'duplicate' | 'late' | 'stale' | 'pre-base' | 'too-old'
 *   | 'parked'} Verdict */

/** @typedef {'IDLE' | 'LIVE' | 'SILENT' | 'CLOSED'} StreamState */

/** @type {import('./ledger.js').SequenceLimits} */
export const DEFAULT_LIMITS = Object.freeze({
  reorderWindow: 1024,
  settleMillis: 500,
  history: 8192,
  maxJump: 2 ** 20,
  silenceMillis: 3000,
  retiredStreams: 8,
});

/** What one tracker has counted. Every counter but `pending` only grows. */
export class SequenceCounts {
  expected = 0;
  received = 0;
  lost = 0;
  corrupt = 0;
  skipped = 0;
  pending = 0;
  duplicate = 0;
  late = 0;
  reordered = 0;
  stale = 0;
  preBase = 0;
  tooOld = 0;
  unattributable = 0;
  skipMismatch = 0;
  implausible = 0;
  epochs = 0;
  unknownTails = 0;

  /** 1 − (lost + corrupt) / settled without skips; null while nothing is settled. */
  reliability() {
    const failed = this.lost + this.corrupt;
    const settled = this.received + failed;
    return settled === 0 ? null : 1 - failed / settled;
  }
}

export class SequenceTracker {
  /** @type {?bigint} the stream that is followed */
  #epoch = null;
  /** @type {bigint[]} streams that were replaced, oldest first */
  #retired = [];
  /** @type {?{number: bigint, chunk: boolean, good: boolean, skippedTotal: ?number}} */
  #parked = null;
  #endKnown = false;
  #unsubscribed = false;
  #heardMillis = 0;

  /** @param {import('./ledger.js').SequenceLimits} [limits] */
  constructor(limits = DEFAULT_LIMITS) {
    this.limits = limits;
    this.counts = new SequenceCounts();
    /** @type {StreamState} */
    this.state = 'IDLE';
    this.ledger = new Ledger(limits, this.counts);
  }

  /** The lowest number that is not expected yet. */
  get next() {
    return BigInt.asUintN(64, this.ledger.base + BigInt(this.ledger.next));
  }

  /**
   * The sender says with which number it begins. Of a stream already followed this changes nothing.
   *
   * @param {bigint} epoch
   * @param {bigint} first
   * @param {number} skippedTotal numbers left out so far
   * @param {number} nowMillis
   */
  announce(epoch, first, skippedTotal, nowMillis) {
    if (this.#isStale(epoch)) {
      this.counts.stale++;
    } else if (epoch !== this.#epoch) {
      this.#begin(epoch, first, skippedTotal);
      this.#heard(nowMillis);
    }
  }

  /**
   * The same word from the only sender of this hop, which goes to and fro between its streams as the
   * page is to see another variant: one that it had left and turns to again is not stale.
   *
   * @param {bigint} epoch
   * @param {bigint} first
   * @param {number} skippedTotal
   * @param {number} nowMillis
   */
  turnTo(epoch, first, skippedTotal, nowMillis) {
    this.#retired = this.#retired.filter((each) => each !== epoch);
    this.announce(epoch, first, skippedTotal, nowMillis);
  }

  /**
   * A chunk whose header is intact.
   *
   * @param {bigint} epoch
   * @param {bigint} number
   * @param {boolean} good whether its payload is intact
   * @param {?number} skippedTotal numbers left out below this one; null if not told
   * @param {number} nowMillis
   * @returns {Verdict}
   */
  chunk(epoch, number, good, skippedTotal, nowMillis) {
    if (this.#isStale(epoch)) {
      this.counts.stale++;
      return 'stale';
    }
    this.#follow(epoch, number, skippedTotal);
    this.ledger.settle(nowMillis);
    if (!this.#isPlausible(number, number, nowMillis)) {
      this.#parked = { number, chunk: true, good, skippedTotal };
      return 'parked';
    }
    const distance = this.ledger.distance(number);
    const news = distance >= this.ledger.next;
    this.ledger.expectBelow(distance, skippedTotal, nowMillis);
    const verdict = this.ledger.enter(distance, good, nowMillis);
    this.#heardOf(news, nowMillis);
    return verdict;
  }

  /** A chunk whose header is damaged: nothing in it may be believed. */
  unattributable() {
    this.counts.unattributable++;
  }

  /**
   * The sender's word that every number below `next` was sent or left out.
   *
   * @param {bigint} epoch
   * @param {bigint} next
   * @param {?number} skippedTotal how many of them were left out; null if not told
   * @param {boolean} end whether no more will follow
   * @param {number} nowMillis
   */
  heartbeat(epoch, next, skippedTotal, end, nowMillis) {
    if (this.#isStale(epoch)) {
      this.counts.stale++;
      return;
    }
    this.#follow(epoch, next, skippedTotal);
    this.ledger.settle(nowMillis);
    if (!this.#isPlausible(next, next, nowMillis)) {
      this.#parked = { number: next, chunk: false, good: false, skippedTotal };
      return;
    }
    const distance = this.ledger.distance(next);
    const news = distance > this.ledger.next;
    this.ledger.expectBelow(distance, skippedTotal, nowMillis);
    this.#heardOf(news, nowMillis);
    if (end && distance >= this.ledger.next) {
      this.ledger.settleAll();
      this.#endKnown = true;
      this.state = 'CLOSED';
    }
  }

  /** Time has passed. */
  tick(nowMillis) {
    this.ledger.settle(nowMillis);
    if (this.state === 'LIVE' && nowMillis - this.#heardMillis >= this.limits.silenceMillis) {
      this.state = 'SILENT';
    }
  }

  /** The subscription ends; what is pending is given up, and everything later is stale. */
  unsubscribe() {
    this.ledger.settleAll();
    this.#unsubscribed = true;
    this.state = 'CLOSED';
  }

  #isStale(epoch) {
    return this.#unsubscribed || this.#retired.includes(epoch);
  }

  /** Begins the stream if it is another one; the first ever begins where it is met, others at 0. */
  #follow(epoch, number, skippedTotal) {
    if (this.#epoch === null) {
      this.#begin(epoch, number, skippedTotal ?? 0);
    } else if (epoch !== this.#epoch) {
      this.#begin(epoch, 0n, 0);
    }
  }

  #begin(epoch, first, skippedTotal) {
    if (this.#epoch !== null) {
      this.#retire();
    }
    this.#epoch = epoch;
    this.#parked = null;
    this.#endKnown = false;
    this.counts.epochs++;
    this.ledger.begin(first, skippedTotal);
  }

  #retire() {
    this.ledger.settleAll();
    if (!this.#endKnown) {
      this.counts.unknownTails++;
    }
    this.#retired.push(this.#epoch);
    if (this.#retired.length > this.limits.retiredStreams) {
      this.#retired.shift();
    }
  }

  /**
   * Whether a number may be believed. One that leaps too far waits until a second goes on behind
   * it; then both count.
   */
  #isPlausible(number, limit, nowMillis) {
    if (this.ledger.distance(number) - this.ledger.next <= this.limits.maxJump) {
      this.#parked = null;
      return true;
    }
    if (this.#parked === null || !this.#confirms(limit)) {
      this.counts.implausible++;
      return false;
    }
    const { number: leapt, chunk, good, skippedTotal } = this.#parked;
    this.#parked = null;
    const distance = this.ledger.distance(leapt);
    this.ledger.expectBelow(distance, skippedTotal, nowMillis);
    if (chunk) {
      this.ledger.enter(distance, good, nowMillis);
    }
    return true;
  }

  #confirms(limit) {
    const from = this.#parked.chunk ? this.#parked.number + 1n : this.#parked.number;
    const beyond = BigInt.asIntN(64, limit - from);
    return beyond >= 0n && beyond <= BigInt(this.limits.maxJump);
  }

  /** A closed stream comes back to life only with numbers that its end did not know. */
  #heardOf(news, nowMillis) {
    if (news) {
      this.#endKnown = false;
    }
    if (!this.#endKnown) {
      this.#heard(nowMillis);
    }
  }

  #heard(nowMillis) {
    this.#heardMillis = nowMillis;
    this.state = 'LIVE';
  }
}
