/**
 * The last quarter of an hour of a topic as a small chart: bars for what failed and what was left
 * out, and behind them a line for how much came.
 *
 * @module history-chart
 */

import uPlot from './lib/uplot/uPlot.esm.js';

const STEP_SECONDS = 15;
const STEPS = 60;
const MICROS = 1_000_000;
const HEIGHT_PIXELS = 72;
/** With less the bars of a single loss would fill the chart. */
const LEAST_FULL_SCALE = 4;

/**
 * Puts the histories of all lines of a topic on one grid of time. Each loss is counted on one hop
 * only, so losses are added up; what was left out and what came is told by several hops, of which
 * the largest counts.
 *
 * @param {{at: number, received: number, lost: number, corrupt: number, skipped: number}[][]} histories
 * @param {number} nowMicros
 * @returns {{seconds: number[], received: (number|null)[], failed: number[], skipped: number[]}}
 */
export function onGrid(histories, nowMicros) {
  const last = Math.floor(nowMicros / MICROS / STEP_SECONDS);
  const grid = {
    seconds: Array.from({ length: STEPS }, (_, i) => (last - STEPS + 1 + i) * STEP_SECONDS),
    received: new Array(STEPS).fill(0),
    failed: new Array(STEPS).fill(0),
    skipped: new Array(STEPS).fill(0),
  };
  for (const history of histories) {
    const own = { received: new Array(STEPS).fill(0), skipped: new Array(STEPS).fill(0) };
    let before = (history[0]?.at ?? 0) / MICROS - STEP_SECONDS;
    for (const step of history) {
      const end = step.at / MICROS;
      const slot = Math.floor(end / STEP_SECONDS) - last + STEPS - 1;
      if (slot >= 0 && slot < STEPS) {
        grid.failed[slot] += step.lost + step.corrupt;
        own.skipped[slot] += step.skipped;
      }
      spread(own.received, step.received, before, end, (last - STEPS + 1) * STEP_SECONDS);
      before = end;
    }
    for (let i = 0; i < STEPS; i++) {
      grid.received[i] = Math.max(grid.received[i], own.received[i]);
      grid.skipped[i] = Math.max(grid.skipped[i], own.skipped[i]);
    }
  }
  // The step that is under way is not yet whole: the line ends before it.
  grid.received[STEPS - 1] = null;
  return grid;
}

/** Steps do not end with those of the grid: what came is shared out by time, or it would flicker. */
function spread(slots, amount, begin, end, gridBegin) {
  for (let i = Math.max(0, Math.floor((begin - gridBegin) / STEP_SECONDS)); i < slots.length; i++) {
    const from = gridBegin + i * STEP_SECONDS;
    const overlap = Math.min(end, from + STEP_SECONDS) - Math.max(begin, from);
    if (overlap <= 0) {
      return;
    }
    slots[i] += (amount * overlap) / (end - begin);
  }
}

export class HistoryChart {
  #plot = null;
  #data = null;

  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    new ResizeObserver(() => this.#fit()).observe(place);
    matchMedia('(prefers-color-scheme: light)').addEventListener('change', () => this.#draw());
  }

  /** @param {ReturnType<typeof onGrid>} grid */
  show(grid) {
    this.#data = [grid.seconds, grid.received, grid.skipped, grid.failed];
    if (this.#plot) {
      this.#plot.setData(this.#data);
    } else {
      this.#draw();
    }
  }

  #fit() {
    if (this.#plot && this.place.clientWidth > 0) {
      this.#plot.setSize({ width: this.place.clientWidth, height: HEIGHT_PIXELS });
    } else {
      this.#draw();
    }
  }

  #draw() {
    if (!this.#data || this.place.clientWidth === 0) {
      return;
    }
    this.#plot?.destroy();
    this.#plot = new uPlot(options(this.place), this.#data, this.place);
  }
}

function options(place) {
  const colour = (name) => getComputedStyle(place).getPropertyValue(name).trim();
  const bars = uPlot.paths.bars({ size: [0.75, 12] });
  return {
    width: place.clientWidth,
    height: HEIGHT_PIXELS,
    padding: [4, 0, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true },
      traffic: { range: (_, low, high) => [0, Math.max(1, high)] },
      bad: { range: (_, low, high) => [0, Math.max(LEAST_FULL_SCALE, high)] },
    },
    axes: [
      {
        size: 18,
        gap: 2,
        font: '11px system-ui, sans-serif',
        stroke: colour('--quiet'),
        grid: { show: false },
        ticks: { show: false },
        space: 90,
        values: (_, seconds) => seconds.map(timeOfDay),
      },
    ],
    series: [
      {},
      { scale: 'traffic', stroke: colour('--line'), fill: colour('--area'), width: 1, points: { show: false } },
      { scale: 'bad', paths: bars, fill: colour('--stale'), points: { show: false } },
      { scale: 'bad', paths: bars, fill: colour('--offline'), points: { show: false } },
    ],
  };
}

function timeOfDay(seconds) {
  const date = new Date(seconds * 1000);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
