/**
 * How old a picture is, and from when on it is too old to be called live.
 *
 * @module age
 */

export const STALE_MILLIS = 3000;

/**
 * An age with tenths of a second: 3.4 s, 2:03.4, 1:02:03.4.
 *
 * @param {number} millis
 */
export function formatAge(millis) {
  const tenths = Math.floor(millis / 100);
  const seconds = (tenths % 600) / 10;
  const minutes = Math.floor(tenths / 600) % 60;
  const hours = Math.floor(tenths / 36_000);
  if (tenths < 600) {
    return `${seconds.toFixed(1)} s`;
  }
  const clock = `${String(minutes).padStart(hours ? 2 : 1, '0')}:${seconds.toFixed(1).padStart(4, '0')}`;
  return hours ? `${hours}:${clock}` : clock;
}
