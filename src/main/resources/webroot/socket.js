/**
 * The page's one connection to the bus: opens it, watches it, and opens it again.
 *
 * @module socket
 */

const SUBPROTOCOL = 'imagebus.v1';
const WELCOME_MILLIS = 5000;
/** The node answers the page every two seconds, if it has nothing else to say. */
const SILENCE_MILLIS = 5000;
const STABLE_MILLIS = 5000;
const DRAIN_MILLIS = 1000;
const MIN_BACKOFF_MILLIS = 250;
const MAX_BACKOFF_MILLIS = 5000;

/** @typedef {'CONNECTING' | 'CONNECTED' | 'RECONNECTING'} ConnectionState */

/**
 * @typedef {object} Listener
 * @property {(message: object) => void} onControl every control message, `welcome` first
 * @property {(bytes: ArrayBuffer) => void} onChunk
 * @property {(state: ConnectionState) => void} onState called at each change
 */

export class BusSocket {
  /** @type {?WebSocket} */
  #socket = null;
  /** @type {string[]} */
  #nodes = [];
  #attempt = 0;
  #timer = 0;
  #welcomedMillis = 0;
  #heardMillis = 0;

  /**
   * @param {URL} page the page's own address; its host is tried first and every other time
   * @param {Listener} listener
   */
  constructor(page, listener) {
    this.page = page;
    this.listener = listener;
    /** @type {ConnectionState} */
    this.state = 'CONNECTING';
  }

  /** Opens the connection, and from then on whenever it is gone. */
  open() {
    const socket = new WebSocket(this.#address(), SUBPROTOCOL);
    socket.binaryType = 'arraybuffer';
    socket.onmessage = (event) => this.#onMessage(event.data);
    socket.onclose = () => this.abandon();
    this.#socket = socket;
    this.#timer = setTimeout(() => this.abandon(), WELCOME_MILLIS);
  }

  /** Even attempts go to the page's own host, odd ones to the other nodes in turn. */
  #address() {
    const scheme = this.page.protocol === 'https:' ? 'wss:' : 'ws:';
    const own = `${scheme}//${this.page.host}/ws`;
    if (this.#attempt % 2 === 0 || this.#nodes.length === 0) {
      return own;
    }
    const node = this.#nodes[((this.#attempt - 1) / 2) % this.#nodes.length];
    const host = node.replace(/^[a-z]+:\/\//, '').replace(/\/.*$/, '');
    return `${scheme}//${host}/ws`;
  }

  #onMessage(data) {
    this.#heardMillis = performance.now();
    if (typeof data !== 'string') {
      this.listener.onChunk(data);
      return;
    }
    const message = JSON.parse(data);
    if (message.type === 'welcome') {
      this.#onWelcome(message);
    } else if (message.type === 'drain') {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.abandon(), Math.random() * DRAIN_MILLIS);
    }
    this.listener.onControl(message);
  }

  #onWelcome(message) {
    clearTimeout(this.#timer);
    this.#welcomedMillis = this.#heardMillis;
    this.#nodes = message.nodes ?? [];
    this.#become('CONNECTED');
  }

  /**
   * Sends a control message; without a connection there is nobody to hear it.
   *
   * @param {object} message
   */
  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  /** Gives up a connection over which nothing has come for too long. */
  tick(nowMillis) {
    if (this.state === 'CONNECTED' && nowMillis - this.#heardMillis > SILENCE_MILLIS) {
      this.abandon();
    }
  }

  /**
   * Counts the connection as gone at once, whatever the browser still thinks of it: closing one
   * whose other end is silent takes the browser half a minute.
   */
  abandon() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    if (socket) {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
      this.#socket = null;
    }
    const stable =
      this.state === 'CONNECTED' && performance.now() - this.#welcomedMillis > STABLE_MILLIS;
    this.#attempt = stable ? 0 : this.#attempt + 1;
    this.#timer = setTimeout(() => this.open(), this.#backoffMillis());
    this.#become('RECONNECTING');
  }

  #backoffMillis() {
    const ceiling = Math.min(MAX_BACKOFF_MILLIS, MIN_BACKOFF_MILLIS * 2 ** (this.#attempt + 1));
    return MIN_BACKOFF_MILLIS + Math.random() * (ceiling - MIN_BACKOFF_MILLIS);
  }

  /** @param {ConnectionState} state */
  #become(state) {
    if (state !== this.state) {
      this.state = state;
      this.listener.onState(state);
    }
  }
}
