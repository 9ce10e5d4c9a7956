/**
 * One topic on the wall: its newest picture, and above all how old that is.
 *
 * @module tile
 */

import { formatAge } from './age.js';
import { Painter } from './client/painter.js';
import { element } from './elements.js';
import { duration } from './figures.js';

/** @typedef {import('./picture-state.js').TileState} TileState */
/** @typedef {import('./client/imagebus.d.ts').Frame} Frame */
/** @typedef {import('./client/imagebus.d.ts').TopicStatus} TopicStatus */

const FIGURES = ['rate', 'lost', 'skipped', 'received', 'error'];

export class Tile {
  #painter;
  #topic;
  #age = '';

  /** @param {string} topic */
  constructor(topic) {
    this.#topic = topic;
    /** @type {TileState} */
    this.state = 'CONNECTING';
    this.element = this.#build(topic);
    this.#painter = new Painter(this.canvas);
  }

  #build(topic) {
    this.canvas = element('canvas', 'picture');
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', `newest picture of ${topic}`);
    this.canvas.width = 16;
    this.canvas.height = 9;
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
    /** Where the picture is, in the size in which it is to be asked for. */
    this.frame = element('div', 'frame', this.canvas, banner);
    const tile = element(
      'article',
      'tile',
      this.frame,
      element('div', 'caption', heading, text('p', 'state'), text('p', 'age'), this.figures),
    );
    tile.tabIndex = 0;
    tile.dataset.topic = topic;
    return tile;
  }

  /**
   * Shows a new picture. To be given one at a time.
   *
   * @param {Frame} frame
   * @returns {Promise<boolean>} whether it can be shown
   */
  async show({ blob, number }) {
    const drawn = await this.#painter.draw(blob);
    if (drawn) {
      this.element.dataset.frame = String(number ?? '');
    }
    return drawn;
  }

  /**
   * Brings the words up to date.
   *
   * @param {TopicStatus} status
   */
  render(status) {
    const { ageMillis, lost, corrupt, skipped, missed, missedNumbers, received, errorMicros } = status;
    const isKnown = Number.isFinite(errorMicros);
    this.#age = ageMillis === null ? '' : formatAge(ageMillis);
    this.#become(status.state);
    this.#write('age', this.#age || '–');
    this.#write('banner-age', this.#age);
    this.#write('reason', status.refusal);
    this.#write('rate', `${status.framesPerSecond?.toFixed(1) ?? '–'} fps`);
    this.#write('lost', `${lost} lost${corrupt ? `, ${corrupt} corrupt` : ''}`);
    this.#write('skipped', `${skipped} skipped${missed ? `, ${missed} missed while away` : ''}`);
    this.#write('received', `${received} received`);
    this.#write('error', isKnown ? `age ± ${duration(errorMicros)}` : 'age by this screen’s clock');
    this.#explain(status);
    this.#expose('ageMs', ageMillis === null ? '' : String(Math.round(ageMillis)));
    this.#expose('errorMicros', isKnown ? String(Math.round(errorMicros)) : '');
    this.#expose('missedNumbers', missedNumbers);
    for (const [name, count] of Object.entries({ lost, corrupt, skipped, received, missed })) {
      this.#expose(name, String(count));
    }
  }

  /** Why frames were skipped, and which were missed: seen when the pointer rests there. */
  #explain({ skippedFor, missedNumbers }) {
    const words = Object.entries(skippedFor).map(([reason, frames]) => `${reason}: ${frames}`);
    setTitle(this.figures, words.join(', '));
    setTitle(this.canvas, missedNumbers && `the last interruption passed over the numbers ${missedNumbers}`);
  }

  /** @param {string} name what the tile is called on this wall */
  name(name) {
    this.#write('name', name);
  }

  /** Says in which form the pictures come, if it is not as they were published. */
  showVariant(label) {
    this.#expose('variant', label);
    this.#write('name', label === 'source' ? this.#topic : `${this.#topic} · ${label}`);
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
   */
  label() {
    const words = this.#age && `, picture ${this.#age} old`;
    this.element.setAttribute('aria-label', `${this.#topic}: ${this.state.toLowerCase()}${words}`);
  }

  #write(name, text) {
    if (this.texts[name].data !== text) {
      this.texts[name].data = text;
    }
  }
}

function setTitle(target, words) {
  if (target.title !== words) {
    target.title = words;
  }
}
