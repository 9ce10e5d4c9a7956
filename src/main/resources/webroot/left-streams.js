/**
 * The streams of a topic that the node has turned away from on this connection, as with each change
 * of the variant. Reports tell totals, so what was counted of them is told once more, and counted on
 * when the node turns to one of them again.
 *
 * @module left-streams
 */

/** More than a node has variants of a topic; the longest left goes first. */
export const MAX_STREAMS = 32;

/** @typedef {{stream: string}} Word a stream's entry in a receiver report */

export class LeftStreams {
  /** @type {Map<string, Word>} */
  #words = new Map();
  /** @type {Map<string, Word>} */
  #untold = new Map();

  /** Keeps the last word on a stream that another one has replaced. @param {Word} word */
  leave(word) {
    this.#words.set(word.stream, word);
    this.#untold.set(word.stream, word);
    if (this.#words.size > MAX_STREAMS) {
      const [oldest] = this.#words.keys();
      this.#words.delete(oldest);
      this.#untold.delete(oldest);
    }
  }

  /** What was counted of a stream before, which is followed from now on. @returns {?Word} */
  turnTo(stream) {
    const word = this.#words.get(stream) ?? null;
    this.#words.delete(stream);
    this.#untold.delete(stream);
    return word;
  }

  /** The last words that are in no report yet. @returns {Word[]} */
  takeUntold() {
    const words = [...this.#untold.values()];
    this.#untold.clear();
    return words;
  }

  /** Another connection: what came on this one is no account of the next. */
  clear() {
    this.#words.clear();
    this.#untold.clear();
  }
}
