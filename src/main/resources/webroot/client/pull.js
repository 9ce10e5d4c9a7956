/**
 * Topics without a socket: as an endless MJPEG answer, or where that does not pass either, as one
 * snapshot after the other.
 *
 * @module pull
 */

import { isPattern, topicPath } from './filter.js';
import { MultipartReader } from './multipart.js';

/** A node repeats the last picture each second: what says nothing for so long is dead. */
const SILENCE_MILLIS = 3000;
/** So long snapshots are taken before MJPEG is tried again. */
const POLLING_MILLIS = 10_000;
const FAILED_MILLIS = 1000;
const MAX_POLLS_PER_SECOND = 2;
/** A browser opens six connections to a host: some must stay for snapshots and the rest. */
const MAX_STREAMS = 4;
const TOPICS_MILLIS = 3000;

/** What the pulled topics of a page share: the nodes, and the few connections of a browser. */
export class PullDoors {
  #origins;
  #token;
  #turn = 0;
  #streams = 0;
  #topicsMillis = -Infinity;
  /** @type {string[]} the topics of the cluster, as last heard */
  topics = [];
  /** Whether pictures come only as they were published. */
  plain = false;

  /**
   * @param {() => string[]} origins of the nodes
   * @param {?string} token
   * @param {number} maxFrameBytes
   */
  constructor(origins, token, maxFrameBytes) {
    this.#origins = origins;
    this.#token = token;
    this.maxFrameBytes = maxFrameBytes;
  }

  /** Another node than before. */
  turn() {
    this.#turn++;
  }

  /** @returns {boolean} whether there is room for one more MJPEG answer */
  enter() {
    const room = this.#streams < MAX_STREAMS;
    this.#streams += room ? 1 : 0;
    return room;
  }

  leave() {
    this.#streams--;
  }

  /**
   * Asks a node.
   *
   * @param {string} path
   * @param {object} query numbers by name
   * @param {AbortSignal} signal
   */
  async get(path, query, signal) {
    const origins = this.#origins();
    const url = new URL(path, origins[this.#turn % origins.length]);
    for (const [name, value] of Object.entries(query)) {
      url.searchParams.set(name, String(value));
    }
    if (this.#token) {
      url.searchParams.set('access_token', this.#token);
    }
    return fetch(url, { signal, cache: 'no-cache' });
  }

  /** Learns from time to time which topics there are, for those who asked for a pattern. */
  async learnTopics(nowMillis) {
    if (nowMillis - this.#topicsMillis < TOPICS_MILLIS) {
      return;
    }
    this.#topicsMillis = nowMillis;
    try {
      const answer = await this.get('/api/v1/topics', {}, AbortSignal.timeout(SILENCE_MILLIS));
      this.topics = (await answer.json()).topics.map(({ topic }) => topic);
    } catch {
      this.turn();
    }
  }

  /** The topics that a subscription can mean. */
  topicsOf(subscription) {
    return isPattern(subscription.filter)
      ? this.topics.filter((topic) => subscription.matches(topic))
      : [subscription.filter];
  }
}

export class PulledTopic {
  #ended = new AbortController();
  /** X-Timestamp of the newest picture: one that comes again is not news. */
  #newest = '';
  /** @type {'none' | 'mjpeg' | 'snapshot'} */
  via = 'none';
  /** @type {?('live' | 'stale' | 'offline')} what the node said last of the topic */
  said = null;

  /**
   * @param {string} topic
   * @param {PullDoors} doors
   * @param {() => object} wish the variant that is wanted now
   * @param {(picture: import('../tile.js').Picture) => Promise<void>} show
   */
  constructor(topic, doors, wish, show) {
    this.path = `/api/v1/topics/${topicPath(topic)}`;
    this.doors = doors;
    this.wish = wish;
    this.show = show;
  }

  async start() {
    while (!this.#ended.signal.aborted) {
      await this.#stream();
      await this.#poll();
    }
  }

  stop() {
    this.#ended.abort();
    this.via = 'none';
  }

  /** Reads MJPEG for as long as it comes. */
  async #stream() {
    if (!this.doors.enter()) {
      return;
    }
    const silence = new AbortController();
    let timer = 0;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MILLIS);
    };
    try {
      heard();
      const answer = await this.#ask('stream.mjpeg', silence.signal);
      const parts = new MultipartReader(this.doors.maxFrameBytes);
      const body = answer.body.getReader();
      for (let read = await body.read(); !read.done; read = await body.read()) {
        heard();
        for (const { headers, body: picture } of parts.push(read.value)) {
          this.via = 'mjpeg';
          this.said = null;
          this.#take(headers, picture, 0);
        }
      }
    } catch {
      // Whatever the reason, snapshots are next; they fail as well if the node is gone.
    } finally {
      clearTimeout(timer);
      silence.abort();
      this.doors.leave();
    }
  }

  async #poll() {
    const until = performance.now() + POLLING_MILLIS;
    while (!this.#ended.signal.aborted && performance.now() < until) {
      const perSecond = Math.min(this.wish().fps ?? MAX_POLLS_PER_SECOND, MAX_POLLS_PER_SECOND);
      let waitMillis = 1000 / perSecond;
      try {
        const answer = await this.#ask('snapshot.jpg', AbortSignal.timeout(SILENCE_MILLIS));
        const picture = new Uint8Array(await answer.arrayBuffer());
        this.via = 'snapshot';
        this.said = answer.headers.get('X-Imagebus-State');
        await this.#take(answer.headers, picture, Number(answer.headers.get('Age') ?? 0) * 1000);
      } catch {
        waitMillis = FAILED_MILLIS;
        this.doors.turn();
      }
      await pause(waitMillis, this.#ended.signal);
    }
  }

  async #ask(door, signal) {
    const { fps, ...form } = this.wish();
    const rate = fps && door === 'stream.mjpeg' ? { fps } : {};
    const query = this.doors.plain ? rate : { ...form, ...rate };
    const ends = AbortSignal.any([this.#ended.signal, signal]);
    const answer = await this.doors.get(`${this.path}/${door}`, query, ends);
    if (answer.ok) {
      return answer;
    }
    const { code } = await answer.json();
    if (code === 'unsupported-variant' && !this.doors.plain) {
      this.doors.plain = true;
      return this.#ask(door, signal);
    }
    if (code === 'unknown-topic') {
      this.said = 'offline';
    }
    throw new Error(code);
  }

  /** Shows a picture that is not the one shown before; the first of all may be old already. */
  async #take(headers, bytes, ageMillis) {
    const stamp = headers.get('x-timestamp') ?? '';
    if (stamp === this.#newest || this.#ended.signal.aborted) {
      return;
    }
    const captureMicros = Math.round(Number(stamp) * 1e6);
    const age = this.#newest === '' ? Date.now() - captureMicros / 1000 : ageMillis;
    this.#newest = stamp;
    await this.show({
      number: null,
      captureMicros,
      parts: [bytes],
      contentType: headers.get('content-type') ?? 'image/jpeg',
      ageMillis: () => age,
      done() {},
    });
  }
}

/** Waits, but not beyond the end of the signal's patience. */
function pause(millis, signal) {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', go);
      resolve();
    };
    const timer = setTimeout(go, millis);
    signal.addEventListener('abort', go);
  });
}
