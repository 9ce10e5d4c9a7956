/**
 * The cameras that a page shows or has shown, each with its tile: over one connection, in the size
 * that each has on the screen.
 *
 * @module cameras
 */

import { Demand } from './demand.js';
import { Feed } from './feed.js';
import { Session } from './session.js';
import { Tile } from './tile.js';

const LABEL_MILLIS = 5000;

export class Cameras {
  /** @type {Map<string, {tile: Tile, feed: Feed}>} by topic */
  #all = new Map();
  #labelledMillis = 0;

  /**
   * @param {URL} base of the node
   * @param {number} fps the most that each asks for; 0: all
   * @param {import('./session.js').SessionListener} listener
   */
  constructor(base, fps, listener) {
    this.session = new Session(base, listener);
    this.demand = new Demand(fps, (topic, wish) => this.session.ask(topic, wish));
  }

  get topics() {
    return [...this.#all.keys()];
  }

  /** The tile of a topic; one that is new asks for pictures as soon as it can be seen. */
  tile(topic) {
    let camera = this.#all.get(topic);
    if (!camera) {
      const tile = new Tile(topic);
      const feed = new Feed(topic, tile, this.session.clock, (message) => this.session.send(message));
      camera = { tile, feed };
      this.#all.set(topic, camera);
      this.session.add(topic, feed);
      this.demand.follow(topic, tile.element.querySelector('.frame'));
    }
    return camera.tile;
  }

  /** Lets time pass; the names for screen readers follow more slowly than those on the screen. */
  tick(nowMillis) {
    this.session.tick();
    if (nowMillis - this.#labelledMillis > LABEL_MILLIS) {
      this.#labelledMillis = nowMillis;
      this.#all.forEach(({ tile }) => tile.label(nowMillis));
    }
  }

  /** What can be said of a topic's tile in a word to others. */
  describe(topic, nowMillis) {
    const { tile, feed } = this.#all.get(topic);
    const { lost, skipped } = feed.totals();
    const age = tile.ageMillis(nowMillis);
    const fps = Math.round(tile.framesPerSecond(nowMillis) * 10) / 10;
    return { topic, state: tile.state, fps, lost, skipped, ...(age !== null && { ageMillis: Math.round(age) }) };
  }
}
