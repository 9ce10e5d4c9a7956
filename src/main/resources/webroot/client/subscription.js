/**
 * What one part of a page wants to see.
 *
 * @module subscription
 */

import { matches } from './filter.js';

const FORMS = ['width', 'height', 'quality'];

export class Subscription {
  #bus;
  #options;
  /** The id on the wire: another one each time that it is asked for. */
  id = 0;
  paused = false;
  /** Whether the node has answered; before that nothing can be changed. */
  confirmed = false;

  constructor(bus, filter, options) {
    this.#bus = bus;
    this.filter = filter;
    this.#options = { ...options };
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
    return this.#bus.statusOf(this);
  }

  /**
   * Wants other pictures.
   *
   * @param {{width?: number, height?: number, fps?: number, quality?: number}} wish
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
    }
  }

  /** Goes on with the newest picture. */
  resume() {
    if (this.paused) {
      this.paused = false;
      this.#bus.enter(this);
    }
  }

  /** Ends it for good. */
  close() {
    this.paused = true;
    this.#bus.remove(this);
  }

  /** @returns {Promise<boolean>} whether the page could show it; never fails */
  async deliver(frame) {
    if (this.paused) {
      return false;
    }
    try {
      return (await this.#options.onFrame?.(frame)) !== false;
    } catch (e) {
      console.error(`onFrame of ${this.filter}:`, e);
      return false;
    }
  }

  stateChanged(status) {
    this.#options.onState?.(status);
  }

  failed(error) {
    if (this.#options.onError) {
      this.#options.onError(error);
    } else {
      console.warn(`${this.filter}: the node says ${error.code}: ${error.message}`);
    }
  }
}
