/**
 * The tiles of a layout on their grid: what happens to the others when one is put, moved or made
 * larger. Pure functions; no tile or list that is handed in is changed.
 *
 * @module grid
 */

export const MAX_TILES = 100;
export const MAX_COLUMNS = 20;
export const MAX_ROWS = 100;

/** @typedef {import('./walls.js').Tile} Tile */

/** Whether two tiles have a cell in common. */
export function overlap(one, other) {
  return (
    one.column < other.column + other.width &&
    other.column < one.column + one.width &&
    one.row < other.row + other.height &&
    other.row < one.row + one.height
  );
}

/** The rows that the tiles take. */
export function rowsOf(tiles) {
  return tiles.reduce((rows, tile) => Math.max(rows, tile.row + tile.height - 1), 0);
}

/**
 * The first free place for a tile of this size, row by row.
 *
 * @param {Tile[]} tiles
 * @returns {?{column: number, row: number}} null if there is none
 */
export function roomFor(tiles, width, height, columns) {
  for (let row = 1; row + height - 1 <= MAX_ROWS; row++) {
    for (let column = 1; column + width - 1 <= columns; column++) {
      const place = { column, row, width, height };
      if (!tiles.some((tile) => overlap(tile, place))) {
        return { column, row };
      }
    }
  }
  return null;
}

/**
 * Adds a tile: at a place, from which others give way, or where there is room.
 *
 * @param {Tile[]} tiles
 * @param {{column: number, row: number}} [at]
 * @returns {Tile[]} the same list if there is no room
 */
export function add(tiles, topic, columns, at) {
  if (tiles.length >= MAX_TILES) {
    return tiles;
  }
  const place = at ?? roomFor(tiles, 1, 1, columns);
  if (!place) {
    return tiles;
  }
  const added = [...tiles, { topic, title: '', width: 1, height: 1, ...place }];
  return at ? (settle(added, added.length - 1, null, columns) ?? tiles) : added;
}

/** Takes a tile away; the others stay where they are. */
export function remove(tiles, index) {
  return tiles.filter((_, each) => each !== index);
}

/** Moves a tile, as far as the grid goes; those in its way change places with it, or give way. */
export function move(tiles, index, column, row, columns) {
  const tile = tiles[index];
  const moved = {
    ...tile,
    column: clamp(column, 1, columns - tile.width + 1),
    row: clamp(row, 1, MAX_ROWS - tile.height + 1),
  };
  return settle(replaced(tiles, index, moved), index, tile, columns) ?? tiles;
}

/** Gives a tile another size, as far as the grid goes; those in its way give way. */
export function resize(tiles, index, width, height, columns) {
  const tile = tiles[index];
  const resized = {
    ...tile,
    width: clamp(width, 1, columns - tile.column + 1),
    height: clamp(height, 1, MAX_ROWS - tile.row + 1),
  };
  return settle(replaced(tiles, index, resized), index, null, columns) ?? tiles;
}

/**
 * Puts the tiles on a grid of other width: what stuck out is made narrower and finds a new place.
 *
 * @returns {?Tile[]} null if they do not fit
 */
export function recolumn(tiles, columns) {
  const fitted = tiles.filter((tile) => tile.column + tile.width - 1 <= columns);
  const places = new Map(fitted.map((tile) => [tile, tile]));
  for (const tile of tiles) {
    if (!places.has(tile)) {
      const width = Math.min(tile.width, columns);
      const place = roomFor(fitted, width, tile.height, columns);
      if (!place) {
        return null;
      }
      const placed = { ...tile, width, ...place };
      fitted.push(placed);
      places.set(tile, placed);
    }
  }
  return tiles.map((tile) => places.get(tile));
}

/**
 * Finds new places for the tiles under one that has come: its own old place for one of the same
 * size, the first that is free for others; null if there is none.
 */
function settle(tiles, index, left, columns) {
  const settled = [...tiles];
  const hit = tiles.flatMap((tile, each) => (each !== index && overlap(tile, tiles[index]) ? [each] : []));
  for (const each of hit) {
    const others = settled.filter((_, other) => other === index || !hit.includes(other) || other < each);
    const tile = settled[each];
    const swapped = left && { ...tile, column: left.column, row: left.row };
    const fits =
      swapped &&
      tile.width === left.width &&
      tile.height === left.height &&
      !others.some((other) => overlap(other, swapped));
    const place = fits ? left : roomFor(others, tile.width, tile.height, columns);
    if (!place) {
      return null;
    }
    settled[each] = { ...tile, column: place.column, row: place.row };
  }
  return settled;
}

const replaced = (tiles, index, tile) => tiles.map((each, at) => (at === index ? tile : each));
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
