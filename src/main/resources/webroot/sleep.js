/**
 * Finds out that the machine has slept: what it was connected to has given it up meanwhile.
 *
 * @module sleep
 */

/** More time than this between two looks, on the calendar's clock only. */
const SLEPT_MILLIS = 3000;

export class SleepWatch {
  #lead;

  /**
   * @param {number} nowMillis of a clock that stands still while the machine sleeps
   * @param {number} calendarMillis
   */
  constructor(nowMillis, calendarMillis) {
    this.#lead = calendarMillis - nowMillis;
  }

  /** @returns {boolean} whether the machine has slept since the last look */
  look(nowMillis, calendarMillis) {
    const before = this.#lead;
    this.#lead = calendarMillis - nowMillis;
    return this.#lead - before > SLEPT_MILLIS;
  }
}
