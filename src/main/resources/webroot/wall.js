/**
 * The wall: all topics of the cluster, or those that ?topics= names, on one page.
 *
 * @module wall
 */

import { readChunk } from './chunk.js';
import { NodeClock } from './clock.js';
import { startDeadline } from './deadline.js';
import { setText } from './elements.js';
import { Feed } from './feed.js';
import { chooseLayout } from './layout.js';
import { TILE_STATES } from './picture-state.js';
import { BusSocket } from './socket.js';
import { Tile } from './tile.js';

const TICK_MILLIS = 100;
const CLOCK_MILLIS = 1000;
const REPORT_MILLIS = 5000;
const SUBSCRIPTION = 1;
const DEFAULT_MAX_FRAME_BYTES = 32 * 1024 * 1024;
/** More time than this between two ticks on the calendar's clock only: the machine has slept. */
const SLEPT_MILLIS = 3000;

/** What the page's address asks for, such as ?width=640&height=360; nothing: as published. */
function wishOf(query) {
  const wish = Object.fromEntries(
    ['width', 'height', 'quality', 'bytes', 'fps']
      .filter((name) => Number(query.get(name)) > 0)
      .map((name) => [name, Number(query.get(name))]),
  );
  return Object.keys(wish).length > 0 ? wish : null;
}

/** Keeps hall-2 before hall-10. */
const BY_NAME = new Intl.Collator('en', { numeric: true });

const byId = (id) => document.getElementById(id);

class Wall {
  /** @type {Map<string, Feed>} by topic */
  #feeds = new Map();
  /** @type {Map<bigint, Feed>} by the stream that each shows on this connection */
  #streams = new Map();
  #clock = new NodeClock();
  #maxFrameBytes = DEFAULT_MAX_FRAME_BYTES;
  #subscribed = false;
  #unattributable = 0;
  #calendarLead = Date.now() - performance.now();

  /**
   * @param {URL} page
   */
  constructor(page) {
    this.page = page;
    this.filter = page.searchParams.get('topics') || '#';
    this.grid = byId('wall');
    this.socket = new BusSocket(page, {
      onControl: (message) => this.#onControl(message),
      onChunk: (bytes) => this.#onChunk(bytes),
      onState: (state) => this.#onState(state),
      onMove: () => this.#onMove(),
    });
  }

  start() {
    this.socket.open();
    this.deadline = startDeadline(byId('dead'));
    setInterval(() => this.#tick(), TICK_MILLIS);
    setInterval(() => this.socket.send(this.#clock.request()), CLOCK_MILLIS);
    setInterval(() => this.#report(), REPORT_MILLIS);
    new ResizeObserver(() => this.#arrange()).observe(this.grid);
  }

  #onControl(message) {
    const now = performance.now();
    switch (message.type) {
      case 'welcome':
        this.#onWelcome(message);
        break;
      case 'subscribed':
        this.#subscribed = true;
        this.#notice('');
        break;
      case 'stream':
        this.#onStream(message, now);
        break;
      case 'skip':
        this.#feedOf(message.stream)?.skip(message, now);
        break;
      case 'heartbeat':
        for (const beat of message.streams) {
          this.#feedOf(beat.stream)?.heartbeat(beat, now);
        }
        break;
      case 'ended':
        this.#feedOf(message.stream)?.end(message, now);
        break;
      case 'time':
        this.#clock.take(message);
        break;
      case 'error':
        this.#onError(message);
        break;
    }
  }

  #onError({ id, code, message }) {
    if (id === SUBSCRIPTION) {
      this.#notice(message);
    } else {
      console.warn(`the node says ${code}: ${message}`);
    }
  }

  #onWelcome({ node, limits }) {
    this.#maxFrameBytes = limits?.frameBytes ?? DEFAULT_MAX_FRAME_BYTES;
    byId('node').textContent = `node ${node}`;
    this.#clock.reset();
    this.socket.send(this.#clock.request());
    const variant = wishOf(new URLSearchParams(location.search));
    this.socket.send({
      type: 'subscribe',
      id: SUBSCRIPTION,
      topic: this.filter,
      start: 'last',
      ...(variant && { variant }),
    });
  }

  #onStream(message, nowMillis) {
    const stream = BigInt(`0x${message.stream}`);
    const feed = this.#feedFor(message.topic);
    feed.tile.variant(message.variant ?? 'source');
    if (feed.stream !== stream) {
      this.#streams.delete(feed.stream);
    }
    this.#streams.set(stream, feed);
    feed.begin(stream, message, this.#maxFrameBytes, nowMillis);
  }

  #feedFor(topic) {
    let feed = this.#feeds.get(topic);
    if (!feed) {
      const tile = new Tile(topic);
      feed = new Feed(topic, tile, this.#clock, (message) => this.socket.send(message));
      this.#feeds.set(topic, feed);
      this.#insert(topic, tile.element);
      this.#arrange();
    }
    return feed;
  }

  /** Keeps the tiles in the order of their topics: each finds its place again after a reload. */
  #insert(name, element) {
    const after = [...this.grid.children].find((tile) => BY_NAME.compare(tile.dataset.topic, name) > 0);
    this.grid.insertBefore(element, after ?? null);
  }

  #feedOf(streamText) {
    return this.#streams.get(BigInt(`0x${streamText}`));
  }

  #onChunk(bytes) {
    const chunk = readChunk(bytes);
    if (chunk === null) {
      this.#unattributable++;
      this.grid.dataset.unattributable = String(this.#unattributable);
      return;
    }
    this.#streams.get(chunk.stream)?.chunk(chunk, performance.now());
  }

  #onState(state) {
    if (state !== 'CONNECTED') {
      this.#subscribed = false;
      this.#streams.clear();
      for (const feed of this.#feeds.values()) {
        feed.disconnect(performance.now());
      }
    }
    byId('connection').textContent = state.toLowerCase();
    byId('connection').dataset.connection = state;
    document.body.dataset.connection = state;
    this.#tick();
  }

  #onMove() {
    this.#streams.clear();
    for (const feed of this.#feeds.values()) {
      feed.move(performance.now());
    }
  }

  #report() {
    const streams = [...this.#feeds.values()].flatMap((feed) => feed.report());
    if (streams.length > 0) {
      this.socket.send({ type: 'report', streams });
    }
  }

  #tick() {
    const now = performance.now();
    this.deadline.currentTime = 0;
    const lead = Date.now() - now;
    if (lead - this.#calendarLead > SLEPT_MILLIS) {
      this.socket.abandon();
    }
    this.#calendarLead = lead;
    this.socket.tick(now);
    const states = Object.fromEntries(TILE_STATES.map((state) => [state, 0]));
    for (const feed of this.#feeds.values()) {
      feed.tick(now);
      states[feed.tile.state]++;
    }
    this.#summarise(states);
  }

  #summarise(states) {
    const count = this.#feeds.size;
    const parts = Object.entries(states)
      .filter(([, tiles]) => tiles > 0)
      .map(([state, tiles]) => `${tiles} ${state.toLowerCase()}`);
    const topics = `${count} ${count === 1 ? 'topic' : 'topics'}`;
    setText(byId('summary'), count === 0 ? topics : `${topics}: ${parts.join(', ')}`);
    byId('empty').hidden = count > 0 || !this.#subscribed;
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
    const { columns, kind } = chooseLayout(this.#feeds.size, clientWidth, clientHeight);
    this.grid.style.setProperty('--columns', String(columns));
    this.grid.dataset.layout = kind;
  }
}

const wall = new Wall(new URL(window.location.href));
wall.explain();
wall.start();
