/**
 * What passed of a topic while the page had no connection: no hop lost it, and nobody was there to
 * get it.
 *
 * @module absence
 */

export class Absence {
  #leftMillis = 0;
  /** @type {?{from: number, to: number, away: number}} of the last one, until it is told */
  #untold = null;
  /** Numbers that passed, of all absences. */
  count = 0;
  /** The numbers of the last one as `from-to`; empty before the first. */
  numbers = '';

  /** @param {number} nowMillis when the connection was lost */
  leave(nowMillis) {
    this.#leftMillis = nowMillis;
  }

  /**
   * The page is back.
   *
   * @param {bigint} from the first number that passed
   * @param {bigint} to the last
   * @param {number} nowMillis
   */
  passed(from, to, nowMillis) {
    const away = Math.round((nowMillis - this.#leftMillis) * 1000);
    this.#untold = { from: Number(from), to: Number(to), away };
    this.count += Number(to - from) + 1;
    this.numbers = `${from}-${to}`;
  }

  /** The last absence as a receiver report has it, once: its numbers, and microseconds away. */
  takeUntold() {
    const untold = this.#untold;
    this.#untold = null;
    return untold;
  }
}
