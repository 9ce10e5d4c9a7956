/**
 * The page's one connection to the bus: opens it, watches it, opens another when it is gone, and
 * changes over to another in time when its node goes down.
 *
 * @module socket
 */

import { NodeRing } from './nodes.js';

const SUBPROTOCOL = 'imagebus.v1';
const WELCOME_MILLIS = 3000;
/** The node answers the page every second, if it has nothing else to say. */
const SILENCE_MILLIS = 3000;
/** The clients of a node that goes down leave it spread over so long; it serves them meanwhile. */
const SPREAD_MILLIS = 1000;
const MIN_BACKOFF_MILLIS = 20;
const FIRST_BACKOFF_MILLIS = 100;
const MAX_BACKOFF_MILLIS = 5000;

/** @typedef {'CONNECTING' | 'CONNECTED' | 'RECONNECTING'} ConnectionState */

/**
 * @typedef {object} Listener
 * @property {(message: object) => void} onControl every control message, `welcome` first
 * @property {(bytes: ArrayBuffer) => void} onChunk
 * @property {(state: ConnectionState) => void} onState called at each change
 * @property {() => void} onMove called before the welcome of a node that takes over from another
 */

export class BusSocket {
  /** @type {?WebSocket} the connection in use, or the attempt at one while there is none */
  #socket = null;
  /** @type {?WebSocket} the attempt at another node while this one goes down */
  #successor = null;
  /** @type {NodeRing} */
  #ring;
  #query;
  #failures = 0;
  #timer = 0;
  #heardMillis = 0;

  /**
   * @param {URL} page the page's own address
   * @param {Listener} listener
   * @param {URL[]} others further nodes that are known from the beginning
   * @param {string} query of the socket's address, such as ?access_token=…
   */
  constructor(page, listener, others = [], query = '') {
    this.listener = listener;
    this.#ring = new NodeRing(page, Math.random, others);
    this.#query = query;
    /** @type {ConnectionState} */
    this.state = 'CONNECTING';
  }

  /** Opens the connection, and from then on whenever it is gone. */
  open() {
    this.#socket = this.#attempt(() => this.abandon());
  }

  /**
   * @param {() => void} failed called when there is no welcome in time
   */
  #attempt(failed) {
    const address = this.#ring.next();
    const socket = new WebSocket(address + this.#query, SUBPROTOCOL);
    socket.binaryType = 'arraybuffer';
    socket.onmessage = (event) => this.#onMessage(socket, address, event.data);
    socket.onclose = failed;
    this.#timer = setTimeout(failed, WELCOME_MILLIS);
    return socket;
  }

  #onMessage(socket, address, data) {
    if (typeof data !== 'string') {
      this.#heardMillis = performance.now();
      this.listener.onChunk(data);
      return;
    }
    const message = JSON.parse(data);
    if (message.type === 'welcome') {
      this.#onWelcome(socket, address, message);
    } else if (message.type === 'nodes' || message.type === 'drain') {
      this.#ring.learn(message.nodes ?? [], address);
    }
    if (message.type === 'drain' && !this.#successor) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#seekSuccessor(), Math.random() * SPREAD_MILLIS);
    }
    this.#heardMillis = performance.now();
    this.listener.onControl(message);
  }

  #onWelcome(socket, address, message) {
    clearTimeout(this.#timer);
    this.#failures = 0;
    this.#ring.learn(message.nodes ?? [], address);
    if (socket === this.#successor) {
      this.#successor = null;
      forget(this.#socket);
      this.#socket = socket;
      socket.onclose = () => this.abandon();
      this.listener.onMove();
    }
    this.#become('CONNECTED');
  }

  /** The node serves on while another one is tried; a page without another one waits for the end. */
  #seekSuccessor() {
    forget(this.#successor);
    this.#successor = null;
    if (this.state === 'CONNECTED' && this.#ring.hasOthers) {
      this.#successor = this.#attempt(() => {
        clearTimeout(this.#timer);
        forget(this.#successor);
        this.#timer = setTimeout(() => this.#seekSuccessor(), this.#backoffMillis());
      });
    }
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

  /**
   * Sends a chunk.
   *
   * @param {Uint8Array} bytes
   */
  sendChunk(bytes) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(bytes);
    }
  }

  /** What was given to be sent and has not left the browser yet. */
  get unsentBytes() {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** The known nodes, as http addresses. */
  get origins() {
    return this.#ring.origins;
  }

  /** Ends the connection for good. */
  close() {
    clearTimeout(this.#timer);
    forget(this.#socket);
    forget(this.#successor);
    this.#socket = null;
    this.#successor = null;
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
    this.close();
    this.#timer = setTimeout(() => this.open(), this.#backoffMillis());
    this.#become('RECONNECTING');
  }

  /** All of the wait is random, so that the pages of a node that died do not come back at once. */
  #backoffMillis() {
    const ceiling = Math.min(MAX_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS * 2 ** this.#failures++);
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

/** @param {?WebSocket} socket */
function forget(socket) {
  if (socket) {
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }
}
