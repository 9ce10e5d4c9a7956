/**
 * The page's share of the bus over one socket, however many tiles: each subscription asks for one
 * topic in the form that its tile can show, and for nothing while nobody looks.
 *
 * @module session
 */

import { readChunk } from './chunk.js';
import { NodeClock } from './clock.js';
import { BusSocket } from './socket.js';

const CLOCK_MILLIS = 1000;
const REPORT_MILLIS = 5000;
const RETRY_MILLIS = 10_000;
const DEFAULT_MAX_FRAME_BYTES = 32 * 1024 * 1024;
/** More time than this between two ticks on the calendar's clock only: the machine has slept. */
const SLEPT_MILLIS = 3000;

/**
 * What a tile can show; absent numbers are as published.
 *
 * @typedef {{width?: number, height?: number, fps?: number}} Wish
 */

/** A topic that the page may want to see. */
class Subscription {
  /** The one that the node knows, 0 for none. */
  id = 0;
  /** @type {?Wish} null: nobody looks */
  wish = null;
  /** @type {?bigint} */
  stream = null;
  /** When the node refused it. @type {?number} */
  refusedMillis = null;

  constructor(topic, feed) {
    this.topic = topic;
    this.feed = feed;
  }
}

/**
 * @typedef {object} SessionListener
 * @property {(state: import('./socket.js').ConnectionState) => void} onState
 * @property {(message: object) => void} onControl each control message, after the session took it
 */

export class Session {
  /** @type {Map<string, Subscription>} by topic */
  #subscriptions = new Map();
  /** @type {Map<number, Subscription>} by the id on this connection */
  #byId = new Map();
  /** @type {Map<bigint, Subscription>} by stream on this connection */
  #byStream = new Map();
  #lastId = 0;
  #maxFrameBytes = DEFAULT_MAX_FRAME_BYTES;
  /** Whether this node makes pictures in other sizes; believed until it refuses. */
  #makesSizes = true;
  #calendarLead = Date.now() - performance.now();

  /** Chunks whose header was damaged: they belong to nobody. */
  unattributable = 0;

  /**
   * @param {URL} base the address of the node
   * @param {SessionListener} listener
   */
  constructor(base, listener) {
    this.listener = listener;
    this.clock = new NodeClock();
    this.socket = new BusSocket(base, {
      onControl: (message) => this.#onControl(message),
      onChunk: (bytes) => this.#onChunk(bytes),
      onState: (state) => this.#onState(state),
      onMove: () => this.#leave((feed, nowMillis) => feed.move(nowMillis)),
    });
  }

  start() {
    this.socket.open();
    setInterval(() => this.send(this.clock.request()), CLOCK_MILLIS);
    setInterval(() => this.#report([...this.#subscriptions.values()]), REPORT_MILLIS);
  }

  /** @param {object} message */
  send(message) {
    this.socket.send(message);
  }

  /**
   * Adds a topic, of which nothing is asked for yet.
   *
   * @param {string} topic
   * @param {import('./feed.js').Feed} feed that takes what comes
   */
  add(topic, feed) {
    this.#subscriptions.set(topic, new Subscription(topic, feed));
  }

  /** @param {string} topic to be forgotten */
  remove(topic) {
    this.ask(topic, null);
    this.#subscriptions.delete(topic);
  }

  /**
   * Asks for a topic in a form, or for nothing of it.
   *
   * @param {string} topic that was added
   * @param {?Wish} wish
   */
  ask(topic, wish) {
    const subscription = this.#subscriptions.get(topic);
    subscription.wish = wish;
    if (this.socket.state === 'CONNECTED') {
      this.#apply(subscription);
    }
    if (!wish) {
      subscription.feed.rest(performance.now());
    }
  }

  #apply(subscription) {
    const { id, wish, topic } = subscription;
    if (!wish && id) {
      this.#report([subscription]);
      this.#drop(subscription);
      this.send({ type: 'unsubscribe', id });
    } else if (wish && id) {
      this.send({ type: 'update', id, variant: this.#variantOf(wish) });
    } else if (wish) {
      subscription.id = ++this.#lastId;
      subscription.refusedMillis = null;
      this.#byId.set(subscription.id, subscription);
      const variant = this.#variantOf(wish);
      this.send({ type: 'subscribe', id: subscription.id, topic, start: 'last', variant });
    }
  }

  #variantOf({ width, height, fps }) {
    const size = this.#makesSizes && width && height ? { width, height } : {};
    const variant = fps ? { ...size, fps } : size;
    return Object.keys(variant).length > 0 ? variant : 'source';
  }

  #drop(subscription) {
    this.#byId.delete(subscription.id);
    this.#byStream.delete(subscription.stream);
    subscription.id = 0;
    subscription.stream = null;
  }

