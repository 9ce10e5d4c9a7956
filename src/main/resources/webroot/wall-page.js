/**
 * The wall page: the cameras that ?topics= names or matches, all on one screen, or page by page.
 *
 * | parameter | |
 * |---|---|
 * | topics | topics and filters, separated by commas; all if absent |
 * | columns | as many as show the pictures largest if absent |
 * | tiles | cameras on a page, 1 to 100 |
 * | dwell | seconds until the next page, 0: until a key; 10 if absent |
 * | fps | the most pictures a second for each camera |
 * | kiosk | 1: pictures only, no pointer, the screen stays on |
 *
 * @module wall-page
 */

import { startDeadline } from './deadline.js';
import { Demand } from './demand.js';
import { setText } from './elements.js';
import { Feed } from './feed.js';
import { Kiosk } from './kiosk.js';
import { columnsFor, isFilter, Pages, topicsOf } from './paging.js';
import { TILE_STATES } from './picture-state.js';
import { Session } from './session.js';
import { Tile } from './tile.js';
import { isWanted } from './ways.js';

const TICK_MILLIS = 100;
const LABEL_MILLIS = 5000;
const DISCOVER_MILLIS = 3000;
const ANSWER_MILLIS = 5000;
const MAX_TILES = 100;
const DWELL_SECONDS = 10;

const byId = (id) => document.getElementById(id);

/** A parameter within bounds; the default if it is absent or no number. */
function number(query, name, low, high, otherwise) {
  const value = Number(query.get(name) ?? NaN);
  return Number.isFinite(value) ? Math.min(high, Math.max(low, Math.floor(value))) : otherwise;
}

class WallScreen {
  /** @type {Map<string, {tile: Tile, feed: Feed}>} by topic */
  #cameras = new Map();
  /** @type {string[]} all of this wall, in order */
  #topics = [];
  /** @type {string[]} of the cluster */
  #known = [];
  #large = '';
  #discovered = false;
  #labelledMillis = 0;

  /** @param {URL} page */
  constructor(page) {
    const query = page.searchParams;
    this.base = new URL('./', import.meta.url);
    this.wanted = (query.get('topics') || '#').split(',').map((each) => each.trim()).filter(Boolean);
    this.columns = number(query, 'columns', 1, MAX_TILES, 0);
    this.grid = byId('wall');
    this.pages = new Pages(
      number(query, 'tiles', 1, MAX_TILES, MAX_TILES),
      number(query, 'dwell', 0, 3600, DWELL_SECONDS) * 1000,
      performance.now(),
    );
    this.session = new Session(this.base, {
      onState: (state) => this.#onState(state),
      onControl: (message) => this.#onControl(message),
    });
    this.demand = new Demand(number(query, 'fps', 1, 1000, 0), (topic, wish) => this.session.ask(topic, wish));
    this.kiosk = new Kiosk(query.get('kiosk') === '1');
  }

