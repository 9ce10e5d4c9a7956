/**
 * The nodes that a page can connect to: its own host, and those that the connected node named.
 *
 * @module nodes
 */

export class NodeRing {
  /** @type {string[]} what the page was given, tried first */
  #own;
  /** @type {string[]} */
  #all;
  /** What was tried since the last welcome, the node that welcomed us included.
   *  @type {Set<string>} */
  #tried = new Set();

  /**
   * @param {URL} page the page's own address, tried first
   * @param {() => number} random from 0 to 1
   * @param {URL[]} others tried first as well
   */
  constructor(page, random = Math.random, others = []) {
    this.scheme = page.protocol === 'https:' ? 'wss:' : 'ws:';
    this.random = random;
    this.#own = [...new Set([page, ...others].map((url) => this.#address(url.host)))];
    this.#all = [...this.#own];
  }

  #address(host) {
    return `${this.scheme}//${host}/ws`;
  }

  /** The nodes as the addresses of their other doors, such as http://10.0.0.2:8080. */
  get origins() {
    return this.#all.map((address) => `http${address.slice(2, -3)}`);
  }

  /** Whether there is another node than the last that welcomed us. */
  get hasOthers() {
    return this.#all.length > 1;
  }

  /**
   * What to try next, in random order, so that the pages of a node spread over all others when it
   * goes; the node that was lost comes last.
   */
  next() {
    let untried = this.#all.filter((address) => !this.#tried.has(address));
    if (untried.length === 0) {
      this.#tried.clear();
      untried = this.#all;
    }
    const address = untried[Math.floor(this.random() * untried.length)];
    this.#tried.add(address);
    return address;
  }

  /**
   * The connected node names the others; one that names none knows no better.
   *
   * @param {string[]} urls
   * @param {string} current address of the connected node
   */
  learn(urls, current) {
    if (urls.length > 0) {
      const named = urls.map((url) => this.#address(new URL(url).host));
      this.#all = [...new Set([...this.#own, ...named, current])];
    }
    this.#tried = new Set([current]);
  }
}
