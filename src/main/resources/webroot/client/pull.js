/**
 * A topic without a socket: as an endless MJPEG answer, or where that does not pass either, as one
 * snapshot after the other.
 *
 * @module pull
 */

import { crc32c } from '../crc32c.js';
import { topicPath } from './filter.js';
import { MultipartReader } from './multipart.js';

/** A node repeats the last picture each second: what says nothing for so long is dead. */
const SILENCE_MILLIS = 3000;
/** So long snapshots are taken before MJPEG is tried again. */
const POLLING_MILLIS = 10_000;
const FAILED_MILLIS = 1000;
const MAX_POLLS_PER_SECOND = 2;
/** Answers that say who may not see the topic. */
const DENIALS = new Set([401, 403]);

export class PulledTopic {
  #ended = new AbortController();
  /** X-Timestamp of the newest picture: one that comes again is not news. */
  #newest = '';
  /** Whether the last request was answered. */
  #answered = false;
  /** @type {'none' | 'mjpeg' | 'snapshot'} */
  via = 'none';
  /** Why the node refuses the topic; empty if it does not. */
  refusal = '';

  /**
   * @param {string} topic
   * @param {import('./doors.js').PullDoors} doors
   * @param {() => object} wish the variant that is wanted now
   * @param {import('../picture-state.js').PictureState} picture told what comes
   * @param {(picture: import('../feed.js').Picture) => Promise<void>} show
   */
  constructor(topic, doors, wish, picture, show) {
    this.path = `/api/v1/topics/${topicPath(topic)}`;
    this.doors = doors;
    this.wish = wish;
    this.picture = picture;
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
          this.#take(headers, picture, 0, null);
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
        const ageMillis = Number(answer.headers.get('Age') ?? 0) * 1000;
        await this.#take(answer.headers, picture, ageMillis, answer.headers.get('X-Imagebus-State'));
      } catch {
        waitMillis = FAILED_MILLIS;
        this.#fail();
      }
      await pause(waitMillis, this.#ended.signal);
    }
  }

  /** Neither door passes: nobody knows whether the picture is still the present. */
  #fail() {
    if (!this.#ended.signal.aborted) {
      this.#answered = false;
      this.picture.disconnected();
      this.doors.turn();
    }
  }

  async #ask(door, signal) {
    const { fps, ...form } = this.wish();
    const rate = fps && door === 'stream.mjpeg' ? { fps } : {};
    const query = this.doors.plain ? rate : { ...form, ...rate };
    const ends = AbortSignal.any([this.#ended.signal, signal]);
    const answer = await this.doors.get(`${this.path}/${door}`, query, ends);
    if (answer.ok) {
      this.refusal = '';
      if (!this.#answered) {
        this.#answered = true;
        this.picture.announced();
      }
      return answer;
    }
    const { code, detail } = await answer.json().catch(() => ({}));
    if (code === 'unsupported-variant' && !this.doors.plain) {
      this.doors.plain = true;
      return this.#ask(door, signal);
    }
    if (code === 'unknown-topic') {
      this.picture.source('offline');
    }
    this.refusal = DENIALS.has(answer.status) ? (detail ?? `answered with ${answer.status}`) : '';
    throw new Error(code ?? `answered with ${answer.status}`);
  }

  /**
   * Shows a picture that is not the one shown before; the first of all may be old already. What is
   * the same while the node calls it live is what the camera sees now.
   *
   * @param {{get: (name: string) => ?string}} headers
   * @param {Uint8Array} bytes
   * @param {number} ageMillis
   * @param {?string} said the node's word on the topic: `live`, `stale`, `offline`
   */
  async #take(headers, bytes, ageMillis, said) {
    if (this.#ended.signal.aborted) {
      return;
    }
    const stamp = headers.get('x-timestamp') ?? '';
    if (stamp !== this.#newest) {
      const captureMicros = Math.round(Number(stamp) * 1e6);
      const age = this.#newest === '' ? Date.now() - captureMicros / 1000 : ageMillis;
      this.#newest = stamp;
      await this.show({
        number: null,
        captureMicros,
        parts: [bytes],
        contentType: headers.get('content-type') ?? 'image/jpeg',
        ageMillis: () => age,
        done: (drawn, nowMillis = performance.now()) => drawn && this.#shown(bytes, age, nowMillis),
      });
    } else if (said === 'live') {
      this.picture.unchanged(performance.now());
    }
    if (said === 'stale' || said === 'offline') {
      this.picture.source(said);
    }
  }

  #shown(bytes, ageMillis, nowMillis) {
    const checksum = `${bytes.length} ${crc32c(bytes)}`;
    this.picture.picture(checksum, Math.max(0, ageMillis), nowMillis);
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
