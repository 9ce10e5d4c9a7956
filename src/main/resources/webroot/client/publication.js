/**
 * A page as the publisher of a topic.
 *
 * @module publication
 */

import { chunkCount, writeChunks } from '../chunk-writer.js';
import { pageMicros } from '../clock.js';

const HEARTBEAT_MILLIS = 1000;
/** While so much waits for the line, a picture is left out rather than sent late. */
const MAX_UNSENT_BYTES = 1024 * 1024;

export class Publication {
  #bus;
  /** @type {?bigint} the open stream; none while nobody would hear it */
  #stream = null;
  #streamText = '';
  #sequence = 0n;
  #frame = 0;
  /** Numbers left out of this stream. */
  #skipTotal = 0;
  #heartbeatMillis = 0;
  #closed = false;
  /** Pictures that were sent, that were left out, and that the node refused. */
  counts = { sent: 0, leftOut: 0, rejected: 0 };
  /** @type {'OPENING' | 'OPEN' | 'REPLACED' | 'CLOSED'} */
  state = 'OPENING';

  /**
   * @param {import('./bus.js').Bus} bus
   * @param {number} id
   * @param {string} topic
   * @param {string} contentType
   */
  constructor(bus, id, topic, contentType) {
    this.#bus = bus;
    this.id = id;
    this.topic = topic;
    this.contentType = contentType;
  }

  /**
   * Sends one whole picture, if there is a stream and the line has room.
   *
   * @param {Blob | ArrayBuffer | Uint8Array} picture
   * @param {number} [captureMicros] when it was taken, since 1970 UTC; now if absent
   * @returns {Promise<boolean>} whether it went out; one that did not is counted in `leftOut`
   */
  async send(picture, captureMicros = pageMicros()) {
    const bytes = await bytesOf(picture);
    const { chunkBytes, unsentBytes } = this.#bus.line;
    if (this.#stream === null || unsentBytes > MAX_UNSENT_BYTES) {
      this.counts.leftOut++;
      if (this.#stream !== null) {
        this.#skip(chunkCount(bytes.length, chunkBytes));
      }
      return false;
    }
    const numbers = {
      stream: this.#stream,
      sequence: this.#sequence,
      frame: this.#frame++,
      captureMicros: Math.round(captureMicros),
    };
    for (const chunk of writeChunks(numbers, bytes, chunkBytes)) {
      this.#bus.sendChunk(chunk);
      this.#sequence++;
    }
    this.counts.sent++;
    return true;
  }

  /** A picture that is left out takes its numbers with it. */
  #skip(numbers) {
    const from = Number(this.#sequence);
    this.#sequence += BigInt(numbers);
    this.#frame++;
    this.#skipTotal += numbers;
    this.#bus.send({
      type: 'skip',
      stream: this.#streamText,
      from,
      to: from + numbers - 1,
      frames: 1,
      total: this.#skipTotal,
    });
  }

  /** Asks the connected node for a stream. */
  open() {
    this.#stream = null;
    if (this.#closed || this.state === 'REPLACED') {
      return;
    }
    this.state = 'OPENING';
    const { id, topic, contentType } = this;
    this.#bus.send({ type: 'publish', id, topic, contentType });
  }

  /** The connection is gone, and the stream with it. */
  disconnect() {
    this.#stream = null;
    this.state = this.state === 'OPEN' ? 'OPENING' : this.state;
  }

  /** @param {object} message of the node about this publication */
  hear(message) {
    switch (message.type) {
      case 'published':
        this.#streamText = message.stream;
        this.#stream = BigInt(`0x${message.stream}`);
        this.#sequence = 0n;
        this.#frame = 0;
        this.#skipTotal = 0;
        this.state = 'OPEN';
        break;
      case 'rejected':
        this.counts.rejected++;
        break;
      case 'ended':
        this.#stream = null;
        this.state = message.why === 'replaced' ? 'REPLACED' : this.state;
        break;
    }
  }

  /** Whether a message of the node is about the open stream. */
  isOf(streamText) {
    return this.#stream !== null && streamText === this.#streamText;
  }

  tick(nowMillis) {
    if (this.#stream !== null && nowMillis - this.#heartbeatMillis >= HEARTBEAT_MILLIS) {
      this.#heartbeatMillis = nowMillis;
      const next = Number(this.#sequence);
      this.#bus.send({ type: 'heartbeat', stream: this.#streamText, next, total: this.#skipTotal });
    }
  }

  /** Ends the stream. */
  close() {
    if (this.#stream !== null) {
      const next = Number(this.#sequence);
      this.#bus.send({ type: 'end', stream: this.#streamText, next });
    }
    this.#stream = null;
    this.#closed = true;
    this.state = 'CLOSED';
    this.#bus.forget(this);
  }
}

async function bytesOf(picture) {
  return picture instanceof Uint8Array
    ? picture
    : new Uint8Array(picture instanceof Blob ? await picture.arrayBuffer() : picture);
}
