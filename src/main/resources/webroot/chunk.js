/**
 * Chunks of `imagebus.v1`: bytes to header, and chunks to frames.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |  version = 1  |     flags     |         header length         |  0
 * +---------------+---------------+-------------------------------+
 * |                           stream id                           |  4
 * |                                                               |
 * +---------------------------------------------------------------+
 * |                        chunk sequence                         | 12
 * |                                                               |
 * +---------------------------------------------------------------+
 * |                         frame number                          | 20
 * |                                                               |
 * +-------------------------------+-------------------------------+
 * |     chunk index in frame      |     chunk count of frame      | 28
 * +-------------------------------+-------------------------------+
 * |            capture time, microseconds since 1970              | 32
 * |                                                               |
 * +---------------------------------------------------------------+
 * |              offset of the payload in the frame               | 40
 * +---------------------------------------------------------------+
 * |                     CRC32C of the payload                     | 44
 * +---------------------------------------------------------------+
 * |                  CRC32C of header bytes 0-47                  | 48
 * +---------------------------------------------------------------+
 *
 * @module chunk
 */

import { crc32c } from './crc32c.js';

const VERSION = 1;
const HEADER_BYTES = 52;
const CHECKED_BYTES = 48;

/**
 * @typedef {object} Chunk
 * @property {bigint} stream
 * @property {bigint} sequence unsigned
 * @property {number} frame
 * @property {number} index in the frame
 * @property {number} count chunks of the frame
 * @property {number} captureMicros since 1970 UTC
 * @property {number} offset of the payload in the frame, bytes
 * @property {number} checksum CRC32C of the payload as it was sent
 * @property {boolean} good whether the payload is intact
 * @property {Uint8Array} payload a view, not a copy
 */

/**
 * @typedef {object} Frame
 * @property {number} number
 * @property {number} captureMicros
 * @property {Uint8Array[]} parts the picture's bytes in order
 * @property {string} checksum the same for the same bytes in the same parts
 */

/**
 * Reads one binary message.
 *
 * @param {ArrayBuffer} buffer
 * @returns {?Chunk} null if its header is damaged, so that nothing in it may be believed
 */
export function readChunk(buffer) {
  if (buffer.byteLength < HEADER_BYTES) {
    return null;
  }
  const view = new DataView(buffer);
  const bytes = new Uint8Array(buffer);
  const headerLength = view.getUint16(2);
  if (view.getUint32(48) !== crc32c(bytes, 0, CHECKED_BYTES)) {
    return null;
  }
  if (view.getUint8(0) !== VERSION || headerLength < HEADER_BYTES || headerLength > bytes.length) {
    return null;
  }
  const checksum = view.getUint32(44);
  return {
    stream: view.getBigUint64(4),
    sequence: view.getBigUint64(12),
    frame: Number(view.getBigUint64(20)),
    index: view.getUint16(28),
    count: view.getUint16(30),
    captureMicros: Number(view.getBigInt64(32)),
    offset: view.getUint32(40),
    checksum,
    good: checksum === crc32c(bytes, headerLength),
    payload: bytes.subarray(headerLength),
  };
}

/**
 * Puts the chunks of one stream together. Frames come out in the order of their numbers; of
 * unfinished ones the two newest are kept, for two seconds.
 */
export class FrameAssembler {
  static #MAX_UNFINISHED = 2;
  static #PATIENCE_MILLIS = 2000;

  /** @type {Map<number, {parts: Uint8Array[], checksums: number[], missing: number, bytes: number,
   *   begunMillis: number}>} */
  #unfinished = new Map();
  #newest = -1;

  /** @param {number} maxFrameBytes a longer frame is not put together */
  constructor(maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
    /** Frames begun and given up. */
    this.abandoned = 0;
  }

  /**
   * Takes an intact chunk.
   *
   * @param {Chunk} chunk
   * @param {number} nowMillis
   * @returns {?Frame} the frame that it completes
   */
  add(chunk, nowMillis) {
    if (chunk.frame <= this.#newest || chunk.index >= chunk.count) {
      return null;
    }
    if (chunk.count === 1) {
      return this.#finish(chunk, [chunk.payload], [chunk.checksum]);
    }
    const partial = this.#partialOf(chunk, nowMillis);
    if (partial.parts.length !== chunk.count || partial.parts[chunk.index]) {
      return null;
    }
    partial.parts[chunk.index] = chunk.payload;
    partial.checksums[chunk.index] = chunk.checksum;
    partial.bytes += chunk.payload.length;
    if (partial.bytes > this.maxFrameBytes) {
      this.#giveUp(chunk.frame);
    } else if (--partial.missing === 0) {
      return this.#finish(chunk, partial.parts, partial.checksums);
    }
    return null;
  }

  #partialOf(chunk, nowMillis) {
    let partial = this.#unfinished.get(chunk.frame);
    if (!partial) {
      const parts = new Array(chunk.count).fill(null);
      partial = { parts, checksums: [], missing: chunk.count, bytes: 0, begunMillis: nowMillis };
      this.#unfinished.set(chunk.frame, partial);
      if (this.#unfinished.size > FrameAssembler.#MAX_UNFINISHED) {
        this.#giveUp(Math.min(...this.#unfinished.keys()));
      }
    }
    return partial;
  }

  #finish(chunk, parts, checksums) {
    this.#newest = chunk.frame;
    this.#unfinished.delete(chunk.frame);
    for (const number of [...this.#unfinished.keys()]) {
      if (number < chunk.frame) {
        this.#giveUp(number);
      }
    }
    const { frame: number, captureMicros } = chunk;
    return { number, captureMicros, parts, checksum: checksums.join() };
  }

  #giveUp(number) {
    this.#unfinished.delete(number);
    this.abandoned++;
  }

  /**
   * Gives up frames that were begun too long ago.
   *
   * @param {number} nowMillis
   * @returns {?number} the highest number given up
   */
  tick(nowMillis) {
    let highest = null;
    for (const [number, partial] of [...this.#unfinished]) {
      if (nowMillis - partial.begunMillis >= FrameAssembler.#PATIENCE_MILLIS) {
        this.#giveUp(number);
        highest = Math.max(highest ?? 0, number);
      }
    }
    return highest;
  }
}
