/**
 * One topic on the wall: its newest picture, and above all how old that is.
 *
 * @module tile
 */

import { formatAge } from './age.js';
import { element } from './elements.js';
import { duration } from './figures.js';

/** @typedef {import('./picture-state.js').TileState} TileState */

/**
 * @typedef {object} Picture
 * @property {number} number of its frame
 * @property {Uint8Array[]} parts
 * @property {number} captureMicros since 1970 UTC
 * @property {string} contentType
 * @property {() => number} ageMillis time since it was captured, when asked
 * @property {(drawn: boolean, nowMillis?: number) => void} done called when it was drawn, or cannot be
 */

/**
 * What a tile shows beside its picture.
 *
 * @typedef {object} TileFigures
 * @property {number} lost chunks
 * @property {number} corrupt chunks
 * @property {number} skipped frames
 * @property {Map<string, number>} [reasons] skipped frames by reason
 * @property {number} missed numbers that passed while there was no connection
 * @property {number} [received] frames
 * @property {number} [errorMicros] how wrong ages may be, as far as this page's clock goes
 * @property {string} [refusal] why the node refuses
 */

const RATE_WINDOW_MILLIS = 3000;
const FIGURES = ['rate', 'lost', 'skipped', 'received', 'error'];

export class Tile {
  /** @type {?Picture} the newest picture that waits while another is decoded */
  #waiting = null;
  #decoding = false;
  /** @type {?number} when the picture on the screen was captured; it only moves for a new one */
  #capturedMillis = null;
  /** @type {number[]} when the pictures of the last seconds were drawn */
  #drawn = [];
  #box = { width: 0, height: 0 };

  /** @param {string} topic */
  constructor(topic) {
    /** @type {TileState} */
    this.state = 'CONNECTING';
    this.element = this.#build(topic);
    new ResizeObserver(([entry]) => (this.#box = entry.contentRect)).observe(this.canvas);
    this.render('CONNECTING', { lost: 0, corrupt: 0, skipped: 0, missed: 0 }, 0);
  }

  #build(topic) {
    this.canvas = element('canvas', 'picture');
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', `newest picture of ${topic}`);
    this.canvas.width = 16;
    this.canvas.height = 9;
    this.context = this.canvas.getContext('2d', { alpha: false });
    this.texts = {};
    const text = (tag, name) => {
      this.texts[name] = document.createTextNode('');
      return element(tag, name, this.texts[name]);
    };
    const banner = element('p', 'banner', text('b', 'banner-state'), text('span', 'banner-age'), text('span', 'reason'));
    banner.setAttribute('aria-hidden', 'true');
    this.figures = element('p', 'numbers', ...FIGURES.map((name) => text('span', name)));
    const heading = element('h2', 'topic', text('bdi', 'name'));
    heading.title = topic;
    this.texts.name.data = topic;
    const tile = element(
      'article',
      'tile',
      element('div', 'frame', this.canvas, banner),
      element('div', 'caption', heading, text('p', 'state'), text('p', 'age'), this.figures),
    );
    tile.tabIndex = 0;
    tile.dataset.topic = topic;
    return tile;
  }

  /**
   * Offers a new picture. While one is decoded the newest of those offered waits, the others are
   * passed over.
   *
   * @param {Picture} picture
   */
  async show(picture) {
    this.#waiting = picture;
    if (this.#decoding) {
      return;
    }
    this.#decoding = true;
    while (this.#waiting) {
      const next = this.#waiting;
      this.#waiting = null;
      next.done(await this.#decodeAndDraw(next), performance.now());
    }
    this.#decoding = false;
  }

  async #decodeAndDraw(picture) {
    let bitmap;
    try {
      bitmap = await createImageBitmap(new Blob(picture.parts, { type: picture.contentType }));
    } catch {
      return false;
    }
    this.#draw(bitmap);
    bitmap.close();
    const now = performance.now();
    // A camera whose clock is ahead has pictures of the future; they are from now at the latest.
    this.#capturedMillis = now - Math.max(0, picture.ageMillis());
    this.#drawn.push(now);
    this.element.dataset.frame = String(picture.number);
    return true;
  }

  /** A canvas is no larger than what the screen shows of it: a wall of 4K sources fits in memory. */
  #draw(bitmap) {
    const ratio = window.devicePixelRatio;
    const shown = Math.min(this.#box.width / bitmap.width, this.#box.height / bitmap.height);
    const scale = shown > 0 ? Math.min(1, shown * ratio) : 1;
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.context.imageSmoothingQuality = 'medium';
    }
    this.context.drawImage(bitmap, 0, 0, width, height);
  }

