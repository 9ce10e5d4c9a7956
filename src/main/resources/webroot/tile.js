/**
 * One topic on the wall: its newest picture, and above all how old that is.
 *
 * @module tile
 */

import { formatAge } from './age.js';

/** @typedef {'CONNECTING' | 'LIVE' | 'STALE' | 'OFFLINE'} TileState */

/**
 * @typedef {object} Picture
 * @property {number} number of its frame
 * @property {Uint8Array[]} parts
 * @property {number} captureMicros since 1970 UTC
 * @property {string} contentType
 * @property {() => number} ageMillis how old it is when asked: 0 for one that has just been sent
 * @property {(drawn: boolean) => void} done called when it was drawn, or cannot be
 */

/** What a tile shows beside its picture.
 *  @typedef {{lost: number, corrupt: number, skipped: number, missed: number}}
 *  TileCounts */

const RATE_WINDOW_MILLIS = 3000;

export class Tile {
  /** @type {?Picture} the newest picture that waits while another is decoded */
  #waiting = null;
  #decoding = false;
  /** @type {?number} when the picture on the screen was new; it only moves for a new one */
  #newMillis = null;
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
    const template = document.getElementById('tile');
    const element = template.content.firstElementChild.cloneNode(true);
    const part = (name) => element.querySelector(`.${name}`);
    this.canvas = part('picture');
    this.context = this.canvas.getContext('2d', { alpha: false });
    this.texts = Object.fromEntries(
      ['name', 'state', 'age', 'rate', 'lost', 'skipped', 'banner-state', 'banner-age'].map(
        (name) => [name, part(name).appendChild(document.createTextNode(''))],
      ),
    );
    this.texts.name.data = topic;
    part('topic').title = topic;
    this.canvas.setAttribute('aria-label', `newest picture of ${topic}`);
    element.dataset.topic = topic;
    return element;
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
      next.done(await this.#decodeAndDraw(next));
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
    this.#newMillis = now - Math.max(0, picture.ageMillis());
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
   * How long ago the picture on the screen was new; null before the first.
   *
   * @param {number} nowMillis
   * @returns {?number}
   */
  ageMillis(nowMillis) {
    return this.#newMillis === null ? null : nowMillis - this.#newMillis;
  }

  /**
   * Brings the words up to date.
   *
   * @param {TileState} state
   * @param {TileCounts} counts
   * @param {number} nowMillis
   */
  render(state, { lost, corrupt, skipped, missed }, nowMillis) {
    const age = this.ageMillis(nowMillis);
    const ageText = age === null ? '–' : formatAge(age);
    this.#become(state);
    this.#write('age', ageText);
    this.#write('banner-age', age === null ? '' : ageText);
    this.#write('rate', `${this.#framesPerSecond(nowMillis).toFixed(1)} fps`);
    this.#write('lost', `${lost} lost${corrupt ? `, ${corrupt} corrupt` : ''}`);
    this.#write('skipped', `${skipped} skipped${missed ? `, ${missed} missed while away` : ''}`);
    this.#expose('ageMs', age === null ? '' : String(Math.round(age)));
    this.#expose('lost', String(lost));
    this.#expose('corrupt', String(corrupt));
    this.#expose('skipped', String(skipped));
    this.#expose('missed', String(missed));
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
    this.element.setAttribute('aria-label', `${this.element.dataset.topic}: ${state}`);
    this.#write('state', state);
    this.#write('banner-state', state);
  }

  #write(name, text) {
    if (this.texts[name].data !== text) {
      this.texts[name].data = text;
    }
  }

  #framesPerSecond(nowMillis) {
    while (this.#drawn.length > 0 && nowMillis - this.#drawn[0] > RATE_WINDOW_MILLIS) {
      this.#drawn.shift();
    }
    const count = this.#drawn.length;
    const span = count < 2 ? 0 : this.#drawn[count - 1] - this.#drawn[0];
    return span > 0 ? ((count - 1) * 1000) / span : 0;
  }
}
