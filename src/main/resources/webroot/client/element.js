/**
 * `<imagebus-tile topic="site/gate">`: the newest picture of a topic, and how old that is.
 *
 * @module element
 */

import { formatAge } from '../age.js';
import { Bus } from './bus.js';
import { Painter } from './painter.js';
import { View } from './view.js';

const LOOK_MILLIS = 100;

const STYLE = `
:host { display: block; position: relative; overflow: hidden; aspect-ratio: 16 / 9;
  background: #111; color: #eee; font: 14px/1.3 system-ui, sans-serif; }
canvas { display: block; width: 100%; height: 100%; object-fit: contain; }
p { position: absolute; inset: auto 0 0 0; margin: 0; padding: .3em .6em; display: flex;
  flex-wrap: wrap; gap: 0 .8em; background: rgb(0 0 0 / .65); font-variant-numeric: tabular-nums; }
.name { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.reason { flex-basis: 100%; font-size: .7em; }
.reason:empty { display: none; }
:host(:not([state="LIVE"])) canvas { filter: grayscale(1) brightness(.5); }
:host(:not([state="LIVE"])) p { background: #a11; font-size: 1.4em; }
:host(:is([state="CONNECTING"], [state="HIDDEN"])) p { background: rgb(0 0 0 / .65); }
`;

/** @type {Map<string, {bus: Bus, tiles: number}>} one connection for all tiles of a server */
const buses = new Map();

function borrow(key, servers, token) {
  const entry = buses.get(key) ?? { bus: new Bus(servers, { token }), tiles: 0 };
  entry.tiles++;
  buses.set(key, entry);
  return entry.bus;
}

function giveBack(key) {
  const entry = buses.get(key);
  if (--entry.tiles === 0) {
    buses.delete(key);
    entry.bus.close();
  }
}

/** Where this file comes from; from a disk, where the page comes from. */
function home() {
  const own = new URL(import.meta.url);
  return own.protocol.startsWith('http') ? own.origin : globalThis.location.origin;
}

const Element = globalThis.HTMLElement ?? class {};

export class Tile extends Element {
  static observedAttributes = ['topic', 'server', 'token', 'fps', 'quality'];

  #key = '';
  #bus = null;
  /** @type {?View} */
  #view = null;
  /** @type {?Painter} */
  #painter = null;
  #texts;
  #timer = 0;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const line = document.createElement('p');
    this.#texts = Object.fromEntries(
      ['name', 'state', 'age', 'reason'].map((name) => {
        const part = line.appendChild(document.createElement('span'));
        part.className = name;
        return [name, part.appendChild(document.createTextNode(''))];
      }),
    );
    root.append(document.createElement('canvas'), line);
  }

  /** CONNECTING, LIVE, STALE, FROZEN, OFFLINE, DENIED or HIDDEN. */
  get state() {
    return this.getAttribute('state');
  }

  /** What is known of the topic; null without one. */
  get status() {
    const status = this.#view?.status;
    return status
      ? { ...status, decoded: this.#painter.decoded, decodedIn: this.#painter.place }
      : null;
  }

  /** The connection, which the tiles of a server share; null while the tile is not in a page. */
  get bus() {
    return this.#bus;
  }

  connectedCallback() {
    this.#open();
  }

  disconnectedCallback() {
    this.#close();
  }

  attributeChangedCallback(name, before, now) {
    if (this.#bus && before !== now) {
      if (name === 'fps' || name === 'quality') {
        this.#view?.limit(this.#limits());
      } else {
        this.#close();
        this.#open();
      }
    }
  }

  #open() {
    const servers = (this.getAttribute('server') ?? home()).trim().split(/\s+/);
    const token = this.getAttribute('token') ?? undefined;
    const topic = this.getAttribute('topic') ?? '';
    this.#key = JSON.stringify([servers, token]);
    this.#bus = borrow(this.#key, servers, token);
    this.#texts.name.data = topic;
    if (topic) {
      this.#begin(topic);
    }
    this.#look();
    this.#timer = setInterval(() => this.#look(), LOOK_MILLIS);
  }

  #begin(topic) {
    // Nothing is to be seen of the topic before.
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    this.shadowRoot.querySelector('canvas').replaceWith(canvas);
    const painter = new Painter(canvas);
    this.#painter = painter;
    this.#view = new View(this.#bus, topic, this, {
      ...this.#limits(),
      onFrame: ({ blob }) => painter.draw(blob),
      onState: () => this.#look(),
    });
  }

  #limits() {
    return {
      fps: Number(this.getAttribute('fps')) || undefined,
      quality: Number(this.getAttribute('quality')) || undefined,
    };
  }

  #close() {
    clearInterval(this.#timer);
    this.#view?.close();
    this.#view = null;
    this.#painter?.close();
    this.#painter = null;
    giveBack(this.#key);
    this.#bus = null;
  }

  /** Says how things are; the age goes on whether or not anything comes. */
  #look() {
    const { state = 'CONNECTING', ageMillis = null, refusal = '' } = this.#view?.status ?? {};
    write(this.#texts.state, state);
    write(this.#texts.age, ageMillis === null ? '–' : formatAge(ageMillis));
    write(this.#texts.reason, refusal);
    if (state !== this.state) {
      this.setAttribute('state', state);
      this.shadowRoot
        .querySelector('canvas')
        .setAttribute('aria-label', `${this.getAttribute('topic')}: ${state}`);
      this.dispatchEvent(new CustomEvent('statechange', { detail: { state } }));
    }
  }
}

function write(text, data) {
  if (text.data !== data) {
    text.data = data;
  }
}
