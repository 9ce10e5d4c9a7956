/**
 * Named walls as a page uses them: their layouts over HTTP, and what happens to one of them over
 * the page's connection to the bus.
 *
 * @module walls
 */

const ANSWER_MILLIS = 5_000;
const REPORT_SECONDS = 5;

/**
 * @typedef {object} Tile
 * @property {string} topic a topic, or a filter whose topics take turns
 * @property {string} [title]
 * @property {number} column from 1
 * @property {number} row from 1
 * @property {number} width
 * @property {number} height
 */

/**
 * @typedef {object} Layout
 * @property {string} title
 * @property {number} columns
 * @property {number} dwellSeconds
 * @property {Tile[]} tiles
 */

/** What the node says when it does not do what it was asked. */
export class WallProblem extends Error {
  /**
   * @param {number} status of the answer, 0 if there was none
   * @param {{code?: string, detail?: string, field?: string}} problem
   */
  constructor(status, { code = 'no-answer', detail = 'the node does not answer', field = '' }) {
    super(detail);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

/** `/api/v1/walls` of the node that served the page. Every method may throw a {@link WallProblem}. */
export class WallApi {
  #base;

  /** @param {string | URL} [base] where the walls are; by default beside this module */
  constructor(base = new URL('api/v1/walls', import.meta.url)) {
    this.#base = String(base);
  }

  /** @returns {Promise<{name: string, title: string, etag: string, columns: number, tiles: number}[]>} */
  async list() {
    return (await this.#ask('GET', '')).body.walls;
  }

  /** @returns {Promise<{layout: Layout, etag: string}>} */
  async read(name) {
    const { body, etag } = await this.#ask('GET', path(name));
    return { layout: body, etag };
  }

  /**
   * Keeps a layout.
   *
   * @param {string} name
   * @param {Layout} layout
   * @param {?string} etag of the version that was changed; null for a new wall; `*` for any
   * @returns {Promise<{etag: string, kept: {onDisk: number, inMemory: number, missing: string[]}}>}
   */
  async keep(name, layout, etag) {
    const condition = etag === null ? { 'If-None-Match': '*' } : { 'If-Match': quoted(etag) };
    return (await this.#ask('PUT', path(name), layout, condition)).body;
  }

  async remove(name, etag) {
    return (await this.#ask('DELETE', path(name), undefined, { 'If-Match': quoted(etag) })).body;
  }

  /** Shows a topic large on each screen of a wall. */
  async show(name, topic, seconds) {
    return (await this.#ask('POST', `${path(name)}/show`, { topic, seconds })).body;
  }

  /** The screens of a wall, each with its last report. */
  async screens(name) {
    return (await this.#ask('GET', `${path(name)}/screens`)).body;
  }

  async #ask(method, where, body, headers = {}) {
    const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
    let answer;
    try {
      answer = await fetch(this.#base + where, {
        method,
        cache: 'no-store',
        headers: { ...json, ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MILLIS),
      });
    } catch {
      throw new WallProblem(0, {});
    }
    const read = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      throw new WallProblem(answer.status, read);
    }
    return { body: read, etag: unquoted(answer.headers.get('ETag')) };
  }
}

const path = (name) => `/${encodeURIComponent(name)}`;
const quoted = (etag) => (etag === '*' ? etag : `"${etag}"`);
const unquoted = (header) => (header ?? '').replaceAll('"', '');

/**
 * The page's connection to the bus, as far as walls need it.
 *
 * @typedef {object} Channel
 * @property {(message: object) => void} send a control message; dropped while there is no connection
 */

/**
 * @typedef {object} WallListener
 * @property {(layout: ?Layout, etag: string) => void} onChange at once, and at each change; null if
 *     there is no such wall
 * @property {(topic: string, seconds: number) => void} [onShow] an operator wants the topic to be
 *     shown large for so long
 */

/**
 * A wall that the page shows. The page hands it the control messages of its connection, `welcome`
 * included, and lets it report.
 */
export class WatchedWall {
  /** What is shown, `null` before the node has said it. @type {?string} */
  etag = null;
  #reportMillis = REPORT_SECONDS * 1000;
  #reportedMillis = -Infinity;

  /**
   * @param {Channel} channel
   * @param {string} name
   * @param {string} screen what this screen is called, the same after a reload
   * @param {WallListener} listener
   */
  constructor(channel, name, screen, listener) {
    this.channel = channel;
    this.name = name;
    this.screen = screen;
    this.listener = listener;
  }

  /**
   * Takes a control message of the connection; those that are not about this wall are left alone.
   *
   * @param {{type: string, wall?: string}} message
   */
  control(message) {
    if (message.type === 'welcome') {
      this.#reportedMillis = -Infinity;
      this.channel.send({ type: 'watch', wall: this.name });
    } else if (message.wall !== this.name) {
      return;
    } else if (message.type === 'wall') {
      this.#reportMillis = (message.reportSeconds ?? REPORT_SECONDS) * 1000;
      this.#take(message);
    } else if (message.type === 'show') {
      this.listener.onShow?.(message.topic, message.seconds);
    }
  }

  /** After each connection the node says again what is known; that is no change. */
  #take({ layout, etag }) {
    if (etag !== this.etag) {
      this.etag = etag;
      this.listener.onChange(layout, etag);
    }
  }

  /**
   * Tells the node what this screen shows and how well, if it is time to; to be called each second
   * or so.
   *
   * @param {number} nowMillis of a clock that never steps
   * @param {() => {tiles: object[], via?: string, view?: object}} describe
   */
  report(nowMillis, describe) {
    if (nowMillis - this.#reportedMillis < this.#reportMillis) {
      return;
    }
    this.#reportedMillis = nowMillis;
    const { name, screen, etag } = this;
    this.channel.send({
      type: 'screen',
      wall: name,
      screen,
      etag: etag ?? '',
      ...describe(),
    });
  }

  /** Watches no longer. */
  close() {
    this.channel.send({ type: 'unwatch', wall: this.name });
  }
}

/**
 * A name for this screen: that of `?screen=`, or one that this tab keeps over reloads.
 *
 * @param {URL} page
 * @param {Storage} storage of the tab
 */
export function screenName(page, storage) {
  const given = page.searchParams.get('screen');
  if (given) {
    return given.slice(0, 64);
  }
  // randomUUID is there over https and on localhost only.
  const random = crypto.getRandomValues(new Uint32Array(1))[0].toString(16).padStart(8, '0');
  const kept = storage.getItem('imagebus.screen') ?? `screen-${random}`;
  storage.setItem('imagebus.screen', kept);
  return kept;
}
