/**
 * A page's way to a cluster: one socket for everything, and a poorer door while it does not stand.
 *
 * @module bus
 */

import { NodeClock } from '../clock.js';
import { SleepWatch } from '../sleep.js';
import { BusSocket } from '../socket.js';
import { Channel } from './channel.js';
import { PullDoors } from './doors.js';
import { isPattern } from './filter.js';
import { Publication } from './publication.js';
import { Reception } from './reception.js';
import { Requests } from './requests.js';
import { Subscription } from './subscription.js';

const TICK_MILLIS = 100;
const CLOCK_MILLIS = 1000;
const REPORT_MILLIS = 5000;
/** A socket that does not stand for so long is replaced by the other doors until it does. */
const PATIENCE_MILLIS = 2000;
const DEFAULT_LIMITS = { frameBytes: 32 * 1024 * 1024, chunkBytes: 64 * 1024 };

/**
 * @typedef {object} BusListener
 * @property {(state: import('../socket.js').ConnectionState) => void} [onState] of the socket
 * @property {(message: object) => void} [onControl] each control message, after the bus took it
 */

export class Bus {
  #requests = new Requests((message) => this.send(message));
  /** @type {Set<Publication>} */
  #publications = new Set();
  #clock = new NodeClock();
  #reception = new Reception((topic) => this.#makeChannel(topic));
  #limits = DEFAULT_LIMITS;
  /** @type {?number} since when there is no socket */
  #downMillis = performance.now();
  #sleep = new SleepWatch(performance.now(), Date.now());
  #via = 'none';
  #timers;
  #socket;
  #doors;
  #listener;
  /** @type {?((via: string) => void)} called when another door is used */
  onVia = null;

