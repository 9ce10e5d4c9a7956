/**
 * The wall page: the cameras that ?topics= names or matches, all on one screen, or page by page; or
 * the wall that ?name= names, as its layout is at the moment.
 *
 * | parameter | |
 * |---|---|
 * | name | a wall whose layout the cluster keeps; the next four do not matter then |
 * | screen | what this screen is called among those of the wall |
 * | topics | topics and filters, separated by commas; all if absent |
 * | columns | as many as show the pictures largest if absent |
 * | tiles | cameras on a page, 1 to 100 |
 * | dwell | seconds until the next page, 0: until a key; 10 if absent |
 * | fps | the most pictures a second for each camera |
 * | kiosk | 1: pictures only, no pointer, the screen stays on |
 *
 * @module wall-page
 */

import { Cameras } from './cameras.js';
import { startDeadline } from './deadline.js';
import { setText } from './elements.js';
import { Kiosk } from './kiosk.js';
import { Pages } from './paging.js';
import { TILE_STATES } from './picture-state.js';
import { listenTo } from './wall-keys.js';
import { FilterPlan, LayoutPlan, placeOf } from './wall-plan.js';
import { screenName, WatchedWall } from './walls.js';

const TICK_MILLIS = 100;
const DISCOVER_MILLIS = 3000;
const ANSWER_MILLIS = 5000;
const MAX_TILES = 100;
const DWELL_SECONDS = 10;
const NO_LAYOUT = Object.freeze({ title: '', columns: 1, dwellSeconds: 0, tiles: [] });

const byId = (id) => document.getElementById(id);

/** A parameter within bounds; the default if it is absent or no number. */
function number(query, name, low, high, otherwise) {
  const value = Number(query.get(name) ?? NaN);
  return Number.isFinite(value) ? Math.min(high, Math.max(low, Math.floor(value))) : otherwise;
}

class WallScreen {
  /** @type {import('./wall-plan.js').Place[]} on the screen, in order */
  #places = [];
  #shown = '';
  /** @type {string[]} of the cluster */
  #known = [];
  /** The key of the tile that is shown alone; empty: all. */
  large = '';
  /** Until when a camera is large because an operator wants it to be. */
  #pushedMillis = 0;
  #discovered = false;

  /** @param {URL} page */
  constructor(page) {
    const query = page.searchParams;
    this.base = new URL('./', import.meta.url);
    this.grid = byId('wall');
    this.plan = new FilterPlan(
      (query.get('topics') || '#').split(',').map((each) => each.trim()).filter(Boolean),
      number(query, 'columns', 1, MAX_TILES, 0),
      new Pages(
        number(query, 'tiles', 1, MAX_TILES, MAX_TILES),
        number(query, 'dwell', 0, 3600, DWELL_SECONDS) * 1000,
        performance.now(),
      ),
    );
    this.cameras = new Cameras(this.base, number(query, 'fps', 1, 1000, 0), {
      onState: (state) => this.#onState(state),
      onControl: (message) => this.#onControl(message),
    });
    this.kiosk = new Kiosk(query.get('kiosk') === '1');
    const name = query.get('name');
    if (name) {
      this.plan = new LayoutPlan(NO_LAYOUT);
      this.watched = new WatchedWall(this.cameras.bus, name, screenName(page, sessionStorage), {
        onChange: (layout) => this.#onLayout(name, layout),
        onShow: (topic, seconds) => this.#push(topic, seconds),
      });
    }
  }

