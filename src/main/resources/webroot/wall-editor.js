/**
 * The editor of one wall: its grid, its settings, and what to do when somebody else changes it at
 * the same time.
 *
 * @module wall-editor
 */

import { setText } from './elements.js';
import { MAX_COLUMNS, recolumn } from './grid.js';
import { WallBoard } from './wall-board.js';
import { Draft, EMPTY } from './wall-draft.js';
import { WallPalette } from './wall-palette.js';
import { ScreenTable } from './wall-screens.js';

const POLL_MILLIS = 5_000;

const byId = (id) => document.getElementById(id);

export class WallEditor {
  #name = '';
  #draft = new Draft();

  /**
   * @param {import('./walls.js').WallApi} api
   * @param {(words: string) => void} say on the status line
   * @param {() => void} onLeave back to the list
   */
  constructor(api, say, onLeave) {
    this.api = api;
    this.say = say;
    this.onLeave = onLeave;
    this.board = new WallBoard(byId('grid'), {
      onChange: () => this.#onChange(),
      onSelect: (index) => this.#onSelect(index),
      say,
    });
    const parts = {
      find: byId('find'),
      filter: byId('filter'),
      list: byId('palette'),
      rest: byId('palette-rest'),
      names: byId('topics'),
    };
    this.palette = new WallPalette(parts, this.board);
    this.screens = new ScreenTable(byId('screen-list'));
    this.#listen();
  }

