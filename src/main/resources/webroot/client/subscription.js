/**
 * What one part of a page wants to see.
 *
 * @module subscription
 */

import { isPattern, matches } from './filter.js';

const FORMS = ['width', 'height', 'quality', 'bytes'];

export class Subscription {
  #bus;
  #options;
  /** What was last told of each topic. @type {Map<string, string>} */
  #told = new Map();
  /** The id on the wire: another one each time that it is asked for; 0 while it is not. */
  id = 0;
  /** The variant that was asked for, as JSON. */
  asked = '';
  paused;
  /** Whether the node has answered; before that nothing can be changed. */
  confirmed = false;
  /** Why the node refuses it; empty if it does not. */
  refusal = '';
  refusedMillis = 0;

  constructor(bus, filter, { paused = false, ...options }) {
    this.#bus = bus;
    this.filter = filter;
    this.paused = paused;
    this.#options = options;
  }

  matches(topic) {
    return matches(this.filter, topic);
  }

  /**
   * The variant to ask for.
   *
   * @param {boolean} plain of a node that has pictures only as they were published
   */
  wish(plain) {
    const names = plain ? ['fps'] : ['fps', ...FORMS];
    const known = names.filter((name) => this.#options[name] > 0);
    return Object.fromEntries(known.map((name) => [name, this.#options[name]]));
  }

  /** What the page has said about the topics that it sees. */
  status() {
    return this.#bus.statusOf(this).map((status) => this.#see(status));
  }

  /** The topic's state, as this subscription has it. */
  #see(status) {
    if (this.paused) {
      return { ...status, state: 'HIDDEN', refusal: '' };
    }
    return this.refusal ? { ...status, state: 'DENIED', refusal: this.refusal } : status;
  }

  /**
   * Wants other pictures.
   *
   * @param {{width?: number, height?: number, fps?: number, quality?: number, bytes?: number}} wish
   */
  update(wish) {
    const before = JSON.stringify(this.wish(false));
    Object.assign(this.#options, wish);
    if (before !== JSON.stringify(this.wish(false))) {
      this.#bus.change(this);
    }
  }

  /** Nothing is sent from now on. */
  pause() {
    if (!this.paused) {
      this.paused = true;
      this.#bus.leave(this);
      this.tell();
    }
  }

  /** Goes on with the newest picture. */
  resume() {
    if (this.paused) {
      this.paused = false;
      this.#bus.enter(this);
      this.tell();
    }
  }

  /** Ends it for good. */
  close() {
    this.paused = true;
    this.#bus.remove(this);
  }

  /** @returns {Promise<boolean>} whether the page could show it; never fails */
  async deliver(frame) {
    if (this.paused || this.refusal) {
      return false;
    }
    try {
      return (await this.#options.onFrame?.(frame)) !== false;
    } catch (e) {
      console.error(`onFrame of ${this.filter}:`, e);
      return false;
    }
  }

  /** Tells the page which states have changed since it was told last. */
  tell() {
    if (!this.#options.onState) {
      return;
    }
    for (const status of this.status()) {
      if (this.#told.get(status.topic) !== status.state) {
        this.#told.set(status.topic, status.state);
        this.#options.onState(status);
      }
    }
  }

  /** The connection on which it was asked for is gone, and whatever the node said there. */
  forget() {
    this.id = 0;
    this.confirmed = false;
    this.refusal = '';
  }

  /** The node has taken it. */
  confirm() {
    this.confirmed = true;
    this.refusal = '';
  }

  /**
   * The node does not let the page see this.
   *
   * @param {{code: string, message: string}} error
   * @param {number} nowMillis
   */
  refuse(error, nowMillis) {
    this.id = 0;
    this.confirmed = false;
    this.refusal = error.message || error.code;
    this.refusedMillis = nowMillis;
    if (this.#options.onError) {
      this.#options.onError(error);
    } else if (isPattern(this.filter)) {
      // There may be no topic yet whose state would say so.
      this.#warn(error);
    }
    this.tell();
  }

  /** The node does not do something else that was asked for. */
  fail(error) {
    if (this.#options.onError) {
      this.#options.onError(error);
    } else {
      this.#warn(error);
    }
  }

  #warn({ code, message }) {
    console.warn(`${this.filter}: the node says ${code}: ${message}`);
  }
}
