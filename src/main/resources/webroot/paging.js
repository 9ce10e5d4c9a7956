/**
 * Which cameras are on the screen, and on how many columns. Knows no page.
 *
 * @module paging
 */

const RATIO = 16 / 9;
/** Keeps hall-2 before hall-10. */
const BY_NAME = new Intl.Collator('en', { numeric: true });

/** A filter has wildcards; what has none is one topic. */
export const isFilter = (topic) => /[+#]/.test(topic);

/**
 * The topics of a wall: those that are named, and those that match a filter, by name.
 *
 * @param {string[]} wanted topics and filters
 * @param {string[]} known topics of the cluster
 * @param {(topic: string, filter: string) => boolean} matches
 * @returns {string[]}
 */
export function topicsOf(wanted, known, matches) {
  const found = wanted.flatMap((each) =>
    isFilter(each) ? known.filter((topic) => matches(topic, each)).sort(BY_NAME.compare) : [each],
  );
  return [...new Set(found)];
}

/**
 * The columns in which pictures of 16:9 are largest.
 *
 * @param {number} tiles
 * @param {number} width of the screen
 * @param {number} height
 */
export function columnsFor(tiles, width, height) {
  let best = { columns: 1, picture: 0 };
  for (let columns = 1; columns <= tiles; columns++) {
    const rows = Math.ceil(tiles / columns);
    const picture = Math.min(width / columns, (height / rows) * RATIO);
    if (picture > best.picture) {
      best = { columns, picture };
    }
  }
  return best.columns;
}

/** The pages of a wall that has more cameras than fit. */
export class Pages {
  #count = 0;
  /** Of the page on the screen, from 0. */
  page = 0;

  /**
   * @param {number} size cameras on a page
   * @param {number} dwellMillis how long each page stays; 0: until somebody turns it
   * @param {number} nowMillis
   */
  constructor(size, dwellMillis, nowMillis) {
    this.size = size;
    this.dwellMillis = dwellMillis;
    this.turnedMillis = nowMillis;
  }

  get pages() {
    return Math.max(1, Math.ceil(this.#count / this.size));
  }

  /** @param {number} count of all cameras */
  resize(count) {
    this.#count = count;
    this.page = Math.min(this.page, this.pages - 1);
  }

  /** @template T @param {T[]} all @returns {T[]} what is on this page */
  slice(all) {
    return all.slice(this.page * this.size, (this.page + 1) * this.size);
  }

  /**
   * Goes on by pages, around the end.
   *
   * @param {number} by
   * @param {number} nowMillis
   */
  turn(by, nowMillis) {
    this.page = (this.page + by + this.pages) % this.pages;
    this.turnedMillis = nowMillis;
  }

  /** @returns {boolean} whether the page has stood long enough, and was turned */
  tick(nowMillis) {
    if (this.pages === 1 || this.dwellMillis === 0 || nowMillis - this.turnedMillis < this.dwellMillis) {
      return false;
    }
    this.turn(1, nowMillis);
    return true;
  }

  /** Somebody looks closely: the page stays for its whole time again. */
  hold(nowMillis) {
    this.turnedMillis = nowMillis;
  }
}
