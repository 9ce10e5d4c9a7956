/**
 * The doors beside the socket: what the pulled topics of a page share.
 *
 * @module doors
 */

import { isPattern } from './filter.js';
import { PulledTopic } from './pull.js';

/** A node that does not answer in this time is not asked any more. */
const PATIENCE_MILLIS = 3000;
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
  #topics = [];
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
  async #learnTopics(nowMillis) {
    if (nowMillis - this.#topicsMillis < TOPICS_MILLIS) {
      return;
    }
    this.#topicsMillis = nowMillis;
    try {
      const answer = await this.get('/api/v1/topics', {}, AbortSignal.timeout(PATIENCE_MILLIS));
      this.#topics = (await answer.json()).topics.map(({ topic }) => topic);
    } catch {
      this.turn();
    }
  }

  /**
   * Begins to pull what a subscription wants, where that is not pulled yet.
   *
   * @param {import('./subscription.js').Subscription} subscription
   * @param {(topic: string) => import('./channel.js').Channel} channelOf
   * @param {number} nowMillis
   */
  pull(subscription, channelOf, nowMillis) {
    if (isPattern(subscription.filter)) {
      this.#learnTopics(nowMillis);
    }
    for (const topic of this.#topicsOf(subscription)) {
      const channel = channelOf(topic);
      if (!channel.pull) {
        const wish = () => subscription.wish(false);
        channel.pull = new PulledTopic(topic, this, wish, channel.picture, (each) => channel.show(each));
        channel.pull.start();
      }
    }
  }

  #topicsOf(subscription) {
    return isPattern(subscription.filter)
      ? this.#topics.filter((topic) => subscription.matches(topic))
      : [subscription.filter];
  }
}
