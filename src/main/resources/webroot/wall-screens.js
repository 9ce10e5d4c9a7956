/**
 * The screens that show a wall, as the editor lists them.
 *
 * @module wall-screens
 */

import { element, table } from './elements.js';

export class ScreenTable {
  #shown = '';

  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
  }

  /**
   * @param {object[]} screens
   * @param {?string} etag of the layout as it is kept
   */
  render(screens, etag) {
    const rows = screens.map((screen) => rowOf(screen, etag));
    const text = JSON.stringify(rows);
    if (text === this.#shown) {
      return;
    }
    this.#shown = text;
    this.place.replaceChildren(
      rows.length > 0
        ? table('Screens of this wall', ['Screen', 'Connection', 'Layout', 'Live', 'Size', 'Node'], rows)
        : element('p', 'quiet', 'No screen shows this wall now.'),
    );
  }
}

function rowOf(screen, etag) {
  const { live, notLive, view, via } = screen;
  return [
    screen.screen,
    screen.connected ? (via ?? 'connected') : 'gone',
    screen.etag === etag ? 'this one' : 'an older one',
    `${live} of ${live + notLive}`,
    view ? `${view.width} × ${view.height}` : '',
    screen.node.slice(0, 8),
  ];
}
