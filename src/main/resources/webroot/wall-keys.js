/**
 * The wall by keyboard and pointer: arrows go from camera to camera, Enter or a click shows one
 * large, Escape goes back, Page Up and Page Down turn pages, f is full screen.
 *
 * @module wall-keys
 */

/**
 * @typedef {object} Wall
 * @property {HTMLElement} grid its tiles, and the columns as data-columns
 * @property {string} large the key of the tile that is shown alone; empty: all
 * @property {(key: string) => void} enlarge empty: shows all again
 * @property {(by: number) => void} turn pages
 * @property {() => void} hold somebody is at it: the page stays
 * @property {() => void} toggleFullScreen
 */

/** @param {Wall} wall */
export function listenTo(wall) {
  wall.grid.addEventListener('click', ({ target }) => toggle(wall, keyAt(target)));
  document.addEventListener('keydown', (event) => {
    const action = event.ctrlKey || event.altKey || event.metaKey ? null : actionOf(wall, event);
    if (action) {
      event.preventDefault();
      wall.hold();
      action();
    }
  });
}

const keyAt = (target) => target.closest?.('.tile')?.dataset.key ?? '';

function toggle(wall, key) {
  if (key) {
    wall.enlarge(key === wall.large ? '' : key);
  }
}

function actionOf(wall, { key, target }) {
  const columns = Number(wall.grid.dataset.columns);
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  if (key in steps) {
    return () => step(wall, steps[key]);
  }
  switch (key) {
    case 'Enter':
      return keyAt(target) ? () => toggle(wall, keyAt(target)) : null;
    case 'Escape':
      return wall.large ? () => wall.enlarge('') : null;
    case 'PageDown':
      return () => wall.turn(1);
    case 'PageUp':
      return () => wall.turn(-1);
    case 'f':
      return () => wall.toggleFullScreen();
    default:
      return null;
  }
}

/** From camera to camera, also while one is large. */
function step(wall, by) {
  const tiles = [...wall.grid.children];
  const at = tiles.indexOf(document.activeElement);
  const next = tiles[at < 0 ? 0 : at + (wall.large ? Math.sign(by) : by)];
  if (next && wall.large) {
    wall.enlarge(next.dataset.key);
  }
  next?.focus();
}
