/**
 * How long pictures took from the camera to this screen.
 *
 * @module latency
 */

const MAX_SAMPLES = 1024;

export class LatencySamples {
  /** @type {number[]} */
  #micros = [];

  /** @param {number} micros negative ones are the camera's clock being ahead, and count as 0 */
  add(micros) {
    if (this.#micros.length < MAX_SAMPLES) {
      this.#micros.push(Math.max(0, Math.round(micros)));
    }
  }

  /**
   * The percentiles since the last call, microseconds.
   *
   * @returns {{p50: number, p95: number, p99: number}} zeros when nothing was added
   */
  takePercentiles() {
    const sorted = this.#micros.sort((a, b) => a - b);
    this.#micros = [];
    const at = (share) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
  }
}