  /**
   * @param {(string | URL)[]} urls
   * @param {{token?: string}} options
   * @param {BusListener} listener for pages that use the connection for more than pictures
   */
  constructor(urls, { token = null } = {}, listener = {}) {
    const [first, ...others] = urls.map((url) => new URL(url, globalThis.location?.href));
    const query = token ? `?access_token=${encodeURIComponent(token)}` : '';
    this.#listener = listener;
    const heard = {
      onControl: (message) => this.#onControl(message),
      onChunk: (bytes) => this.#reception.chunk(bytes, performance.now()),
      onState: (state) => this.#onState(state),
      onMove: () => this.#onMove(),
    };
    this.#socket = new BusSocket(first, heard, others, query);
    this.#doors = new PullDoors(() => this.#socket.origins, token, DEFAULT_LIMITS.frameBytes);
    this.#socket.open();
    this.#timers = [
      setInterval(() => this.#tick(), TICK_MILLIS),
      setInterval(() => this.send(this.#clock.request()), CLOCK_MILLIS),
      setInterval(() => this.#report(this.#reception.channels), REPORT_MILLIS),
    ];
  }

  /**
   * The best door in use: `websocket`, `mjpeg`, `snapshot`, or `none` while nothing comes.
   *
   * @returns {string}
   */
  get via() {
    if (this.#isConnected) {
      return 'websocket';
    }
    const used = this.#reception.channels.map(({ pull }) => pull?.via);
    return ['mjpeg', 'snapshot'].find((via) => used.includes(via)) ?? 'none';
  }

  /** Chunks whose header was damaged: they belong to nobody. */
  get unattributable() {
    return this.#reception.unattributable;
  }

  get #isConnected() {
    return this.#socket.state === 'CONNECTED';
  }

  /** @returns {Subscription} */
  subscribe(filter, options = {}) {
    const subscription = new Subscription(this, filter, options);
    this.#requests.add(subscription);
    if (!isPattern(filter)) {
      this.#reception.of(filter);
    }
    if (!subscription.paused) {
      this.enter(subscription);
    }
    return subscription;
  }

  /** @returns {Publication} */
  publish(topic, { contentType = 'image/jpeg' } = {}) {
    const publication = new Publication(this, this.#requests.nextId(), topic, contentType);
    this.#publications.add(publication);
    if (this.#isConnected) {
      publication.open();
    }
    return publication;
  }

  /** Ends everything. */
  close() {
    for (const publication of [...this.#publications]) {
      publication.close();
    }
    for (const subscription of this.#requests.all) {
      subscription.close();
    }
    this.#timers.forEach(clearInterval);
    this.#socket.close();
  }

  /** A subscription begins or goes on. */
  enter(subscription) {
    for (const channel of this.#channelsOf(subscription)) {
      this.#join(channel, subscription);
    }
    if (this.#isConnected) {
      this.#requests.ask(subscription);
    }
  }

  #join(channel, subscription) {
    if (!subscription.refusal) {
      channel.join(subscription);
    }
    if (!this.#isConnected && !channel.pull) {
      channel.picture.disconnected();
    }
  }

  /** A subscription ends or pauses: first the account of what came for it. */
  leave(subscription) {
    this.#report(this.#channelsOf(subscription).filter((each) => each.isWantedOnlyBy(subscription)));
    this.#release(subscription);
    this.#requests.cancel(subscription);
  }

  #release(subscription) {
    for (const channel of this.#channelsOf(subscription)) {
      channel.part(subscription);
      if (!channel.isWanted) {
        this.#reception.rest(channel, performance.now());
      }
    }
  }

  remove(subscription) {
    this.leave(subscription);
    this.#requests.remove(subscription);
  }

  forget(publication) {
    this.#publications.delete(publication);
  }

  /** A subscription wants another variant. */
  change(subscription) {
    this.#requests.change(subscription);
  }

  statusOf(subscription) {
    const now = performance.now();
    return this.#channelsOf(subscription).map((channel) => channel.status(now));
  }

  send(message) {
    this.#socket.send(message);
  }

  sendChunk(bytes) {
    this.#socket.sendChunk(bytes);
  }

  /** The line as a publisher sees it. */
  get line() {
    return { chunkBytes: this.#limits.chunkBytes, unsentBytes: this.#socket.unsentBytes };
  }

  #makeChannel(topic) {
    const send = (message) => this.send(message);
    const channel = new Channel(topic, this.#clock, send, () => this.#isConnected);
    this.#requests.active
      .filter((subscription) => subscription.matches(topic))
      .forEach((subscription) => this.#join(channel, subscription));
    return channel;
  }

  #channelsOf(subscription) {
    return isPattern(subscription.filter)
      ? this.#reception.channels.filter(({ topic }) => subscription.matches(topic))
      : [this.#reception.of(subscription.filter)];
  }

  #onControl(message) {
    switch (message.type) {
      case 'welcome':
        this.#onWelcome(message);
        break;
      case 'subscribed':
        this.#onSubscribed(this.#requests.byId(message.id));
        break;
      case 'published':
      case 'rejected':
      case 'ended':
        this.#publicationOf(message)?.hear(message);
        break;
      case 'time':
        this.#clock.take(message);
        break;
      case 'error':
        this.#onError(message, this.#requests.byId(message.id));
        break;
    }
    if (message.type !== 'stream' || this.#isAskedFor(message)) {
      this.#reception.control(message, this.#limits.frameBytes, performance.now());
    }
    this.#listener.onControl?.(message);
  }

  /** A stream may be announced for a subscription that has ended meanwhile. */
  #isAskedFor({ ids }) {
    return !ids || ids.some((id) => this.#requests.byId(id));
  }

  #onWelcome({ limits }) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#clock.reset();
    this.send(this.#clock.request());
    this.#requests.begin();
    this.#requests.active.forEach((subscription) => this.enter(subscription));
    this.#publications.forEach((publication) => publication.open());
  }

  /** Also the answer to an update, after which the picture goes on. */
  #onSubscribed(subscription) {
    if (!subscription) {
      return;
    }
    const now = performance.now();
    const isNew = !subscription.confirmed;
    this.#requests.confirm(subscription);
    for (const channel of this.#channelsOf(subscription)) {
      channel.join(subscription);
      if (isNew && !this.#reception.hasStream(channel)) {
        channel.feed.asked(now);
      }
    }
  }

  #onError(error, subscription) {
    if (!subscription) {
      console.warn(`the node says ${error.code}: ${error.message}`);
    } else if (this.#requests.fail(subscription, error, performance.now())) {
      this.#release(subscription);
    }
  }

  #onState(state) {
    if (state === 'CONNECTED') {
      this.#downMillis = null;
      this.#reception.channels.forEach((channel) => channel.stopPulling());
    } else {
      this.#downMillis ??= performance.now();
      this.#reception.disconnect(performance.now());
      this.#requests.forget();
      this.#publications.forEach((publication) => publication.disconnect());
    }
    this.#tell();
    this.#listener.onState?.(state);
  }

  #onMove() {
    this.#reception.move(performance.now());
    this.#requests.forget();
  }

  #publicationOf({ id, stream }) {
    return [...this.#publications].find((each) => each.isOf(stream) || each.id === id);
  }

  #report(channels) {
    const streams = channels.flatMap(({ feed }) => feed.report());
    if (streams.length > 0) {
      this.send({ type: 'report', streams });
    }
  }

  #tick() {
    const now = performance.now();
    if (this.#sleep.look(now, Date.now())) {
      this.#socket.abandon();
    }
    this.#socket.tick(now);
    if (this.#isConnected) {
      this.#requests.refusedBefore(now).forEach((subscription) => this.enter(subscription));
    } else if (now - this.#downMillis > PATIENCE_MILLIS) {
      for (const subscription of this.#requests.active) {
        this.#doors.pull(subscription, (topic) => this.#reception.of(topic), now);
      }
    }
    this.#reception.tick(now);
    this.#publications.forEach((publication) => publication.tick(now));
    this.#tell();
  }

  #tell() {
    this.#requests.all.forEach((subscription) => subscription.tell());
    const { via } = this;
    if (via !== this.#via) {
      this.#via = via;
      this.onVia?.(via);
    }
  }
}
