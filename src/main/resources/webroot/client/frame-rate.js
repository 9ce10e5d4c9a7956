/**
 * How many pictures a second are shown.
 *
 * @module client/frame-rate
 */

/** Of more pictures than two, those of the last seconds count. */
const WINDOW_MILLIS = 3000;

/** Pictures that come together, as the newest and the next do at the start, are no rate yet. */
const LEAST_MILLIS = 1000;

export class FrameRate {
  /** @type {number[]} */
  #shownMillis = [];

  /** A picture was shown. */
  shown(nowMillis) {
    this.#shownMillis.push(nowMillis);
    this.#forget(nowMillis);
  }

  /**
   * The rate by the intervals between pictures; the one that runs counts once it is longer than they
   * are, so that the rate falls when no more come.
   *
   * @returns {?number} null while there is too little to tell it by
   */
  at(nowMillis) {
    this.#forget(nowMillis);
    const [first] = this.#shownMillis;
    const intervals = this.#shownMillis.length - 1;
    if (intervals < 1 || nowMillis - first < LEAST_MILLIS) {
      return null;
    }
    const spanMillis = this.#shownMillis[intervals] - first;
    return (intervals * 1000) / Math.max(spanMillis, nowMillis - first - spanMillis / intervals);
  }

  /** A camera that is slower than the window has a rate, too. */
  #forget(nowMillis) {
    while (this.#shownMillis.length > 2 && nowMillis - this.#shownMillis[0] > WINDOW_MILLIS) {
      this.#shownMillis.shift();
    }
  }
}