  start() {
    this.session.start();
    this.deadline = startDeadline(byId('dead'));
    setInterval(() => this.#tick(), TICK_MILLIS);
    new ResizeObserver(() => this.#arrange()).observe(this.grid);
    document.addEventListener('keydown', (event) => this.#onKey(event));
    this.grid.addEventListener('click', (event) => this.#onClick(event));
    this.grid.addEventListener('focusin', ({ target }) => this.#cameraOf(target)?.tile.label());
    this.#choose();
    if (this.wanted.some(isFilter)) {
      this.#discover();
    }
  }

  /** Which topics there are is asked over HTTP: a subscription to them all would bring pictures. */
  async #discover() {
    try {
      const answer = await fetch(new URL('api/v1/topics', this.base), {
        cache: 'no-store',
        signal: AbortSignal.timeout(ANSWER_MILLIS),
      });
      if (answer.ok) {
        this.#known = (await answer.json()).topics.map(({ topic }) => topic);
        this.#discovered = true;
        this.#choose();
      }
    } catch {
      // The node that served the page is away; those cameras that are known are shown by another.
    }
    setTimeout(() => this.#discover(), DISCOVER_MILLIS);
  }

  /** A camera once shown stays on the wall: a place that is suddenly empty tells nobody why. */
  #choose() {
    const known = [...new Set([...this.#known, ...this.#cameras.keys()])];
    const topics = topicsOf(this.wanted, known, isWanted);
    if (topics.length !== this.#topics.length || topics.some((topic, at) => topic !== this.#topics[at])) {
      this.#topics = topics;
      this.pages.resize(topics.length);
      this.#showPage();
    }
  }

  #showPage() {
    const focused = document.activeElement?.dataset?.topic;
    const shown = this.pages.slice(this.#topics);
    this.grid.replaceChildren(...shown.map((topic) => this.#camera(topic).tile.element));
    this.grid.querySelector(`.tile[data-topic="${CSS.escape(focused ?? '')}"]`)?.focus();
    this.#enlarge(shown.includes(this.#large) ? this.#large : '');
    this.#arrange();
  }

  #camera(topic) {
    let camera = this.#cameras.get(topic);
    if (!camera) {
      const tile = new Tile(topic);
      const feed = new Feed(topic, tile, this.session.clock, (message) => this.session.send(message));
      camera = { tile, feed };
      this.#cameras.set(topic, camera);
      this.session.add(topic, feed);
      this.demand.follow(topic, tile.element.querySelector('.frame'));
    }
    return camera;
  }

  #cameraOf(target) {
    return this.#cameras.get(target.closest?.('.tile')?.dataset.topic);
  }

  #arrange() {
    const shown = this.#large ? 1 : this.grid.childElementCount;
    const { clientWidth, clientHeight } = this.grid;
    const columns = this.#large ? 1 : this.columns || columnsFor(shown, clientWidth, clientHeight);
    this.grid.style.setProperty('--columns', String(columns));
    this.grid.style.setProperty('--rows', String(Math.max(1, Math.ceil(shown / columns))));
    this.grid.dataset.columns = String(columns);
  }

  /** @param {string} topic that is shown alone; empty: all */
  #enlarge(topic) {
    const before = this.#large;
    this.#large = topic;
    for (const tile of this.grid.children) {
      tile.classList.toggle('large', tile.dataset.topic === topic);
    }
    if (topic !== before) {
      this.#arrange();
      this.#cameras.get(topic || before)?.tile.element.focus();
    }
  }

  #onClick({ target }) {
    const topic = target.closest('.tile')?.dataset.topic;
    if (topic) {
      this.#enlarge(topic === this.#large ? '' : topic);
    }
  }

  #onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const action = this.#actionOf(event);
    if (action) {
      event.preventDefault();
      this.pages.hold(performance.now());
      action();
    }
  }

  #actionOf({ key, target }) {
    const columns = Number(this.grid.dataset.columns);
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    if (key in steps) {
      return () => this.#step(steps[key]);
    }
    const topic = target.closest?.('.tile')?.dataset.topic;
    switch (key) {
      case 'Enter':
        return topic && (() => this.#enlarge(topic === this.#large ? '' : topic));
      case 'Escape':
        return this.#large && (() => this.#enlarge(''));
      case 'PageDown':
        return () => this.#turn(1);
      case 'PageUp':
        return () => this.#turn(-1);
      case 'f':
        return () => this.kiosk.toggleFullScreen();
      default:
        return null;
    }
  }

  /** From camera to camera, also while one is large. */
  #step(by) {
    const tiles = [...this.grid.children];
    const at = tiles.indexOf(document.activeElement);
    const next = tiles[at < 0 ? 0 : at + (this.#large ? Math.sign(by) : by)];
    if (next && this.#large) {
      this.#enlarge(next.dataset.topic);
    }
    next?.focus();
  }

  #turn(by) {
    this.pages.turn(by, performance.now());
    this.#showPage();
  }

  #onControl({ type, node }) {
    if (type === 'welcome') {
      setText(byId('node'), `node ${node}`);
    }
  }

  #onState(state) {
    setText(byId('connection'), state.toLowerCase());
    byId('connection').dataset.connection = state;
    document.body.dataset.connection = state;
  }

  #tick() {
    const now = performance.now();
    this.deadline.currentTime = 0;
    this.session.tick();
    this.grid.dataset.unattributable = String(this.session.unattributable);
    if (this.#large) {
      this.pages.hold(now);
    } else if (this.pages.tick(now)) {
      this.#showPage();
    }
    if (now - this.#labelledMillis > LABEL_MILLIS) {
      this.#labelledMillis = now;
      this.#cameras.forEach(({ tile }) => tile.label(now));
    }
    this.#summarise();
  }

  #summarise() {
    const shown = this.pages.slice(this.#topics).map((topic) => this.#cameras.get(topic).tile.state);
    const words = TILE_STATES.map((state) => [state, shown.filter((each) => each === state).length])
      .filter(([, tiles]) => tiles > 0)
      .map(([state, tiles]) => `${tiles} ${state.toLowerCase()}`);
    const page = this.pages.pages > 1 ? `page ${this.pages.page + 1} of ${this.pages.pages}: ` : '';
    setText(byId('summary'), `${page}${words.join(', ')}`);
    byId('empty').hidden = this.#topics.length > 0 || !this.#discovered;
  }
}

new WallScreen(new URL(window.location.href)).start();
