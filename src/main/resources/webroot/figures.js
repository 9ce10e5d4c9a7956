/**
 * Numbers as people read them. Nothing is rounded up to perfect.
 *
 * @module figures
 */

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A count with separators. */
export function count(n) {
  return WHOLE.format(n);
}

/**
 * A share in percent, rounded down: with more digits the closer it is to all.
 *
 * @param {number} share 0 to 1
 */
export function percent(share) {
  const digits = share >= 0.99 ? 4 : 2;
  const scale = 10 ** digits;
  // The small addition keeps 0.9997 from becoming 99.9699 only because binary fractions end early.
  const down = Math.floor(share * 100 * scale + 1e-6) / scale;
  return `${down.toFixed(digits).replace(/\.?0+$/, '')} %`;
}

/**
 * What may be claimed of a reliability.
 *
 * @param {{settled: number, atLeast?: number, claim?: number}} reliability
 */
export function claim({ settled, atLeast, claim: measured }) {
  if (measured !== undefined) {
    return percent(measured);
  }
  if (atLeast === undefined) {
    return 'nothing yet';
  }
  return atLeast === 0 ? `none of ${count(settled)} lost` : `at least ${percent(atLeast)}`;
}

/** A short time. */
export function duration(micros) {
  if (micros < 1_000) {
    return `${Math.round(micros)} µs`;
  }
  if (micros < 10_000) {
    return `${(micros / 1_000).toFixed(1)} ms`;
  }
  if (micros < 1_000_000) {
    return `${Math.round(micros / 1_000)} ms`;
  }
  return micros < 120_000_000 ? `${(micros / 1_000_000).toFixed(1)} s` : `${Math.round(micros / 60_000_000)} min`;
}

/** A moment of today, to the millisecond. */
export function clockTime(micros) {
  const date = new Date(micros / 1_000);
  const two = (n) => String(n).padStart(2, '0');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
