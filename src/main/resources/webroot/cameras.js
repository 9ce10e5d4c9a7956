/**
 * The cameras that a page shows or has shown, each with its tile: over one connection, in the size
 * that each has on the screen.
 *
 * @module cameras
 */

import { Bus } from './client/bus.js';
import { View } from './client/view.js';
import { Tile } from './tile.js';

const LABEL_MILLIS = 5000;

export class Cameras {
  /** @type {Map<string, {topic: string, tile: Tile, view: View}>} */
  #all = new Map();
  #labelledMillis = 0;

  /**
   * @param {URL} base of the node
   * @param {number} fps the most that each asks for; 0: all
   * @param {import('./client/bus.js').BusListener} listener
   */
  constructor(base, fps, listener) {
    this.fps = fps;
    this.bus = new Bus([base], {}, listener);
  }

  get topics() {
    return [...this.#all.values()].map(({ topic }) => topic);
  }

  /**
   * A tile, which asks for pictures as soon as it can be seen.
   *
   * @param {string} key of the tile; a new one makes a new tile
   * @param {string} topic that it shows
   * @returns {Tile}
   */
  tile(key, topic) {
    let camera = this.#all.get(key);
    if (!camera) {
      const tile = new Tile(topic);
      tile.element.dataset.key = key;
      const view = new View(this.bus, topic, tile.frame, {
        fps: this.fps,
        onFrame: (frame) => tile.show(frame),
      });
      tile.render(view.status);
      camera = { topic, tile, view };
      this.#all.set(key, camera);
    }
    return camera.tile;
  }

  /** Lets time pass; the names for screen readers follow more slowly than those on the screen. */
  tick(nowMillis) {
    this.#all.forEach(({ tile, view }) => tile.render(view.status));
    if (nowMillis - this.#labelledMillis > LABEL_MILLIS) {
      this.#labelledMillis = nowMillis;
      this.#all.forEach(({ tile }) => tile.label());
    }
  }

  /** What can be said of a tile in a word to others. */
  describe(key) {
    const { topic, state, framesPerSecond, ageMillis, lost, skipped } = this.#all.get(key).view.status;
    const fps = framesPerSecond === null ? {} : { fps: Math.round(framesPerSecond * 10) / 10 };
    return { topic, state, ...fps, lost, skipped, ...(ageMillis !== null && { ageMillis: Math.round(ageMillis) }) };
  }
}
