/**
 * Topic filters: `+` stands for one whole level, a last `#` for all the rest, none included.
 *
 * @module filter
 */

/** @param {string} filter */
export function isPattern(filter) {
  return filter.split('/').some((level) => level === '+' || level === '#');
}

/**
 * @param {string} filter
 * @param {string} topic
 */
export function matches(filter, topic) {
  const levels = topic.split('/');
  const wanted = filter.split('/');
  if (wanted[wanted.length - 1] === '#') {
    wanted.pop();
    levels.length = Math.min(levels.length, wanted.length);
  }
  return (
    wanted.length === levels.length &&
    wanted.every((level, i) => level === '+' || level === levels[i])
  );
}

/**
 * A topic as a part of a path: slashes stay.
 *
 * @param {string} topic
 */
export function topicPath(topic) {
  return topic.split('/').map(encodeURIComponent).join('/');
}
