/**
 * A page that hangs must not go on looking live.
 *
 * @module deadline
 */

/**
 * A cover over the wall that the browser itself fades in unless every tick puts it off: also a page
 * whose scripts hang does not go on looking live.
 *
 * @param {HTMLElement} cover
 * @returns {Animation}
 */
export function startDeadline(cover) {
  const frames = [
    { opacity: 0, offset: 0 },
    { opacity: 0, offset: 0.9 },
    { opacity: 1, offset: 1 },
  ];
  return cover.animate(frames, { duration: 4000, fill: 'forwards' });
}
