/**
 * What a tile asks for: the size that it has on the screen, and nothing while nobody can see it.
 *
 * @module demand
 */

/** A window that is being drawn larger asks once, when it has come to rest. */
const SETTLE_MILLIS = 250;

/**
 * The pictures that a box can show.
 *
 * @param {{width: number, height: number}} box CSS pixels
 * @param {number} ratio device pixels in one of these
 * @param {number} fps the most wanted; 0: all
 * @returns {import('./session.js').Wish}
 */
export function wishFor(box, ratio, fps) {
  const pixels = (length) => Math.max(1, Math.ceil(length * ratio));
  const size = box.width > 0 && box.height > 0 ? { width: pixels(box.width), height: pixels(box.height) } : {};
  return fps > 0 ? { ...size, fps } : size;
}

/** Follows the tiles of a page, and tells what each of them asks for whenever that has changed. */
export class Demand {
  /** @type {Map<Element, {topic: string, box: object, seen: boolean, told: string}>} by frame */
  #frames = new Map();
  #timer = 0;
  #sizes = new ResizeObserver((entries) => this.#onSizes(entries));
  #views = new IntersectionObserver((entries) => this.#onViews(entries));

  /**
   * @param {number} fps the most that each tile wants; 0: all
   * @param {(topic: string, wish: ?import('./session.js').Wish) => void} ask
   */
  constructor(fps, ask) {
    this.fps = fps;
    this.ask = ask;
    document.addEventListener('visibilitychange', () => this.#tell());
  }

  /**
   * @param {string} topic
   * @param {Element} frame where its picture is
   */
  follow(topic, frame) {
    this.#frames.set(frame, { topic, box: { width: 0, height: 0 }, seen: false, told: '' });
    this.#sizes.observe(frame);
    this.#views.observe(frame);
  }

  /** @param {Element} frame */
  leave(frame) {
    this.#sizes.unobserve(frame);
    this.#views.unobserve(frame);
    this.#frames.delete(frame);
  }

  #onSizes(entries) {
    for (const { target, contentRect } of entries) {
      const frame = this.#frames.get(target);
      if (frame) {
        frame.box = contentRect;
      }
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), SETTLE_MILLIS);
  }

  /** What has come into view is asked for at once, in the size that it is known to have. */
  #onViews(entries) {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const frame = this.#frames.get(target);
      if (frame) {
        frame.seen = isIntersecting;
        frame.box = isIntersecting ? boundingClientRect : frame.box;
      }
    }
    this.#tell();
  }

  #tell() {
    for (const frame of this.#frames.values()) {
      const wish = frame.seen && !document.hidden ? wishFor(frame.box, window.devicePixelRatio, this.fps) : null;
      const told = JSON.stringify(wish);
      if (told !== frame.told) {
        frame.told = told;
        this.ask(frame.topic, wish);
      }
    }
  }
}
