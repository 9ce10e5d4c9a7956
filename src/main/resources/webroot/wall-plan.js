/**
 * What a wall shows where at a moment: pages of the cameras that match, or a layout that the
 * cluster keeps. Knows no page.
 *
 * @module wall-plan
 */

import { rowsOf } from './grid.js';
import { columnsFor, isFilter, topicsOf } from './paging.js';
import { isWanted } from './ways.js';

/**
 * @typedef {object} Place
 * @property {string} key of its tile: the topic, and for further tiles of the same one also a number
 * @property {string} topic
 * @property {string} title what the tile is called; the topic if it is empty
 * @property {?{column: number, row: number, width: number, height: number}} cells null: the next free
 */

/** The cameras of an address such as /wall?topics=site/%23&tiles=16. */
export class FilterPlan {
  /**
   * @param {string[]} wanted topics and filters
   * @param {number} columns 0: as many as show the pictures largest
   * @param {import('./paging.js').Pages} pages
   */
  constructor(wanted, columns, pages) {
    this.wanted = wanted;
    this.columns = columns;
    this.pages = pages;
  }

  /** Whether it has to be known which topics there are. */
  get hasFilter() {
    return this.wanted.some(isFilter);
  }

  /** @param {string[]} known topics @param {number} nowMillis @returns {Place[]} */
  places(known, nowMillis) {
    const topics = topicsOf(this.wanted, known, isWanted);
    this.pages.resize(topics.length);
    this.pages.tick(nowMillis);
    return this.pages.slice(topics).map((topic) => placeOf(topic));
  }

  /** @returns {{columns: number, rows: number}} for so many tiles on a screen of this size */
  shape(tiles, width, height) {
    const columns = this.columns || columnsFor(tiles, width, height);
    return { columns, rows: Math.max(1, Math.ceil(tiles / columns)) };
  }

  get words() {
    const { page, pages } = this.pages;
    return pages > 1 ? `page ${page + 1} of ${pages}: ` : '';
  }

  turn(by, nowMillis) {
    this.pages.turn(by, nowMillis);
  }

  hold(nowMillis) {
    this.pages.hold(nowMillis);
  }
}

/**
 * A place for the tile of a topic.
 *
 * @param {string} topic
 * @param {number} [nth] which of the topic's tiles it is
 * @param {string} [title]
 * @param {?object} [cells]
 * @returns {Place}
 */
export function placeOf(topic, nth = 1, title = '', cells = null) {
  return { key: nth > 1 ? `${topic}#${nth}` : topic, topic, title, cells };
}

/** A named wall. What it names twice is there twice; of a filter comes what is not there yet. */
export class LayoutPlan {
  #turned = 0;

  /** @param {import('./walls.js').Layout} layout */
  constructor(layout) {
    this.layout = layout;
  }

  get hasFilter() {
    return this.layout.tiles.some(({ topic }) => isFilter(topic));
  }

  /**
   * The topics of a filter take turns, at the same moments on every screen whose clock is right.
   *
   * @param {string[]} known
   * @param {number} nowMillis
   * @param {number} epochMillis
   * @returns {Place[]}
   */
  places(known, nowMillis, epochMillis) {
    const { tiles, dwellSeconds } = this.layout;
    const turn = this.#turned + (dwellSeconds > 0 ? Math.floor(epochMillis / 1000 / dwellSeconds) : 0);
    const seen = new Map();
    return tiles.flatMap(({ topic: wanted, title = '', column, row, width = 1, height = 1 }) => {
      const topics = isFilter(wanted)
        ? topicsOf([wanted], known, isWanted).filter((topic) => !seen.has(topic))
        : [wanted];
      if (topics.length === 0) {
        return [];
      }
      const topic = topics[((turn % topics.length) + topics.length) % topics.length];
      const nth = (seen.get(topic) ?? 0) + 1;
      seen.set(topic, nth);
      return [placeOf(topic, nth, title, { column, row, width, height })];
    });
  }

  shape() {
    return { columns: this.layout.columns, rows: Math.max(1, rowsOf(this.layout.tiles)) };
  }

  get words() {
    return this.layout.title ? `${this.layout.title}: ` : '';
  }

  turn(by) {
    this.#turned += by;
  }

  hold() {}
}
