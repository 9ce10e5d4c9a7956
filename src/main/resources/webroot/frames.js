/**
 * What became of the frames of one stream on the way to this page. Frames have numbers without a
 * hole: one that is missing was announced as left out, or failed with the chunks that were lost.
 *
 * @module frames
 */

export class FrameAccount {
  good = 0;
  skipped = 0;
  #missing = 0;
  #announced = 0;
  #newest = -1;

  /** @param {number} number of a frame that is whole */
  whole(number) {
    if (this.#newest >= 0 && number > this.#newest) {
      this.#missing += Math.max(0, number - this.#newest - 1 - this.#announced);
    }
    this.#announced = 0;
    this.#newest = Math.max(this.#newest, number);
    this.good++;
  }

  /** @param {number} frames that the node has left out */
  announced(frames) {
    this.skipped += frames;
    this.#announced += frames;
  }

  /**
   * The account as a receiver report has it.
   *
   * @param {number} failedNumbers chunks lost or damaged: no more frames than that have failed
   * @returns {{good: number, failed: number, skipped: number}}
   */
  report(failedNumbers) {
    const { good, skipped } = this;
    return { good, failed: Math.min(this.#missing, failedNumbers), skipped };
  }
}
