/**
 * The account of every number of one stream: seen, missing or settled.
 *
 * Numbers are unsigned 64 bits on the wire. Inside they are distances from the first number that
 * this receiver expects, as plain numbers: exact up to 2^53 chunks and the same across every wrap.
 *
 *      base            floor                 next
 *       |   all final    |  some pending      |   not expected yet
 *       +----------------+--------------------+------------------->
 *                         <- at most W wide ->
 *
 * A gap opens only at `next`, so that gaps are ordered by number and by age alike, and giving up
 * means moving `floor`. A total of skips says how many of the numbers below it were left out, not
 * which: the numbers between two totals are a span, which knows how many skips it still owes.
 * When nothing but those is open in it, they are settled at once; otherwise those given up first
 * are called skipped, so that the sums come out whatever arrives in between.
 *
 * @module ledger
 */

/** @typedef {{reorderWindow: number, settleMillis: number, history: number, maxJump: number,
 *   silenceMillis: number, retiredStreams: number}} SequenceLimits */

/**
 * Numbers of which it is known how many were skipped, but not which.
 *
 * @typedef {object} Span
 * @property {number} from
 * @property {number} limit
 * @property {number} missing how many of them are open
 * @property {number} owed at most so many of those were skipped
 * @property {number} doubt so many of the owed skips may be numbers that were settled before
 */

const MISSING = 1;
const DAMAGED = 2;
const RECEIVED = 3;
const SETTLED = 4;

export class Ledger {
  /**
   * @param {SequenceLimits} limits `history` is a power of two
   * @param {import('./sequence.js').SequenceCounts} counts moved by this ledger
   */
  constructor(limits, counts) {
    this.limits = limits;
    this.counts = counts;
    this.states = new Uint8Array(limits.history);
    this.openedMillis = new Float64Array(limits.history);
    this.mask = limits.history - 1;
    this.begin(0n, 0);
  }

  /**
   * Begins a stream.
   *
   * @param {bigint} first the first number to be expected
   * @param {number} skippedTotal numbers below it that were left out
   */
  begin(first, skippedTotal) {
    this.base = first;
    this.floor = 0;
    this.next = 0;
    this.skipsKnownTo = 0;
    this.skippedTotal = skippedTotal;
    /** @type {Span[]} */
    this.spans = [];
  }

  /**
   * How far a number lies behind the first one.
   *
   * @param {bigint} number
   */
  distance(number) {
    return Number(BigInt.asIntN(64, number - this.base));
  }

  /**
   * The sender is done with every number below `limit`.
   *
   * @param {number} limit distance from the base
   * @param {?number} skippedTotal how many of them were left out; null if that was not told
   * @param {number} nowMillis
   */
  expectBelow(limit, skippedTotal, nowMillis) {
    const told = skippedTotal !== null && limit >= this.skipsKnownTo;
    const span = told ? this.#learnSkips(limit, skippedTotal) : null;
    this.#openGap(limit, nowMillis);
    this.#settleCovered(span);
  }