  #listen() {
    const on = (id, type, action) => byId(id).addEventListener(type, action);
    for (const form of ['settings', 'tile']) {
      on(form, 'submit', (event) => event.preventDefault());
    }
    on('title', 'input', () => this.#onChange());
    on('dwell', 'input', () => this.#onChange());
    on('columns', 'change', () => this.#onColumns());
    on('tile-topic', 'change', () => this.#onTopic());
    on('tile-title', 'input', () => this.board.describe({ title: byId('tile-title').value }));
    on('tile-remove', 'click', () => this.board.remove());
    on('save', 'click', () => this.#save(this.#draft.etag));
    on('discard', 'click', () => this.#show(this.#draft.kept));
    on('remove', 'click', () => this.#remove());
    on('mine', 'click', () => this.#save('*'));
    on('theirs', 'click', () => this.#take(this.#draft.theirs));
    window.addEventListener('beforeunload', (event) => {
      if (this.isChanged) {
        event.preventDefault();
      }
    });
    document.addEventListener('visibilitychange', () => this.#poll());
  }

  /** Opens a wall; one that is not there yet begins empty. */
  async open(name) {
    this.#name = name;
    setText(byId('editor-title'), name);
    byId('open').href = `wall/${encodeURIComponent(name)}`;
    this.palette.refresh();
    this.#take({ layout: EMPTY, etag: null });
    try {
      const version = await this.api.read(name);
      // Who was quicker than the node has begun a wall that is there already.
      if (this.isChanged) {
        this.#hear(version);
      } else {
        this.#take(version);
      }
    } catch (problem) {
      if (problem.code !== 'unknown-wall') {
        this.say(problem.message);
        return;
      }
    }
    setInterval(() => this.#poll(), POLL_MILLIS);
    this.#poll();
  }

  #take(version) {
    this.#draft.take(version);
    this.#show(version.layout);
  }

  #show(layout) {
    this.#draft.theirs = null;
    byId('title').value = layout.title;
    byId('columns').value = layout.columns;
    byId('dwell').value = layout.dwellSeconds;
    this.board.show(layout.tiles, layout.columns);
    this.#onChange();
  }

  /** @returns {import('./walls.js').Layout} as it is on the page */
  get layout() {
    return {
      title: byId('title').value,
      columns: this.board.columns,
      dwellSeconds: Number(byId('dwell').value),
      tiles: this.board.tiles,
    };
  }

  get isChanged() {
    return this.#draft.isChanged(this.layout);
  }

  #onChange() {
    const { isChanged } = this;
    byId('save').disabled = !isChanged || this.board.tiles.length === 0;
    byId('discard').disabled = !isChanged;
    byId('remove').hidden = this.#draft.etag === null;
    byId('open').hidden = this.#draft.etag === null;
    byId('conflict').hidden = this.#draft.theirs === null;
  }

  #onSelect(index) {
    const tile = this.board.tiles[index];
    byId('tile').hidden = !tile;
    byId('tile-topic').value = tile?.topic ?? '';
    byId('tile-title').value = tile?.title ?? '';
  }

  #onTopic() {
    const topic = byId('tile-topic').value.trim();
    if (topic) {
      this.board.describe({ topic });
    }
  }

  #onColumns() {
    const columns = Math.min(Math.max(Math.round(Number(byId('columns').value)) || 1, 1), MAX_COLUMNS);
    const tiles = recolumn(this.board.tiles, columns);
    if (!tiles) {
      this.say(`the tiles do not fit in ${columns} columns`);
    } else {
      this.board.show(tiles, columns);
    }
    byId('columns').value = this.board.columns;
    this.#onChange();
  }

  async #save(etag) {
    const layout = this.layout;
    this.#draft.send(layout);
    try {
      const answer = await this.api.keep(this.#name, layout, etag);
      this.#draft.take({ layout, etag: answer.etag });
      this.#onChange();
      this.say(wordsOf(answer.kept));
    } catch (problem) {
      // Without an answer it may be kept all the same; so may an earlier try that this one meets.
      const isOurs = (await this.#poll()) === 'ours';
      if (problem.status !== 0) {
        this.#draft.refused();
      }
      this.say(isOurs ? 'saved' : problem.message);
    }
  }

  async #remove() {
    if (!window.confirm(`Remove the wall ${this.#name} from every screen?`)) {
      return;
    }
    try {
      await this.api.remove(this.#name, this.#draft.etag);
      this.#draft.take({ layout: this.layout, etag: null });
      this.onLeave();
    } catch (problem) {
      this.say(problem.message);
    }
  }

  /**
   * Sees what others do: to the layout, and which screens show it.
   *
   * @returns {Promise<?string>} what became of the layout, as {@link Draft#hear} says it; null if
   *     nothing is known
   */
  async #poll() {
    if (!this.#name || document.hidden) {
      return null;
    }
    this.#listScreens();
    const { etag } = this.#draft;
    try {
      const version = await this.api.read(this.#name);
      // What was read before it was saved here is of yesterday.
      return etag === this.#draft.etag ? this.#hear(version) : null;
    } catch (problem) {
      if (problem.code === 'unknown-wall' && this.#draft.etag !== null) {
        this.#draft.removed();
        this.#onChange();
        this.say('somebody else removed this wall; Save makes it anew');
      }
      return null;
    }
  }

  #hear(version) {
    const heard = this.#draft.hear(version, this.layout);
    if (heard === 'theirs') {
      this.#show(version.layout);
      this.say('somebody else changed this wall; this is their layout');
    } else if (heard !== 'same') {
      this.#onChange();
    }
    return heard;
  }

  async #listScreens() {
    try {
      const { screens } = await this.api.screens(this.#name);
      this.screens.render(screens, this.#draft.etag);
    } catch {
      // The list stays as it was; the next look may succeed.
    }
  }
}

function wordsOf({ onDisk, inMemory, missing }) {
  const nodes = (count) => `${count} ${count === 1 ? 'node' : 'nodes'}`;
  const parts = [];
  if (onDisk > 0) {
    parts.push(`on disk on ${nodes(onDisk)}`);
  }
  if (inMemory > 0) {
    parts.push(`in memory on ${nodes(inMemory)}`);
  }
  if (missing.length > 0) {
    parts.push(`${nodes(missing.length)} will get it later`);
  }
  return `saved, ${parts.join(', ')}`;
}
