/**
 * The node's clock as seen from this page, by the exchange of NTP (RFC 5905 §8): of the last few
 * exchanges the one with the shortest round trip is believed.
 *
 * @module clock
 */

const KEPT_SAMPLES = 8;
const UNKNOWN = Object.freeze({ offsetMicros: 0, roundTripMicros: Infinity });

/** This page's clock, microseconds since 1970 UTC. */
export function pageMicros() {
  return Math.round((performance.timeOrigin + performance.now()) * 1000);
}

export class NodeClock {
  /** @type {{offsetMicros: number, roundTripMicros: number}[]} */
  #samples = [];

  /** The message that asks for the node's time. */
  request() {
    return { type: 'time', t0: pageMicros() };
  }

  /**
   * Takes the answer.
   *
   * @param {{t0: number, t1: number, t2: number}} answer when it was asked, heard and answered
   */
  take({ t0, t1, t2 }) {
    const t3 = pageMicros();
    const roundTripMicros = t3 - t0 - (t2 - t1);
    const offsetMicros = (t1 - t0 + (t2 - t3)) / 2;
    if (Number.isFinite(offsetMicros)) {
      this.#samples = [...this.#samples.slice(1 - KEPT_SAMPLES), { offsetMicros, roundTripMicros }];
    }
  }

  /** Another node has another clock. */
  reset() {
    this.#samples = [];
  }

  get #best() {
    return this.#samples.reduce((a, b) => (b.roundTripMicros < a.roundTripMicros ? b : a), UNKNOWN);
  }

  /** The node's time, microseconds since 1970 UTC; the page's own until an answer came. */
  nowMicros() {
    return pageMicros() + this.#best.offsetMicros;
  }

  /**
   * How far {@link nowMicros} may be from the node's clock at most, microseconds: half of the round
   * trip, all of which may have been one way; infinite until an answer came.
   */
  errorMicros() {
    return this.#best.roundTripMicros / 2;
  }
}
