/**
 * Reads `multipart/x-mixed-replace` as a node sends it: each part says how long it is.
 *
 * @module multipart
 */

const LF = 10;
const MAX_HEADER_BYTES = 8192;

/**
 * @typedef {object} Part
 * @property {Map<string, string>} headers by lower-case name
 * @property {Uint8Array} body
 */

export class MultipartReader {
  #bytes = new Uint8Array(0);
  /** @type {?Map<string, string>} of the part whose body is read */
  #headers = null;

  /** @param {number} maxBodyBytes a longer part is an error */
  constructor(maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /**
   * Takes what came next.
   *
   * @param {Uint8Array} bytes
   * @returns {Part[]} the parts that it completes
   * @throws {Error} if that is no multipart body, or a part has no length or too much of it
   */
  push(bytes) {
    this.#bytes = concatenate(this.#bytes, bytes);
    const parts = [];
    for (let part = this.#next(); part; part = this.#next()) {
      parts.push(part);
    }
    return parts;
  }

  #next() {
    this.#headers ??= this.#readHeaders();
    if (!this.#headers) {
      return null;
    }
    const length = Number(this.#headers.get('content-length') ?? NaN);
    if (!(length >= 0 && length <= this.maxBodyBytes)) {
      throw new Error('a part of no or too much length');
    }
    if (this.#bytes.length < length) {
      return null;
    }
    const part = { headers: this.#headers, body: this.#take(length) };
    this.#headers = null;
    return part;
  }

  /** The lines up to an empty one behind a boundary; those before the boundary are no headers. */
  #readHeaders() {
    let from = 0;
    const headers = new Map();
    let inside = false;
    for (let end = this.#bytes.indexOf(LF); end >= 0; end = this.#bytes.indexOf(LF, from)) {
      const line = new TextDecoder().decode(this.#bytes.subarray(from, end)).trim();
      from = end + 1;
      if (line.startsWith('--')) {
        inside = true;
        headers.clear();
      } else if (inside && line === '') {
        this.#take(from);
        return headers;
      } else if (inside) {
        const colon = line.indexOf(':');
        headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
      }
    }
    if (this.#bytes.length > MAX_HEADER_BYTES) {
      throw new Error('no header of a part');
    }
    return null;
  }

  #take(length) {
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return taken;
  }
}

function concatenate(a, b) {
  if (a.length === 0) {
    return b;
  }
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