  /**
   * How long ago the picture on the screen was captured; null before the first.
   *
   * @param {number} nowMillis
   * @returns {?number}
   */
  ageMillis(nowMillis) {
    return this.#capturedMillis === null ? null : nowMillis - this.#capturedMillis;
  }

  /**
   * Brings the words up to date.
   *
   * @param {TileState} state
   * @param {TileFigures} figures
   * @param {number} nowMillis
   */
  render(state, figures, nowMillis) {
    const { lost, corrupt, skipped, missed, received = 0, errorMicros = Infinity, refusal = '' } = figures;
    const age = this.ageMillis(nowMillis);
    const ageText = age === null ? '–' : formatAge(age);
    this.#become(state);
    this.#write('age', ageText);
    this.#write('banner-age', age === null ? '' : ageText);
    this.#write('reason', refusal);
    this.#write('rate', `${this.framesPerSecond(nowMillis).toFixed(1)} fps`);
    this.#write('lost', `${lost} lost${corrupt ? `, ${corrupt} corrupt` : ''}`);
    this.#write('skipped', `${skipped} skipped${missed ? `, ${missed} missed while away` : ''}`);
    this.#write('received', `${received} received`);
    this.#write('error', Number.isFinite(errorMicros) ? `age ± ${duration(errorMicros)}` : 'age by this screen’s clock');
    this.#explain(figures.reasons);
    this.#expose('ageMs', age === null ? '' : String(Math.round(age)));
    this.#expose('errorMicros', Number.isFinite(errorMicros) ? String(Math.round(errorMicros)) : '');
    this.#expose('lost', String(lost));
    this.#expose('corrupt', String(corrupt));
    this.#expose('skipped', String(skipped));
    this.#expose('received', String(received));
    this.#expose('missed', String(missed));
  }

  /** Why frames were skipped: seen when the pointer rests on the figures. */
  #explain(reasons) {
    const words = reasons ? [...reasons].map(([reason, frames]) => `${reason}: ${frames}`).join(', ') : '';
    if (this.figures.title !== words) {
      this.figures.title = words;
    }
  }

  /** @param {string} name what the tile is called on this wall */
  name(name) {
    this.#write('name', name);
  }

  /**
   * Names the numbers that passed while there was no connection.
   *
   * @param {bigint} from
   * @param {bigint} to
   */
  missed(from, to) {
    this.#expose('missedNumbers', `${from}-${to}`);
    this.canvas.title = `the last interruption passed over the numbers ${from} to ${to}`;
  }

  /**
   * Shows in which form the pictures come, if it is not as they were published.
   *
   * @param {string} label
   */
  variant(label) {
    this.#expose('variant', label);
    const { topic } = this.element.dataset;
    this.#write('name', label === 'source' ? topic : `${topic} · ${label}`);
  }

  #expose(name, value) {
    if (this.element.dataset[name] !== value) {
      this.element.dataset[name] = value;
    }
  }

  #become(state) {
    if (this.element.dataset.state === state) {
      return;
    }
    this.state = state;
    this.element.dataset.state = state;
    this.label();
    this.#write('state', state);
    this.#write('banner-state', state);
  }

  /**
   * Says name, state and age to those who ask for them. The age is not written with each tick, or a
   * screen reader would speak of nothing else.
   *
   * @param {number} nowMillis
   */
  label(nowMillis = performance.now()) {
    const age = this.ageMillis(nowMillis);
    const words = age === null ? '' : `, picture ${formatAge(age)} old`;
    this.element.setAttribute('aria-label', `${this.element.dataset.topic}: ${this.state.toLowerCase()}${words}`);
  }

  #write(name, text) {
    if (this.texts[name].data !== text) {
      this.texts[name].data = text;
    }
  }

  /** Pictures drawn a second, of the last three. */
  framesPerSecond(nowMillis) {
    while (this.#drawn.length > 0 && nowMillis - this.#drawn[0] > RATE_WINDOW_MILLIS) {
      this.#drawn.shift();
    }
    const count = this.#drawn.length;
    const span = count < 2 ? 0 : this.#drawn[count - 1] - this.#drawn[0];
    return span > 0 ? ((count - 1) * 1000) / span : 0;
  }
}
