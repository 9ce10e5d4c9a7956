/**
 * Publishes pictures over the picture socket of a node, and knows which of them the node has.
 *
 * @module picture-publisher
 */

const FIRST_BACKOFF_MILLIS = 250;
const MAX_BACKOFF_MILLIS = 5000;
const OPEN_MILLIS = 3000;

/** A publisher closed with one of these would be refused again. */
const FINAL_CODES = new Map([
  [1003, 'the node does not take these pictures'],
  [1008, 'the node takes no more publishers'],
  [1009, 'the pictures are too large for the node'],
  [4409, 'a newer publisher has the topic'],
]);

/** @typedef {'CONNECTING' | 'PUBLISHING' | 'INTERRUPTED' | 'FAILED' | 'ENDED'} PublisherState */

export class PicturePublisher {
  /** @type {?WebSocket} */
  #socket = null;
  #timer = 0;
  #failures = 0;

  /** Pictures handed to the browser's socket. */
  sent = 0;
  /** Pictures left out, as the line still had an earlier one to carry. */
  skipped = 0;
  /** Pictures that the node refused. */
  rejected = 0;

  /** @type {PublisherState} */
  state = 'CONNECTING';

  /**
   * @param {string} address of the picture socket
   * @param {(state: PublisherState, why: string) => void} onState
   * @param {(address: string) => WebSocket} [open]
   */
  constructor(address, onState, open = (url) => new WebSocket(url)) {
    this.address = address;
    this.onState = onState;
    this.open = open;
    this.#connect();
  }

  #connect() {
    const socket = this.open(this.address);
    this.#socket = socket;
    this.#timer = setTimeout(() => socket.close(), OPEN_MILLIS);
    socket.onopen = () => {
      clearTimeout(this.#timer);
      this.#failures = 0;
      this.#become('PUBLISHING', '');
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string' && JSON.parse(data).type === 'rejected') {
        this.rejected++;
      }
    };
    socket.onclose = ({ code, reason }) => this.#onClose(code, reason);
  }

  #onClose(code, reason) {
    clearTimeout(this.#timer);
    this.#socket = null;
    if (FINAL_CODES.has(code)) {
      this.#become('FAILED', reason || FINAL_CODES.get(code));
      return;
    }
    this.#become('INTERRUPTED', reason || 'no connection to the node');
    const ceiling = Math.min(MAX_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS * 2 ** this.#failures++);
    this.#timer = setTimeout(() => this.#connect(), Math.random() * ceiling);
  }

  /** Whether a picture would go out now; one that would wait behind another is not worth making. */
  get ready() {
    return this.state === 'PUBLISHING' && this.#socket?.readyState === 1 && this.#socket.bufferedAmount === 0;
  }

  /** @param {Blob} picture */
  send(picture) {
    if (this.ready) {
      this.#socket.send(picture);
      this.sent++;
    } else {
      this.skipped++;
    }
  }

  end() {
    clearTimeout(this.#timer);
    if (this.#socket) {
      this.#socket.onclose = null;
      this.#socket.close(1000);
      this.#socket = null;
    }
    if (this.state !== 'FAILED') {
      this.#become('ENDED', '');
    }
  }

  #become(state, why) {
    this.state = state;
    this.onState(state, why);
  }
}
