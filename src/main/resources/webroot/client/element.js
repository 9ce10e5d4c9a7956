/**
 * `<imagebus-tile topic="site/gate">`: the newest picture of a topic, and how old that is.
 *
 * @module element
 */

import { formatAge } from '../age.js';
import { Bus } from './bus.js';
import { Painter } from './painter.js';

const LOOK_MILLIS = 100;
/** A tile that is being resized asks for another picture when it has come to rest. */
const REST_MILLIS = 250;

const STYLE = `
:host { display: block; position: relative; overflow: hidden; aspect-ratio: 16 / 9;
  background: #111; color: #eee; font: 14px/1.3 system-ui, sans-serif; }
canvas { display: block; width: 100%; height: 100%; object-fit: contain; }
p { position: absolute; inset: auto 0 0 0; margin: 0; padding: .3em .6em; display: flex; gap: .8em;
  background: rgb(0 0 0 / .65); font-variant-numeric: tabular-nums; }
.name { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
:host(:not([state="LIVE"])) canvas { filter: grayscale(1) brightness(.5); }
:host(:not([state="LIVE"])) p { background: #a11; font-size: 1.4em; }
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
  #subscription = null;
  /** @type {?Promise<Painter>} */
  #painter = null;
  #painted = null;
  #texts;
  #box = { width: 0, height: 0 };
  #inView = false;
  #timer = 0;
  #rest = 0;
  #resize;
  #scroll;
  #onVisibility = () => this.#decide();

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const line = document.createElement('p');
    this.#texts = Object.fromEntries(
      ['name', 'state', 'age'].map((name) => {
        const part = line.appendChild(document.createElement('span'));
        part.className = name;
        return [name, part.appendChild(document.createTextNode(''))];
      }),
    );
    root.append(document.createElement('canvas'), line);
    this.#resize = new ResizeObserver(([entry]) => this.#onSize(entry));
    this.#scroll = new IntersectionObserver((entries) => {
      this.#inView = entries[entries.length - 1].isIntersecting;
      this.#decide();
    });
  }

  /** CONNECTING, LIVE, STALE, OFFLINE or PAUSED. */
  get state() {
    return this.getAttribute('state');
  }

  /** What is known of the topic; null before it was asked for. */
  get status() {
    const status = this.#subscription?.status()[0];
    const { decoded = 0, place = 'none' } = this.#painted ?? {};
    return status ? { ...status, decoded, decodedIn: place } : null;
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
        this.#subscription?.update(this.#wish());
      } else {
        this.#close();
        this.#open();
      }
    }
  }

  #open() {
    const servers = (this.getAttribute('server') ?? home()).trim().split(/\s+/);
    const token = this.getAttribute('token') ?? undefined;
    this.#key = JSON.stringify([servers, token]);
    this.#bus = borrow(this.#key, servers, token);
    this.#texts.name.data = this.getAttribute('topic') ?? '';
    this.#look();
    this.#timer = setInterval(() => this.#look(), LOOK_MILLIS);
    this.#resize.observe(this);
    this.#scroll.observe(this);
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  #close() {
    clearInterval(this.#timer);
    clearTimeout(this.#rest);
    this.#resize.disconnect();
    this.#scroll.disconnect();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#subscription?.close();
    this.#subscription = null;
    this.#painter?.then((painter) => painter.close());
    this.#painter = null;
    this.#painted = null;
    this.#inView = false;
    giveBack(this.#key);
    this.#bus = null;
  }

  #onSize(entry) {
    const ratio = window.devicePixelRatio;
    const { width, height } = entry.contentRect;
    this.#box = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#subscription?.update(this.#wish()), REST_MILLIS);
    this.#decide();
  }

  #wish() {
    return {
      ...this.#box,
      fps: Number(this.getAttribute('fps')) || undefined,
      quality: Number(this.getAttribute('quality')) || undefined,
    };
  }

  /** Only what somebody can see is asked for. */
  #decide() {
    const seen = this.#inView && this.#box.width > 0 && !document.hidden;
    if (!seen) {
      this.#subscription?.pause();
    } else if (this.#subscription) {
      this.#subscription.resume();
    } else if (this.getAttribute('topic')) {
      this.#begin();
    }
    this.#look();
  }

  #begin() {
    // A canvas that was given to the worker cannot be taken back: each beginning has a new one.
    const canvas = document.createElement('canvas');
    this.shadowRoot.querySelector('canvas').replaceWith(canvas);
    this.#painter = Painter.open(canvas);
    this.#subscription = this.#bus.subscribe(this.getAttribute('topic'), {
      ...this.#wish(),
      onFrame: (frame) => this.#show(frame),
      onState: () => this.#look(),
      onError: ({ message }) => (this.title = message),
    });
  }

  async #show(frame) {
    const opened = this.#painter;
    const painter = await opened;
    if (opened !== this.#painter) {
      return false;
    }
    this.#painted = painter;
    return (await painter.draw(frame.blob, this.#box)) !== null;
  }

  /** Says how things are; the age goes on whether or not anything comes. */
  #look() {
    const status = this.status;
    const state = this.#subscription?.paused ? 'PAUSED' : (status?.state ?? 'CONNECTING');
    const age = status?.ageMillis ?? null;
    write(this.#texts.state, state);
    write(this.#texts.age, age === null ? '–' : formatAge(age));
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
