/**
 * A layout that is being edited, beside the version that the cluster keeps. Knows no page.
 *
 * @module wall-draft
 */

/** @typedef {import('./walls.js').Layout} Layout */
/** @typedef {{layout: Layout, etag: ?string}} Version */

export const EMPTY = Object.freeze({ title: '', columns: 4, dwellSeconds: 10, tiles: [] });

export class Draft {
  /** The version that is edited; null: the wall is new. @type {?string} */
  etag = null;
  /** The layout as it was last kept. @type {Layout} */
  kept = EMPTY;
  /** What somebody else made of it meanwhile. @type {?Version} */
  theirs = null;
  /** What was sent to be kept and not answered yet. @type {?Layout} */
  #sent = null;

  /** Begins with a version. */
  take({ layout, etag }) {
    this.etag = etag;
    this.kept = layout;
    this.theirs = null;
    this.#sent = null;
  }

  /** @param {Layout} layout as it is on the page */
  isChanged(layout) {
    return !isSame(layout, this.kept);
  }

  /** A layout is on its way to be kept; the answer may be lost. */
  send(layout) {
    this.#sent = layout;
  }

  /** The cluster does not keep what was sent: it has said so. */
  refused() {
    this.#sent = null;
  }

  /** Somebody else has removed the wall. */
  removed() {
    this.take({ layout: EMPTY, etag: null });
  }

  /**
   * Hears which version the cluster keeps now.
   *
   * @param {Version} version
   * @param {Layout} layout as it is on the page
   * @returns {'same' | 'ours' | 'theirs' | 'conflict'} `ours`: what was sent is kept though nobody
   *     had said so; `theirs`: it is edited from now on; `conflict`: so is the page's
   */
  hear(version, layout) {
    if (version.etag === this.etag) {
      return 'same';
    }
    if (isSame(version.layout, this.#sent ?? layout)) {
      this.take(version);
      return 'ours';
    }
    if (this.isChanged(layout)) {
      this.theirs = version;
      return 'conflict';
    }
    this.take(version);
    return 'theirs';
  }
}

/** Without what may be left out, so that equal layouts are equal texts. */
function textOf({ title, columns, dwellSeconds, tiles }) {
  const places = tiles.map((tile) => [
    tile.topic,
    tile.title ?? '',
    tile.column,
    tile.row,
    tile.width,
    tile.height,
  ]);
  return JSON.stringify([title, columns, dwellSeconds, places]);
}

const isSame = (one, other) => textOf(one) === textOf(other);
