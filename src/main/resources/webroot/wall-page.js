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

import { startDeadline } from './deadline.js';
import { Demand } from './demand.js';
import { setText } from './elements.js';
import { Feed } from './feed.js';
import { Kiosk } from './kiosk.js';
import { Pages } from './paging.js';
import { TILE_STATES } from './picture-state.js';
import { Session } from './session.js';
import { Tile } from './tile.js';
import { FilterPlan, LayoutPlan } from './wall-plan.js';
import { screenName, WatchedWall } from './walls.js';

const TICK_MILLIS = 100;
const LABEL_MILLIS = 5000;
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
  /** @type {Map<string, {tile: Tile, feed: Feed}>} by topic */
  #cameras = new Map();
  /** @type {import('./wall-plan.js').Place[]} on the screen, in order */
  #places = [];
  #shown = '';
  /** @type {string[]} of the cluster */
  #known = [];
  #large = '';
  /** Until when a camera is large because an operator wants it to be. */
  #pushedMillis = 0;
  #discovered = false;
  #labelledMillis = 0;

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
    this.session = new Session(this.base, {
      onState: (state) => this.#onState(state),
      onControl: (message) => this.#onControl(message),
    });
    this.demand = new Demand(number(query, 'fps', 1, 1000, 0), (topic, wish) => this.session.ask(topic, wish));
    this.kiosk = new Kiosk(query.get('kiosk') === '1');
    const name = query.get('name');
    if (name) {
      this.plan = new LayoutPlan(NO_LAYOUT);
      this.watched = new WatchedWall(this.session, name, screenName(page, sessionStorage), {
        onChange: (layout) => this.#onLayout(name, layout),
        onShow: (topic, seconds) => this.#push(topic, seconds),
      });
    }
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
    const known = [...new Set([...this.#known, ...this.#cameras.keys()])];
    const places = this.plan.places(known, now, Date.now());
    if (this.#pushedMillis > now && !places.some(({ topic }) => topic === this.#large)) {
      places.push({ topic: this.#large, title: '', cells: null });
    }
    const shown = JSON.stringify(places);
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#places = places;
      this.#showPlaces();
    }
  }

  #showPlaces() {
    const focused = document.activeElement?.dataset?.topic ?? '';
    this.grid.replaceChildren(...this.#places.map((place) => this.#put(place)));
    this.#cameras.get(focused)?.tile.element.focus();
    this.#enlarge(this.#places.some(({ topic }) => topic === this.#large) ? this.#large : '');
    this.#arrange();
  }

  #put({ topic, title, cells }) {
    const { tile } = this.#camera(topic);
    const { style } = tile.element;
    style.gridColumn = cells ? `${cells.column} / span ${cells.width}` : '';
    style.gridRow = cells ? `${cells.row} / span ${cells.height}` : '';
    tile.name(title || topic);
    return tile.element;
  }

  /** An operator wants everybody to look at a camera. */
  #push(topic, seconds) {
    this.#pushedMillis = performance.now() + seconds * 1000;
    this.#large = topic;
    this.#camera(topic);
    this.#choose();
    this.#enlarge(topic);
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
    const { clientWidth, clientHeight } = this.grid;
    const { columns, rows } = this.#large
      ? { columns: 1, rows: 1 }
      : this.plan.shape(this.grid.childElementCount, clientWidth, clientHeight);
    this.grid.style.setProperty('--columns', String(columns));
    this.grid.style.setProperty('--rows', String(rows));
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
      this.plan.hold(performance.now());
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
    this.session.tick();
    this.grid.dataset.unattributable = String(this.session.unattributable);
    if (this.#pushedMillis > 0 && now > this.#pushedMillis) {
      this.#pushedMillis = 0;
      this.#enlarge('');
    }
    if (this.#large) {
      this.plan.hold(now);
    }
    this.#choose();
    this.watched?.report(now, () => this.#describe(now));
    if (now - this.#labelledMillis > LABEL_MILLIS) {
      this.#labelledMillis = now;
      this.#cameras.forEach(({ tile }) => tile.label(now));
    }
    this.#summarise();
  }

  #summarise() {
    const shown = this.#places.map(({ topic }) => this.#cameras.get(topic).tile.state);
    const words = TILE_STATES.map((state) => [state, shown.filter((each) => each === state).length])
      .filter(([, tiles]) => tiles > 0)
      .map(([state, tiles]) => `${tiles} ${state.toLowerCase()}`);
    setText(byId('summary'), `${this.plan.words}${words.join(', ')}`);
    byId('empty').hidden = this.#places.length > 0 || !this.#discovered;
  }

  /** What the wall is told of this screen. */
  #describe(nowMillis) {
    const tiles = this.#places.slice(0, MAX_TILES).map(({ topic }) => {
      const { tile, feed } = this.#cameras.get(topic);
      const { lost, skipped } = feed.totals();
      const age = tile.ageMillis(nowMillis);
      const fps = Math.round(tile.framesPerSecond(nowMillis) * 10) / 10;
      return { topic, state: tile.state, fps, lost, skipped, ...(age !== null && { ageMillis: Math.round(age) }) };
    });
    const view = { width: window.innerWidth, height: window.innerHeight, ratio: window.devicePixelRatio };
    return { via: 'websocket', view, tiles };
  }
}

new WallScreen(new URL(window.location.href)).start();