  #onControl(message) {
    const now = performance.now();
    switch (message.type) {
      case 'welcome':
        this.#onWelcome(message);
        break;
      case 'subscribed':
        this.#onSubscribed(this.#byId.get(message.id), now);
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
        this.clock.take(message);
        break;
      case 'error':
        this.#onError(message, now);
        break;
    }
    this.listener.onControl(message);
  }

  #onWelcome({ limits }) {
    this.#maxFrameBytes = limits?.frameBytes ?? DEFAULT_MAX_FRAME_BYTES;
    this.#makesSizes = true;
    this.clock.reset();
    this.send(this.clock.request());
    for (const subscription of this.#subscriptions.values()) {
      this.#apply(subscription);
    }
  }

  /** Also the answer to an update, after which the picture goes on. */
  #onSubscribed(subscription, nowMillis) {
    if (subscription && subscription.stream === null) {
      subscription.feed.asked(nowMillis);
    }
  }

  #onStream(message, nowMillis) {
    const stream = BigInt(`0x${message.stream}`);
    for (const id of message.ids) {
      const subscription = this.#byId.get(id);
      if (subscription) {
        this.#byStream.delete(subscription.stream);
        this.#byStream.set(stream, subscription);
        subscription.stream = stream;
        subscription.feed.begin(stream, message, this.#maxFrameBytes, nowMillis);
      }
    }
  }

  #onError({ id, code, message }, nowMillis) {
    const subscription = this.#byId.get(id);
    if (code === 'unsupported-variant' && subscription) {
      this.#makesSizes = false;
      this.#drop(subscription);
      this.#apply(subscription);
    } else if (subscription && subscription.stream === null) {
      this.#drop(subscription);
      subscription.refusedMillis = nowMillis;
      subscription.feed.refuse(message);
    } else {
      console.warn(`the node says ${code}: ${message}`);
    }
  }

  #feedOf(streamText) {
    return this.#byStream.get(BigInt(`0x${streamText}`))?.feed;
  }

  #onChunk(bytes) {
    const chunk = readChunk(bytes);
    if (chunk === null) {
      this.unattributable++;
      return;
    }
    this.#byStream.get(chunk.stream)?.feed.chunk(chunk, performance.now());
  }

  #onState(state) {
    if (state !== 'CONNECTED') {
      this.#leave((feed, nowMillis) => feed.disconnect(nowMillis));
    }
    this.listener.onState(state);
  }

  /** Another connection has other ids and knows of no stream. */
  #leave(tell) {
    const now = performance.now();
    for (const subscription of this.#subscriptions.values()) {
      this.#drop(subscription);
      if (subscription.wish) {
        tell(subscription.feed, now);
      }
    }
  }

  #report(subscriptions) {
    const streams = subscriptions.filter(({ id }) => id).flatMap(({ feed }) => feed.report());
    if (streams.length > 0) {
      this.send({ type: 'report', streams });
    }
  }

  /** Lets time pass: watches the connection, asks again for what was refused, renders the tiles. */
  tick() {
    const now = performance.now();
    const lead = Date.now() - now;
    if (lead - this.#calendarLead > SLEPT_MILLIS) {
      this.socket.abandon();
    }
    this.#calendarLead = lead;
    this.socket.tick(now);
    for (const subscription of this.#subscriptions.values()) {
      const { refusedMillis } = subscription;
      if (refusedMillis !== null && now - refusedMillis > RETRY_MILLIS && this.socket.state === 'CONNECTED') {
        this.#apply(subscription);
      }
      subscription.feed.tick(now);
    }
  }
}
