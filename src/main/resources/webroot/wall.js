/**
 * All topics of the cluster, or those that ?topics= names, on one page.
 *
 * @module wall
 */

import { Bus } from './client/bus.js';
import { startDeadline } from './deadline.js';
import { setText } from './elements.js';
import { chooseLayout } from './layout.js';
import { TILE_STATES } from './picture-state.js';
import { Tile } from './tile.js';

const TICK_MILLIS = 100;

/** What the page's address asks for, such as ?width=640&height=360; nothing: as published. */
function wishOf(query) {
  const names = ['width', 'height', 'quality', 'bytes', 'fps'];
  return Object.fromEntries(names.map((name) => [name, Number(query.get(name))]));
}

/** Keeps hall-2 before hall-10. */
const BY_NAME = new Intl.Collator('en', { numeric: true });

const byId = (id) => document.getElementById(id);

class Wall {
  /** @type {Map<string, Tile>} by topic */
  #tiles = new Map();

  /**
   * @param {URL} page
   */
  constructor(page) {
    this.page = page;
    this.filter = page.searchParams.get('topics') || '#';
    this.grid = byId('wall');
    this.bus = new Bus([page], {}, {
      onState: (state) => this.#onState(state),
      onControl: ({ type, node }) => type === 'welcome' && setText(byId('node'), `node ${node}`),
    });
    this.subscription = this.bus.subscribe(this.filter, {
      ...wishOf(page.searchParams),
      onFrame: (frame) => this.#tile(frame.topic).show(frame),
      onError: ({ message }) => this.#notice(message),
    });
  }

  start() {
    this.deadline = startDeadline(byId('dead'));
    setInterval(() => this.#tick(), TICK_MILLIS);
    new ResizeObserver(() => this.#arrange()).observe(this.grid);
  }

  #tile(topic) {
    let tile = this.#tiles.get(topic);
    if (!tile) {
      tile = new Tile(topic);
      this.#tiles.set(topic, tile);
      this.#insert(topic, tile.element);
      this.#arrange();
    }
    return tile;
  }

  /** Keeps the tiles in the order of their topics: each finds its place again after a reload. */
  #insert(name, element) {
    const after = [...this.grid.children].find((tile) => BY_NAME.compare(tile.dataset.topic, name) > 0);
    this.grid.insertBefore(element, after ?? null);
  }

  #onState(state) {
    setText(byId('connection'), state.toLowerCase());
    byId('connection').dataset.connection = state;
    document.body.dataset.connection = state;
    this.#tick();
  }

  #tick() {
    this.deadline.currentTime = 0;
    if (this.subscription.confirmed) {
      this.#notice('');
    }
    this.grid.dataset.unattributable = String(this.bus.unattributable);
    const states = Object.fromEntries(TILE_STATES.map((state) => [state, 0]));
    // A topic that nobody has published yet has no tile.
    for (const status of this.subscription.status().filter(({ stream, shown }) => stream || shown)) {
      const tile = this.#tile(status.topic);
      tile.render(status);
      tile.showVariant(status.variant);
      states[status.state]++;
    }
    this.#summarise(states);
  }

  #summarise(states) {
    const count = this.#tiles.size;
    const parts = Object.entries(states)
      .filter(([, tiles]) => tiles > 0)
      .map(([state, tiles]) => `${tiles} ${state.toLowerCase()}`);
    const topics = `${count} ${count === 1 ? 'topic' : 'topics'}`;
    setText(byId('summary'), count === 0 ? topics : `${topics}: ${parts.join(', ')}`);
    byId('empty').hidden = count > 0 || !this.subscription.confirmed;
  }

  #notice(text) {
    byId('notice').hidden = text === '';
    setText(byId('notice'), text);
  }

  /** What to do when there is no topic yet. */
  explain() {
    const everything = this.filter === '#';
    const topic = everything ? 'demo/camera' : this.filter.replace('#', 'camera').replaceAll('+', 'demo');
    byId('empty-words').textContent = everything
      ? 'No topic yet: publish a picture with'
      : `No topic matches ${this.filter} yet: publish a picture with`;
    byId('empty-command').textContent =
      `curl -H 'Content-Type: image/jpeg' --data-binary @picture.jpg ` +
      `${this.page.origin}/api/v1/topics/${topic}/frames`;
  }

  #arrange() {
    const { clientWidth, clientHeight } = this.grid;
    const { columns, kind } = chooseLayout(this.#tiles.size, clientWidth, clientHeight);
    this.grid.style.setProperty('--columns', String(columns));
    this.grid.dataset.layout = kind;
  }
}

const wall = new Wall(new URL(window.location.href));
wall.explain();
wall.start();
