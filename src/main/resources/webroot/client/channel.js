/**
 * One topic of a bus: its account, its newest picture and those who want to see it.
 *
 * @module channel
 */

import { Feed } from '../feed.js';
import { PictureState } from '../picture-state.js';
import { FrameRate } from './frame-rate.js';

/** @typedef {import('../feed.js').Picture} Picture */

export class Channel {
  /** @type {Map<import('./subscription.js').Subscription, Promise<boolean>>} with the last delivery */
  #listeners = new Map();
  /** @type {?Picture} the newest picture that waits while another is shown */
  #waiting = null;
  #showing = false;
  /** @type {?object} the newest that was shown, for who joins later */
  #last = null;
  /** When that was captured; it moves for a newer one only. @type {?number} */
  #capturedMillis = null;
  #rate = new FrameRate();
  #shown = 0;
  #leftOut = 0;
  #isConnected;
  variant = 'source';
  /** @type {?import('./pull.js').PulledTopic} while there is no socket */
  pull = null;
  /** What may be said of the picture, through whatever door it came. */
  picture = new PictureState();

  /**
   * @param {string} topic
   * @param {import('../clock.js').NodeClock} clock
   * @param {(message: object) => void} send
   * @param {() => boolean} isConnected whether the socket stands
   */
  constructor(topic, clock, send, isConnected) {
    this.topic = topic;
    this.#isConnected = isConnected;
    this.feed = new Feed(topic, (picture) => this.show(picture), clock, send, this.picture);
  }

  get isWanted() {
    return this.#listeners.size > 0;
  }

  isWantedOnlyBy(listener) {
    return this.#listeners.size === 1 && this.#listeners.has(listener);
  }

  /** Who joins late begins with the picture that the others see. */
  join(listener) {
    if (!this.#listeners.has(listener)) {
      this.#listeners.set(listener, Promise.resolve(true));
      if (this.#last) {
        this.#deliver(listener, this.#last);
      }
    }
  }

  part(listener) {
    this.#listeners.delete(listener);
  }

  /** Nobody wants the topic for now. */
  rest(nowMillis) {
    this.feed.rest(nowMillis);
    this.stopPulling();
  }

  stopPulling() {
    this.pull?.stop();
    this.pull = null;
  }

  /**
   * Shows a picture to all who listen. While they are busy with one, the newest of those that come
   * waits and the others are left out.
   *
   * @param {Picture} picture
   */
  async show(picture) {
    if (this.#waiting) {
      this.#leftOut++;
    }
    this.#waiting = picture;
    if (this.#showing) {
      return;
    }
    this.#showing = true;
    while (this.#waiting) {
      const next = this.#waiting;
      this.#waiting = null;
      next.done(await this.#showToAll(next));
    }
    this.#showing = false;
  }

  async #showToAll(picture) {
    const frame = this.#frameOf(picture);
    const listeners = [...this.#listeners.keys()];
    const shown = await Promise.all(listeners.map((listener) => this.#deliver(listener, frame)));
    if (!shown.includes(true)) {
      return false;
    }
    const now = performance.now();
    this.#last = frame;
    // A camera whose clock is ahead has pictures of the future; they are from now at the latest.
    this.#capturedMillis = now - Math.max(0, picture.ageMillis());
    this.#rate.shown(now);
    this.#shown++;
    return true;
  }

  #deliver(listener, frame) {
    const before = this.#listeners.get(listener) ?? Promise.resolve(true);
    const turn = before.then(() => listener.deliver(frame));
    if (this.#listeners.has(listener)) {
      this.#listeners.set(listener, turn);
    }
    return turn;
  }

  #frameOf(picture) {
    return Object.freeze({
      topic: this.topic,
      number: picture.number,
      captureMicros: picture.captureMicros,
      contentType: picture.contentType,
      blob: new Blob(picture.parts, { type: picture.contentType }),
      variant: this.variant,
      via: this.via,
    });
  }

  /** The door through which the topic comes. */
  get via() {
    return this.pull?.via ?? (this.#isConnected() ? 'websocket' : 'none');
  }

  /** Why the topic may not be seen; empty if it may, as far as is known. */
  get refusal() {
    return this.pull?.refusal ?? '';
  }

  /** What can be said of the topic now. @returns {import('./imagebus.d.ts').TopicStatus} */
  status(nowMillis) {
    const { reasons, ...counts } = this.feed.totals();
    return {
      topic: this.topic,
      stream: this.feed.streamText,
      state: this.refusal ? 'DENIED' : this.picture.at(nowMillis),
      refusal: this.refusal,
      ageMillis: this.#capturedMillis === null ? null : nowMillis - this.#capturedMillis,
      framesPerSecond: this.#rate.at(nowMillis),
      variant: this.variant,
      via: this.via,
      frame: this.#last?.number ?? null,
      shown: this.#shown,
      leftOut: this.#leftOut,
      skippedFor: Object.fromEntries(reasons),
      ...counts,
    };
  }
}
