/**
 * A topic in one place of a page: asked for in the size in which somebody can see it.
 *
 * @module view
 */

import { Demand } from '../demand.js';

export class View {
  #subscription;
  #demand;

  /**
   * @param {import('./bus.js').Bus} bus
   * @param {string} topic
   * @param {Element} frame where its picture is
   * @param {import('./imagebus.d.ts').SubscribeOptions} options without a size
   */
  constructor(bus, topic, frame, options) {
    this.#subscription = bus.subscribe(topic, { ...options, paused: true });
    this.#demand = new Demand(frame, (size) => this.#ask(size));
  }

  #ask(size) {
    if (size) {
      this.#subscription.update(size);
      this.#subscription.resume();
    } else {
      this.#subscription.pause();
    }
  }

  /** Limits what is asked for in other ways than by size. */
  limit(wish) {
    this.#subscription.update(wish);
  }

  /** What is known of the topic; `HIDDEN` while nobody can see it. */
  get status() {
    return this.#subscription.status()[0];
  }

  close() {
    this.#demand.close();
    this.#subscription.close();
  }
}
