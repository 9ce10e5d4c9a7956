/**
 * What a tile asks for: the size that it has on the screen, and nothing while nobody can see it.
 *
 * @module demand
 */

/** A window that is being drawn larger asks once, when it has come to rest. */
const SETTLE_MILLIS = 250;

/**
 * The pictures that a box can show, in device pixels.
 *
 * @param {{width: number, height: number}} box CSS pixels
 * @param {number} ratio device pixels in one of these
 * @returns {{width: number, height: number}} at least 1 each
 */
export function pixelsOf({ width, height }, ratio) {
  const pixels = (length) => Math.max(1, Math.ceil(length * ratio));
  return { width: pixels(width), height: pixels(height) };
}

/**
 * Follows an element, and tells whenever something else is to be asked for it. That nobody sees it
 * any more is told at once, another size when it has come to rest.
 */
export class Demand {
  #tell;
  #box = { width: 0, height: 0 };
  #seen = false;
  #told = '';
  #timer = 0;
  #sizes = new ResizeObserver((entries) => this.#onSize(entries));
  #views = new IntersectionObserver((entries) => this.#onView(entries));
  #closed = new AbortController();

  /**
   * @param {Element} frame where the picture is
   * @param {(size: ?{width: number, height: number}) => void} tell device pixels; null: nobody can
   *     see the picture
   */
  constructor(frame, tell) {
    this.#tell = tell;
    this.#sizes.observe(frame);
    this.#views.observe(frame);
    const { signal } = this.#closed;
    document.addEventListener('visibilitychange', () => this.#decide(), { signal });
    this.#watchRatio();
  }

  /** The element may keep its size when the window goes to a screen with other pixels. */
  #watchRatio() {
    const here = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const { signal } = this.#closed;
    const changed = () => {
      this.#decide();
      this.#watchRatio();
    };
    here.addEventListener('change', changed, { once: true, signal });
  }

  #onSize(entries) {
    this.#box = entries[entries.length - 1].contentRect;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#decide(), SETTLE_MILLIS);
  }

  /** What has come into view is asked for at once, in the size that it is known to have. */
  #onView(entries) {
    const { isIntersecting, boundingClientRect } = entries[entries.length - 1];
    this.#seen = isIntersecting;
    if (isIntersecting) {
      this.#box = boundingClientRect;
    }
    this.#decide();
  }

  get #isSeen() {
    return this.#seen && !document.hidden && this.#box.width > 0 && this.#box.height > 0;
  }

  #decide() {
    const size = this.#isSeen ? pixelsOf(this.#box, window.devicePixelRatio) : null;
    const told = JSON.stringify(size);
    if (told !== this.#told) {
      this.#told = told;
      this.#tell(size);
    }
  }

  /** Follows the element no longer. */
  close() {
    clearTimeout(this.#timer);
    this.#sizes.disconnect();
    this.#views.disconnect();
    this.#closed.abort();
  }
}
