/**
 * A page's way to a cluster: one socket for everything, and a poorer door while it does not stand.
 *
 * @module bus
 */

import { readChunk } from '../chunk.js';
import { NodeClock } from '../clock.js';
import { BusSocket } from '../socket.js';
import { Channel } from './channel.js';
import { isPattern } from './filter.js';
import { Publication } from './publication.js';
import { PullDoors, PulledTopic } from './pull.js';
import { Subscription } from './subscription.js';

const TICK_MILLIS = 100;
const CLOCK_MILLIS = 1000;
const REPORT_MILLIS = 5000;
/** A socket that does not stand for so long is replaced by the other doors until it does. */
const PATIENCE_MILLIS = 2000;
/** More time than this between two ticks on the calendar's clock only: the machine has slept. */
const SLEPT_MILLIS = 3000;
const DEFAULT_LIMITS = { frameBytes: 32 * 1024 * 1024, chunkBytes: 64 * 1024 };

export class Bus {
  /** @type {Map<string, Channel>} by topic; they stay, for their counters */
  #channels = new Map();
  /** @type {Map<bigint, Channel>} by the stream that each shows on this connection */
  #streams = new Map();
  /** @type {Set<Subscription>} */
  #subscriptions = new Set();
  /** @type {Set<Publication>} */
  #publications = new Set();
  #clock = new NodeClock();
  #limits = DEFAULT_LIMITS;
  #lastId = 0;
  #unattributable = 0;
  /** Whether the connected node has pictures only as they were published. */
  #plain = false;
  /** @type {?number} since when there is no socket */
  #downMillis = performance.now();
  #calendarLead = Date.now() - performance.now();
  #via = 'none';
  #timers;
  #socket;
  #doors;
  /** @type {?((via: string) => void)} called when another door is used */
  onVia = null;