  /** @returns {?Span} the numbers among which the new skips are */
  #learnSkips(limit, skippedTotal) {
    const from = this.skipsKnownTo;
    const rise = skippedTotal - this.skippedTotal;
    this.skipsKnownTo = limit;
    if (rise < 0 || rise > limit - from) {
      this.counts.skipMismatch++;
    }
    if (rise <= 0) {
      return null;
    }
    this.skippedTotal = skippedTotal;
    return this.#addSpan(from, limit, rise);
  }

  #addSpan(from, limit, skips) {
    const seen = Math.max(from, this.next - this.limits.history);
    const missing = Math.max(0, limit - this.next) + this.#count(MISSING, seen, limit);
    if (missing === 0) {
      return null;
    }
    const settled = seen - from + this.#count(SETTLED, seen, limit);
    const owed = Math.min(skips, missing);
    const span = { from, limit, missing, owed, doubt: Math.max(0, settled - (skips - owed)) };
    this.spans = this.spans.filter((old) => old.limit > this.floor);
    this.spans.push(span);
    return span;
  }

  #count(state, from, limit) {
    let count = 0;
    for (let n = from; n < Math.min(limit, this.next); n++) {
      if (this.states[n & this.mask] === state) {
        count++;
      }
    }
    return count;
  }

  #openGap(limit, nowMillis) {
    if (limit <= this.next) {
      return;
    }
    this.counts.expected += limit - this.next;
    this.counts.pending += limit - this.next;
    this.#giveUpBelow(limit - this.limits.reorderWindow);
    for (; this.next < limit; this.next++) {
      this.#set(this.next, MISSING, nowMillis);
    }
  }

  /**
   * Enters a chunk that `expectBelow` has made way for.
   *
   * @param {number} number distance from the base
   * @param {boolean} good whether its payload is intact
   * @param {number} nowMillis
   * @returns {import('./sequence.js').Verdict}
   */
  enter(number, good, nowMillis) {
    if (number < 0) {
      this.counts.preBase++;
      return 'pre-base';
    }
    if (number === this.next) {
      this.#enterNewest(number, good, nowMillis);
      return 'fresh';
    }
    if (this.next - number > this.limits.history) {
      this.counts.tooOld++;
      return 'too-old';
    }
    return this.#enterKnown(number, good);
  }

  #enterNewest(number, good, nowMillis) {
    this.#giveUpBelow(number + 1 - this.limits.reorderWindow);
    this.next = number + 1;
    this.counts.expected++;
    if (good) {
      this.counts.received++;
    } else {
      this.counts.pending++;
    }
    this.#set(number, good ? RECEIVED : DAMAGED, nowMillis);
    if (this.skipsKnownTo === number) {
      this.skipsKnownTo = this.next;
    }
  }

  #enterKnown(number, good) {
    const state = this.states[number & this.mask];
    if (state === SETTLED) {
      this.counts.late++;
      if (good) {
        this.states[number & this.mask] = RECEIVED;
      }
      return 'late';
    }
    if (state === RECEIVED || (state === DAMAGED && !good)) {
      this.counts.duplicate++;
      return 'duplicate';
    }
    this.states[number & this.mask] = good ? RECEIVED : DAMAGED;
    if (good) {
      this.counts.received++;
      this.counts.reordered++;
      this.counts.pending--;
    }
    if (state === MISSING) {
      this.#crossOff(number);
    }
    return 'repaired';
  }

  #crossOff(number) {
    const span = this.#spanOf(number);
    if (span) {
      span.missing--;
      this.#settleCovered(span);
    }
  }

  /** Settles what is missing of a span when nothing but skips is left of it. */
  #settleCovered(span) {
    if (!span || span.missing === 0 || span.missing + span.doubt > span.owed) {
      return;
    }
    for (let n = Math.max(span.from, this.floor); n < span.limit; n++) {
      if (this.states[n & this.mask] === MISSING) {
        this.states[n & this.mask] = SETTLED;
        this.#giveUpMissing(span, 1);
      }
    }
  }

  /** Gives up every number whose time is over. */
  settle(nowMillis) {
    while (this.floor < this.next && this.#mayPass(this.floor, nowMillis)) {
      this.#giveUp(this.floor++);
    }
  }

  #mayPass(number, nowMillis) {
    const slot = number & this.mask;
    const pending = this.states[slot] === MISSING || this.states[slot] === DAMAGED;
    return !pending || nowMillis - this.openedMillis[slot] >= this.limits.settleMillis;
  }

  /** Gives up everything that is pending. */
  settleAll() {
    this.#giveUpBelow(this.next);
  }

  #giveUpBelow(limit) {
    while (this.floor < this.next && this.floor < limit) {
      this.#giveUp(this.floor++);
    }
    if (this.next < limit) {
      this.#giveUpMissing(this.#spanOf(this.next), limit - this.next);
      for (let n = Math.max(this.next, limit - this.limits.history); n < limit; n++) {
        this.states[n & this.mask] = SETTLED;
      }
      this.next = limit;
      this.floor = limit;
    }
  }

  #giveUp(number) {
    const slot = number & this.mask;
    if (this.states[slot] === MISSING) {
      this.states[slot] = SETTLED;
      this.#giveUpMissing(this.#spanOf(number), 1);
    } else if (this.states[slot] === DAMAGED) {
      this.states[slot] = SETTLED;
      this.counts.corrupt++;
      this.counts.pending--;
    }
  }

  /** Of those given up first so many are skips as the span still owes; the others are lost. */
  #giveUpMissing(span, count) {
    const skips = span ? Math.min(span.owed, count) : 0;
    if (span) {
      span.missing -= count;
      span.owed -= skips;
    }
    this.counts.skipped += skips;
    this.counts.lost += count - skips;
    this.counts.pending -= count;
  }

  #spanOf(number) {
    return this.spans.find((span) => number >= span.from && number < span.limit) ?? null;
  }

  #set(number, state, nowMillis) {
    this.states[number & this.mask] = state;
    this.openedMillis[number & this.mask] = nowMillis;
  }
}
