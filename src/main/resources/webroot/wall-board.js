/**
 * The grid of the editor: its tiles, moved and resized by pointer and by keyboard, and topics
 * dropped on it.
 *
 * @module wall-board
 */

import { element, setText } from './elements.js';
import { add, MAX_ROWS, move, remove, resize, rowsOf } from './grid.js';

/** Empty rows below the tiles, to drop something on. */
const SPARE_ROWS = 1;
const LEAST_ROWS = 3;

const STEPS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * @typedef {object} BoardListener
 * @property {() => void} onChange tiles were changed here
 * @property {(index: number) => void} onSelect −1: none
 * @property {(words: string) => void} say for screen readers and the status line
 */

export class WallBoard {
  /** @type {import('./walls.js').Tile[]} */
  tiles = [];
  columns = 4;
  selected = -1;
  /** What the pointer holds: the tile, whether by its corner, and where in the tile it was taken. */
  #held = null;

  /**
   * @param {HTMLElement} grid
   * @param {BoardListener} listener
   */
  constructor(grid, listener) {
    this.grid = grid;
    this.listener = listener;
    grid.addEventListener('keydown', (event) => this.#onKey(event));
    grid.addEventListener('focusin', (event) => this.select(this.#indexOf(event.target)));
    grid.addEventListener('pointerdown', (event) => this.#take(event));
    grid.addEventListener('pointermove', (event) => this.#drag(event));
    for (const end of ['pointerup', 'pointercancel']) {
      grid.addEventListener(end, () => this.#release());
    }
  }

  /** Shows a layout; nothing is selected. */
  show(tiles, columns) {
    this.tiles = tiles;
    this.columns = columns;
    this.select(-1);
    this.render();
  }

  get rows() {
    return Math.min(MAX_ROWS, Math.max(LEAST_ROWS, rowsOf(this.tiles) + SPARE_ROWS));
  }

  /** Adds a topic where there is room. */
  add(topic, at) {
    const added = add(this.tiles, topic, this.columns, at);
    if (added === this.tiles) {
      this.listener.say(`no room for ${topic}`);
      return;
    }
    this.#change(added, added.length - 1, 'added');
  }

  /** Takes the selected tile away. */
  remove() {
    const { topic } = this.tiles[this.selected];
    const next = Math.min(this.selected, this.tiles.length - 2);
    this.tiles = remove(this.tiles, this.selected);
    this.render();
    // The next tile may have the number of the one that went.
    this.select(-1);
    this.select(next);
    this.grid.children[next]?.focus();
    this.listener.onChange();
    this.listener.say(`${topic} removed`);
  }

  /** Changes the selected tile's topic or title. */
  describe(change) {
    this.tiles = this.tiles.map((tile, index) => (index === this.selected ? { ...tile, ...change } : tile));
    this.render();
    this.listener.onChange();
  }

  select(index) {
    if (index !== this.selected) {
      this.selected = index;
      [...this.grid.children].forEach((place, each) => place.setAttribute('aria-current', String(each === index)));
      this.listener.onSelect(index);
    }
  }

  render() {
    this.grid.style.setProperty('--columns', this.columns);
    this.grid.style.setProperty('--rows', this.rows);
    while (this.grid.children.length > this.tiles.length) {
      this.grid.lastElementChild.remove();
    }
    this.tiles.forEach((tile, index) => this.#place(this.grid.children[index] ?? this.#newPlace(), tile, index));
  }

  #newPlace() {
    const place = element('li', 'place', element('bdi', 'name'), element('span', 'what'), element('span', 'corner'));
    place.tabIndex = 0;
    this.grid.append(place);
    return place;
  }

  #place(place, tile, index) {
    const { column, row, width, height } = tile;
    place.style.gridColumn = `${column} / span ${width}`;
    place.style.gridRow = `${row} / span ${height}`;
    setText(place.querySelector('.name'), tile.title || tile.topic);
    setText(place.querySelector('.what'), tile.title ? tile.topic : '');
    place.dataset.topic = tile.topic;
    place.setAttribute('aria-current', String(index === this.selected));
    place.setAttribute('aria-label', `${tile.title || tile.topic}, ${placeOf(tile)}`);
  }

  #change(tiles, index, what) {
    if (tiles === this.tiles) {
      return;
    }
    this.tiles = tiles;
    this.render();
    this.select(index);
    this.listener.onChange();
    this.listener.say(`${tiles[index].topic} ${what}: ${placeOf(tiles[index])}`);
  }

  #indexOf(target) {
    return [...this.grid.children].indexOf(target.closest('.place'));
  }

  #onKey(event) {
    const index = this.#indexOf(event.target);
    const tile = this.tiles[index];
    if (!tile) {
      return;
    }
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      this.remove();
      return;
    }
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    const [x, y] = step;
    if (event.shiftKey) {
      this.#change(resize(this.tiles, index, tile.width + x, tile.height + y, this.columns), index, 'resized');
    } else {
      this.#change(move(this.tiles, index, tile.column + x, tile.row + y, this.columns), index, 'moved');
    }
  }

  #take(event) {
    const index = this.#indexOf(event.target);
    const tile = this.tiles[index];
    if (!tile || event.button !== 0) {
      return;
    }
    const { column, row } = this.#cellAt(event);
    const place = this.grid.children[index];
    this.#held = {
      index,
      place,
      byCorner: event.target.classList.contains('corner'),
      left: column - tile.column,
      above: row - tile.row,
      begin: this.tiles,
    };
    this.grid.setPointerCapture(event.pointerId);
    place.classList.add('held');
    place.focus();
    event.preventDefault();
  }

  /** Each place is tried from where all began, so that passing over a tile leaves no trace. */
  #drag(event) {
    if (!this.#held) {
      return;
    }
    const { index, byCorner, left, above, begin } = this.#held;
    const { column, row } = this.#cellAt(event);
    const tile = begin[index];
    const tiles = byCorner
      ? resize(begin, index, column - tile.column + 1, row - tile.row + 1, this.columns)
      : move(begin, index, column - left, row - above, this.columns);
    if (placeOf(tiles[index]) !== placeOf(this.tiles[index])) {
      this.#change(tiles, index, byCorner ? 'resized' : 'moved');
    }
  }

  #release() {
    this.#held?.place.classList.remove('held');
    this.#held = null;
  }

  #cellAt(event) {
    const box = this.grid.getBoundingClientRect();
    const part = (at, from, size, cells) => Math.floor(((at - from) / size) * cells) + 1;
    return {
      column: Math.min(Math.max(part(event.clientX, box.left, box.width, this.columns), 1), this.columns),
      row: Math.max(part(event.clientY, box.top, box.height, this.rows), 1),
    };
  }

  /** A topic is carried by the pointer, from outside of the grid. */
  carry(event) {
    this.grid.classList.toggle('over', this.#contains(event));
  }

  /** A topic that was carried is let go. */
  drop(topic, event) {
    this.grid.classList.remove('over');
    if (this.#contains(event)) {
      this.add(topic, this.#cellAt(event));
    }
  }

  #contains({ clientX, clientY }) {
    const { left, right, top, bottom } = this.grid.getBoundingClientRect();
    return clientX >= left && clientX < right && clientY >= top && clientY < bottom;
  }
}

const placeOf = ({ column, row, width, height }) => `column ${column}, row ${row}, ${width} wide, ${height} high`;