  start() {
    this.deadline = startDeadline(byId('dead'));
    setInterval(() => this.#tick(), TICK_MILLIS);
    new ResizeObserver(() => this.#arrange()).observe(this.grid);
    listenTo(this);
    this.grid.addEventListener('focusin', ({ target }) => this.#labelOf(target));
    this.#choose();
    this.#discover();
  }

  /** Which topics there are is asked over HTTP: a subscription to them all would bring pictures. */
  async #discover() {
    try {
      if (!this.plan.hasFilter) {
        return;
      }
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
    } finally {
      setTimeout(() => this.#discover(), DISCOVER_MILLIS);
    }
  }

  #onLayout(name, layout) {
    this.plan = new LayoutPlan(layout ?? NO_LAYOUT);
    setText(byId('notice'), layout ? '' : `There is no wall ${name} yet.`);
    byId('notice').hidden = layout !== null;
    document.title = layout ? `${layout.title || name} · imagebus` : 'imagebus wall';
    this.#choose();
  }

  /** A camera once shown stays on the wall: a place that is suddenly empty tells nobody why. */
  #choose() {
    const now = performance.now();
    const known = [...new Set([...this.#known, ...this.cameras.topics])];
    const places = this.plan.places(known, now, Date.now());
    if (this.#pushedMillis > now && !places.some(({ key }) => key === this.large)) {
      places.push(placeOf(this.large));
    }
    const shown = JSON.stringify(places);
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#places = places;
      this.#showPlaces();
    }
  }

  #showPlaces() {
    const focused = document.activeElement?.dataset?.key ?? '';
    this.grid.replaceChildren(...this.#places.map((place) => this.#put(place)));
    this.#focus(focused);
    this.enlarge(this.#places.some(({ key }) => key === this.large) ? this.large : '');
    this.#arrange();
  }

  #put({ key, topic, title, cells }) {
    const tile = this.cameras.tile(key, topic);
    const { style } = tile.element;
    style.gridColumn = cells ? `${cells.column} / span ${cells.width}` : '';
    style.gridRow = cells ? `${cells.row} / span ${cells.height}` : '';
    tile.name(title || topic);
    return tile.element;
  }

  /** An operator wants everybody to look at a camera. */
  #push(topic, seconds) {
    this.#pushedMillis = performance.now() + seconds * 1000;
    this.large = topic;
    this.#choose();
    this.enlarge(topic);
    this.#arrange();
  }

  #arrange() {
    const { clientWidth, clientHeight } = this.grid;
    const { columns, rows } = this.large
      ? { columns: 1, rows: 1 }
      : this.plan.shape(this.grid.childElementCount, clientWidth, clientHeight);
    this.grid.style.setProperty('--columns', String(columns));
    this.grid.style.setProperty('--rows', String(rows));
    this.grid.dataset.columns = String(columns);
  }

  /** @param {string} key of the tile that is shown alone; empty: all */
  enlarge(key) {
    const before = this.large;
    this.large = key;
    for (const tile of this.grid.children) {
      tile.classList.toggle('large', tile.dataset.key === key);
    }
    if (key !== before) {
      this.#arrange();
      this.#focus(key || before);
    }
  }

  #focus(key) {
    [...this.grid.children].find((tile) => tile.dataset.key === key)?.focus();
  }

  #labelOf(target) {
    const { key, topic } = target.closest('.tile').dataset;
    this.cameras.tile(key, topic).label();
  }

  /** Somebody is at the keys: a page stays for its whole time. */
  hold() {
    this.plan.hold(performance.now());
  }

  toggleFullScreen() {
    this.kiosk.toggleFullScreen();
  }

  /** @param {number} by pages */
  turn(by) {
    this.plan.turn(by, performance.now());
    this.#choose();
  }

  #onControl(message) {
    if (message.type === 'welcome') {
      setText(byId('node'), `node ${message.node}`);
    }
    this.watched?.control(message);
  }

  #onState(state) {
    setText(byId('connection'), state.toLowerCase());
    byId('connection').dataset.connection = state;
    document.body.dataset.connection = state;
  }

  #tick() {
    const now = performance.now();
    this.deadline.currentTime = 0;
    this.cameras.tick(now);
    this.grid.dataset.unattributable = String(this.cameras.bus.unattributable);
    if (this.#pushedMillis > 0 && now > this.#pushedMillis) {
      this.#pushedMillis = 0;
      this.enlarge('');
    }
    if (this.large) {
      this.plan.hold(now);
    }
    this.#choose();
    this.watched?.report(now, () => this.#describe());
    this.#summarise();
  }

  #summarise() {
    const shown = this.#places.map(({ key, topic }) => this.cameras.tile(key, topic).state);
    const words = TILE_STATES.map((state) => [state, shown.filter((each) => each === state).length])
      .filter(([, tiles]) => tiles > 0)
      .map(([state, tiles]) => `${tiles} ${state.toLowerCase()}`);
    setText(byId('summary'), `${this.plan.words}${words.join(', ')}`);
    byId('empty').hidden = this.#places.length > 0 || !this.#discovered;
  }

  /** What the wall is told of this screen. */
  #describe() {
    const tiles = this.#places.slice(0, MAX_TILES).map(({ key }) => this.cameras.describe(key));
    const view = { width: window.innerWidth, height: window.innerHeight, ratio: window.devicePixelRatio };
    return { via: this.cameras.bus.via, view, tiles };
  }
}

new WallScreen(new URL(window.location.href)).start();
