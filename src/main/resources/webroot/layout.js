/**
 * How many columns let the pictures be largest, and where their captions go.
 *
 * @module layout
 */

const GAP_PIXELS = 6;
const RATIO = 16 / 9;
/** Below this a caption has three lines instead of two; as in wall.css. */
const NARROW_PIXELS = 300;
/** A picture narrower than this has its caption over it, so that more of it can be seen. */
const ROOMY_PIXELS = 168;
/** A picture narrower than this is not worth showing; the wall scrolls instead. */
const MIN_PIXELS = 120;

/** @typedef {{columns: number, kind: 'fits' | 'dense' | 'scrolls'}} Layout */

/**
 * The layout for a number of tiles.
 *
 * @param {number} tiles
 * @param {number} width of the wall, CSS pixels
 * @param {number} height
 * @returns {Layout}
 */
export function chooseLayout(tiles, width, height) {
  const below = widest(tiles, width, height, (tile) => (tile < NARROW_PIXELS ? 56 : 46));
  if (below.picture >= ROOMY_PIXELS || tiles <= 1) {
    return { columns: below.columns, kind: 'fits' };
  }
  const over = widest(tiles, width, height, () => 0);
  if (over.picture >= MIN_PIXELS) {
    return { columns: over.columns, kind: 'dense' };
  }
  const readable = Math.max(1, Math.floor((width + GAP_PIXELS) / (ROOMY_PIXELS + GAP_PIXELS)));
  return { columns: Math.min(tiles, readable), kind: 'scrolls' };
}

function widest(tiles, width, height, captionHeight) {
  let best = { columns: 1, picture: 0 };
  for (let columns = 1; columns <= tiles; columns++) {
    const rows = Math.ceil(tiles / columns);
    const tileWidth = (width - GAP_PIXELS * (columns - 1)) / columns;
    const tileHeight = (height - GAP_PIXELS * (rows - 1)) / rows;
    const picture = Math.min(tileWidth, (tileHeight - captionHeight(tileWidth)) * RATIO);
    if (picture > best.picture) {
      best = { columns, picture };
    }
  }
  return best;
}
