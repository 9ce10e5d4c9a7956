/**
 * A screen on a wall: nothing but pictures, and it does not go dark.
 *
 * @module kiosk
 */

export class Kiosk {
  /** @param {boolean} on */
  constructor(on) {
    document.body.classList.toggle('kiosk', on);
    if (on) {
      this.#keepAwake();
      document.addEventListener('visibilitychange', () => this.#keepAwake());
      // A browser gives a page the whole screen only in answer to somebody's key or click.
      for (const gesture of ['click', 'keydown']) {
        document.addEventListener(gesture, () => this.#fill(), { once: true });
      }
    }
  }

  /** A browser takes the lock back whenever the page is hidden, and refuses it on low battery. */
  async #keepAwake() {
    if (document.visibilityState === 'visible' && navigator.wakeLock) {
      try {
        await navigator.wakeLock.request('screen');
        document.body.dataset.awake = 'true';
      } catch {
        document.body.dataset.awake = 'false';
      }
    }
  }

  async #fill() {
    try {
      await document.documentElement.requestFullscreen();
    } catch {
      // Some browsers have no full screen for pages; the kiosk goes on in its window.
    }
  }

  toggleFullScreen() {
    if (document.fullscreenElement) {
      document.exitFullscreen();
    } else {
      this.#fill();
    }
  }
}
