/**
 * How long pictures took from the camera to this screen.
 *
 * @module latency
 */

const MAX_SAMPLES = 1024;

/** A picture that is younger than this came from the future: a clock is wrong. */
const CLOCK_TOLERANCE_MICROS = 5000;

export class LatencySamples {
  /** @type {number[]} */
  #micros = [];
  #jitter = 0;
  /** @type {?number} */
  #last = null;
  #doubtful = false;

  /** @param {number} micros negative ones are the camera's clock being ahead, and count as 0 */
  add(micros) {
    if (this.#last !== null) {
      this.#jitter += (Math.abs(micros - this.#last) - this.#jitter) / 16;
    }
    this.#last = micros;
    this.#doubtful ||= micros < -CLOCK_TOLERANCE_MICROS;
    if (this.#micros.length < MAX_SAMPLES) {
      this.#micros.push(Math.max(0, Math.round(micros)));
    }
  }

  /** From the camera to this screen, of the newest picture, microseconds; null before the first. */
  get lastMicros() {
    return this.#last;
  }

  /** Interarrival jitter of the pictures, microseconds (RFC 3550 appendix A.8). */
  jitterMicros() {
    return Math.round(this.#jitter);
  }

  /**
   * Whether the clocks of camera and page agreed since the last call.
   *
   * @returns {'ok' | 'doubtful'}
   */
  takeClock() {
    const clock = this.#doubtful ? 'doubtful' : 'ok';
    this.#doubtful = false;
    return clock;
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
