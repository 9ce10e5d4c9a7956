/**
 * Frames to chunks of `imagebus.v1`: the other direction of {@link module:chunk}, where the layout
 * is drawn.
 *
 * @module chunk-writer
 */

import { crc32c } from './crc32c.js';

const VERSION = 1;
const HEADER_BYTES = 52;
const LAST = 1;

/**
 * How many chunks a frame takes.
 *
 * @param {number} frameBytes
 * @param {number} chunkBytes the most that a chunk may have, its header included
 */
export function chunkCount(frameBytes, chunkBytes) {
  return Math.max(1, Math.ceil(frameBytes / (chunkBytes - HEADER_BYTES)));
}

/**
 * Cuts a frame.
 *
 * @param {{stream: bigint, sequence: bigint, frame: number, captureMicros: number}} numbers
 *   `sequence` is that of the first chunk
 * @param {Uint8Array} picture
 * @param {number} chunkBytes the most that a chunk may have, its header included
 * @returns {Uint8Array[]}
 */
export function writeChunks({ stream, sequence, frame, captureMicros }, picture, chunkBytes) {
  const room = chunkBytes - HEADER_BYTES;
  const count = chunkCount(picture.length, chunkBytes);
  return Array.from({ length: count }, (_, index) => {
    const offset = index * room;
    const payload = picture.subarray(offset, offset + room);
    const bytes = new Uint8Array(HEADER_BYTES + payload.length);
    const view = new DataView(bytes.buffer);
    view.setUint8(0, VERSION);
    view.setUint8(1, index === count - 1 ? LAST : 0);
    view.setUint16(2, HEADER_BYTES);
    view.setBigUint64(4, stream);
    view.setBigUint64(12, sequence + BigInt(index));
    view.setBigUint64(20, BigInt(frame));
    view.setUint16(28, index);
    view.setUint16(30, count);
    view.setBigInt64(32, BigInt(captureMicros));
    view.setUint32(40, offset);
    view.setUint32(44, crc32c(payload));
    view.setUint32(48, crc32c(bytes, 0, 48));
    bytes.set(payload, HEADER_BYTES);
    return bytes;
  });
}
