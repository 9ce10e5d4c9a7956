/**
 * How many columns let the tiles be largest.
 *
 * @module layout
 */

const CAPTION_PIXELS = 46;
const GAP_PIXELS = 6;
const MIN_TILE_PIXELS = 168;
const RATIO = 16 / 9;

/**
 * The number of columns with the widest pictures that still fit; where no readable tile would fit,
 * as many as are readable, and the wall scrolls.
 *
 * @param {number} tiles
 * @param {number} width of the wall, CSS pixels
 * @param {number} height
 * @returns {{columns: number, fits: boolean}}
 */
export function chooseLayout(tiles, width, height) {
  let best = { columns: 1, picture: 0 };
  for (let columns = 1; columns <= tiles; columns++) {
    const picture = pictureWidth(tiles, columns, width, height);
    if (picture > best.picture) {
      best = { columns, picture };
    }
  }
  if (best.picture >= MIN_TILE_PIXELS || tiles <= 1) {
    return { columns: best.columns, fits: true };
  }
  const readable = Math.max(1, Math.floor((width + GAP_PIXELS) / (MIN_TILE_PIXELS + GAP_PIXELS)));
  return { columns: Math.min(tiles, readable), fits: false };
}

function pictureWidth(tiles, columns, width, height) {
  const rows = Math.ceil(tiles / columns);
  const tileWidth = (width - GAP_PIXELS * (columns - 1)) / columns;
  const tileHeight = (height - GAP_PIXELS * (rows - 1)) / rows;
  return Math.min(tileWidth, (tileHeight - CAPTION_PIXELS) * RATIO);
}