  /**
   * @param {(string | URL)[]} urls
   * @param {{token?: string}} options
   */
  constructor(urls, { token = null } = {}) {
    const [first, ...others] = urls.map((url) => new URL(url, globalThis.location?.href));
    const query = token ? `?access_token=${encodeURIComponent(token)}` : '';
    const listener = {
      onControl: (message) => this.#onControl(message),
      onChunk: (bytes) => this.#onChunk(bytes),
      onState: (state) => this.#onState(state),
      onMove: () => this.#onMove(),
    };
    this.#socket = new BusSocket(first, listener, others, query);
    this.#doors = new PullDoors(() => this.#socket.origins, token, DEFAULT_LIMITS.frameBytes);
    this.#socket.open();
    this.#timers = [
      setInterval(() => this.#tick(), TICK_MILLIS),
      setInterval(() => this.#socket.send(this.#clock.request()), CLOCK_MILLIS),
      setInterval(() => this.#report(this.#channels.values()), REPORT_MILLIS),
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
    const used = [...this.#channels.values()].map(({ pull }) => pull?.via);
    return ['mjpeg', 'snapshot'].find((via) => used.includes(via)) ?? 'none';
  }

  /** Chunks whose header was damaged: they belong to nobody. */
  get unattributable() {
    return this.#unattributable;
  }

  get #isConnected() {
    return this.#socket.state === 'CONNECTED';
  }

  /** @returns {Subscription} */
  subscribe(filter, options = {}) {
    const subscription = new Subscription(this, filter, options);
    this.#subscriptions.add(subscription);
    this.enter(subscription);
    return subscription;
  }

  /** @returns {Publication} */
  publish(topic, { contentType = 'image/jpeg' } = {}) {
    const publication = new Publication(this, ++this.#lastId, topic, contentType);
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
    for (const subscription of [...this.#subscriptions]) {
      subscription.close();
    }
    this.#timers.forEach(clearInterval);
    this.#socket.close();
  }

  /** A subscription begins or goes on. */
  enter(subscription) {
    if (!isPattern(subscription.filter)) {
      this.#channelFor(subscription.filter);
    }
    for (const channel of this.#channels.values()) {
      if (subscription.matches(channel.topic)) {
        channel.join(subscription);
      }
    }
    if (this.#isConnected) {
      this.#ask(subscription);
    }
  }

  /** A subscription ends or pauses: first the account of what came for it. */
  leave(subscription) {
    const channels = [...this.#channels.values()];
    const left = channels.filter((channel) => channel.isWantedOnlyBy(subscription));
    this.#report(left);
    if (subscription.id > 0) {
      this.send({ type: 'unsubscribe', id: subscription.id });
    }
    subscription.id = 0;
    subscription.confirmed = false;
    channels.forEach((channel) => channel.part(subscription));
    for (const channel of left) {
      this.#streams.delete(channel.feed.stream);
      channel.leave(performance.now());
    }
  }

  remove(subscription) {
    this.leave(subscription);
    this.#subscriptions.delete(subscription);
  }

  forget(publication) {
    this.#publications.delete(publication);
  }

  /** A subscription wants another variant; what the node has not answered yet is changed later. */
  change(subscription) {
    if (this.#isConnected && subscription.confirmed) {
      this.#update(subscription);
    }
  }

  statusOf(subscription) {
    const now = performance.now();
    const channels = isPattern(subscription.filter)
      ? [...this.#channels.values()].filter(({ topic }) => subscription.matches(topic))
      : [this.#channels.get(subscription.filter)];
    return channels.map((channel) => channel.status(now));
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

  #ask(subscription) {
    subscription.id = ++this.#lastId;
    subscription.confirmed = false;
    subscription.asked = JSON.stringify(subscription.wish(this.#plain));
    this.send({
      type: 'subscribe',
      id: subscription.id,
      topic: subscription.filter,
      start: 'last',
      ...this.#variantOf(subscription),
    });
  }

  #update(subscription) {
    const wish = JSON.stringify(subscription.wish(this.#plain));
    if (wish !== subscription.asked) {
      subscription.asked = wish;
      const variant = wish === '{}' ? 'source' : subscription.wish(this.#plain);
      this.send({ type: 'update', id: subscription.id, variant });
    }
  }

  #variantOf(subscription) {
    const variant = subscription.wish(this.#plain);
    return Object.keys(variant).length > 0 ? { variant } : {};
  }

  #onControl(message) {
    const now = performance.now();
    switch (message.type) {
      case 'welcome':
        this.#onWelcome(message);
        break;
      case 'subscribed':
        this.#onSubscribed(message);
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
        this.#publicationOf(message)?.hear(message);
        this.#feedOf(message.stream)?.end(message, now);
        break;
      case 'published':
      case 'rejected':
        this.#publicationOf(message)?.hear(message);
        break;
      case 'time':
        this.#clock.take(message);
        break;
      case 'error':
        this.#onError(message);
        break;
    }
  }

  #onWelcome({ limits }) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#plain = false;
    this.#clock.reset();
    this.send(this.#clock.request());
    for (const subscription of this.#subscriptions) {
      if (!subscription.paused) {
        this.#ask(subscription);
      }
    }
    this.#publications.forEach((publication) => publication.open());
  }

  #onSubscribed({ id }) {
    const subscription = this.#subscriptionOf(id);
    if (subscription) {
      subscription.confirmed = true;
      this.#update(subscription);
    }
  }

  #onError(error) {
    const subscription = this.#subscriptionOf(error.id);
    if (!subscription) {
      console.warn(`the node says ${error.code}: ${error.message}`);
    } else if (error.code !== 'unsupported-variant') {
      subscription.failed(error);
    } else {
      this.#plain = true;
      if (subscription.confirmed) {
        this.#update(subscription);
      } else {
        this.#ask(subscription);
      }
    }
  }

  #onStream(message, nowMillis) {
    const stream = BigInt(`0x${message.stream}`);
    const channel = this.#channelFor(message.topic);
    if (!channel.isWanted) {
      return;
    }
    const { feed } = channel;
    if (feed.stream !== stream) {
      this.#streams.delete(feed.stream);
    }
    this.#streams.set(stream, channel);
    channel.variant = message.variant ?? 'source';
    feed.begin(stream, message, this.#limits.frameBytes, nowMillis);
  }

  #onChunk(bytes) {
    const chunk = readChunk(bytes);
    if (chunk === null) {
      this.#unattributable++;
    } else {
      this.#streams.get(chunk.stream)?.feed.chunk(chunk, performance.now());
    }
  }

  #onState(state) {
    if (state === 'CONNECTED') {
      this.#downMillis = null;
      this.#stopPulling();
    } else {
      this.#downMillis ??= performance.now();
      this.#streams.clear();
      for (const { feed } of this.#channels.values()) {
        feed.disconnect(performance.now());
      }
      this.#publications.forEach((publication) => publication.disconnect());
    }
    this.#tellVia();
  }

  #onMove() {
    this.#streams.clear();
    for (const { feed } of this.#channels.values()) {
      feed.move(performance.now());
    }
  }

  #channelFor(topic) {
    let channel = this.#channels.get(topic);
    if (!channel) {
      const send = (message) => this.send(message);
      channel = new Channel(topic, this.#clock, send, () => this.#isConnected);
      this.#channels.set(topic, channel);
      for (const subscription of this.#subscriptions) {
        if (!subscription.paused && subscription.matches(topic)) {
          channel.join(subscription);
        }
      }
    }
    return channel;
  }

  #feedOf(streamText) {
    return this.#streams.get(BigInt(`0x${streamText}`))?.feed;
  }

  #subscriptionOf(id) {
    return [...this.#subscriptions].find((subscription) => id > 0 && subscription.id === id);
  }

  #publicationOf({ id, stream }) {
    return [...this.#publications].find((each) => each.isOf(stream) || each.id === id);
  }

  #report(channels) {
    const streams = [...channels].flatMap(({ feed }) => feed.report());
    if (streams.length > 0) {
      this.send({ type: 'report', streams });
    }
  }

  #tick() {
    const now = performance.now();
    const lead = Date.now() - now;
    if (lead - this.#calendarLead > SLEPT_MILLIS) {
      this.#socket.abandon();
    }
    this.#calendarLead = lead;
    this.#socket.tick(now);
    if (!this.#isConnected && now - this.#downMillis > PATIENCE_MILLIS) {
      this.#pull(now);
    }
    for (const { feed } of this.#channels.values()) {
      feed.tick(now);
    }
    this.#publications.forEach((publication) => publication.tick(now));
    this.#tellVia();
  }

  #pull(nowMillis) {
    for (const subscription of this.#subscriptions) {
      if (subscription.paused) {
        continue;
      }
      if (isPattern(subscription.filter)) {
        this.#doors.learnTopics(nowMillis);
      }
      for (const topic of this.#doors.topicsOf(subscription)) {
        const channel = this.#channelFor(topic);
        if (!channel.pull) {
          const wish = () => subscription.wish(false);
          channel.pull = new PulledTopic(topic, this.#doors, wish, (pic) => channel.show(pic));
          channel.pull.start();
        }
      }
    }
  }

  #stopPulling() {
    for (const channel of this.#channels.values()) {
      channel.pull?.stop();
      channel.pull = null;
    }
  }

  #tellVia() {
    const { via } = this;
    if (via !== this.#via) {
      this.#via = via;
      this.onVia?.(via);
    }
  }
}
