/**
 * One figure over the last minutes as a small chart: a value a second.
 *
 * @module trend-chart
 */

import { element, setText } from './elements.js';
import uPlot from './lib/uplot/uPlot.esm.js';

const SECONDS = 300;
const HEIGHT_PIXELS = 84;

export class TrendChart {
  /** Of the last five minutes, null where there is no value. @type {(number | null)[]} */
  #values = new Array(SECONDS).fill(null);
  #plot = null;

  /**
   * @param {string} name
   * @param {(value: number) => string} format
   * @param {{least: number, bars?: boolean}} look the least upper end of the scale; bars for counts
   */
  constructor(name, format, look) {
    this.name = name;
    this.format = format;
    this.look = look;
    this.place = element('div', 'trend-plot');
    this.place.setAttribute('role', 'img');
    this.newest = element('b', '');
    this.element = element(
      'figure',
      'trend',
      element('figcaption', '', element('span', '', name), this.newest),
      this.place,
    );
    new ResizeObserver(() => this.#draw()).observe(this.place);
    matchMedia('(prefers-color-scheme: light)').addEventListener('change', () => this.#draw());
  }

  /** @param {?number} value of the second that has just passed */
  add(value) {
    this.#values = [...this.#values.slice(1), value];
    setText(this.newest, value === null ? '–' : this.format(value));
    this.place.setAttribute('aria-label', `${this.name}: ${this.newest.textContent} now, ${this.#highest()} at most`);
    if (this.#plot) {
      this.#plot.setData(this.#data());
    } else {
      this.#draw();
    }
  }

  #highest() {
    const known = this.#values.filter((value) => value !== null);
    return known.length > 0 ? this.format(Math.max(...known)) : 'unknown';
  }

  #data() {
    return [this.#values.map((_, at) => at - SECONDS + 1), this.#values];
  }

  #draw() {
    this.#plot?.destroy();
    this.#plot = this.place.clientWidth > 0 ? new uPlot(this.#options(), this.#data(), this.place) : null;
  }

  #options() {
    const colour = (name) => getComputedStyle(this.place).getPropertyValue(name).trim();
    const axis = { font: '11px system-ui, sans-serif', stroke: colour('--quiet'), ticks: { show: false }, gap: 3 };
    const line = { stroke: colour('--line'), fill: colour('--area'), width: 1.5 };
    const bars = { fill: colour('--offline'), paths: uPlot.paths.bars({ size: [0.9, 6] }) };
    return {
      width: this.place.clientWidth,
      height: HEIGHT_PIXELS,
      padding: [6, 16, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false }, y: { range: (_, low, high) => [0, Math.max(this.look.least, high * 1.1)] } },
      axes: [
        { ...axis, size: 16, grid: { show: false }, splits: () => [-240, -120, 0], values: (_, at) => at.map(minutes) },
        { ...axis, size: 56, space: 28, grid: { stroke: colour('--area') }, values: (_, at) => at.map(this.format) },
      ],
      series: [{}, { ...(this.look.bars ? bars : line), points: { show: false } }],
    };
  }
}

function minutes(seconds) {
  return seconds === 0 ? 'now' : `${-seconds / 60} min`;
}
