/**
 * Whether the picture on the screen may be taken for the present, from facts of its source. Knows
 * neither page nor clock: each fact comes with its time.
 *
 * @module picture-state
 */

import { STALE_MILLIS } from './age.js';

/**
 * - `CONNECTING`: no picture yet, or none since the tile was shown again
 * - `LIVE`: the picture is new
 * - `STALE`: no new one came for too long, or there is no connection
 * - `FROZEN`: pictures come, and have been the same for too long: to the bit, or to the node's eye
 * - `OFFLINE`: nobody publishes
 * - `DENIED`: the node refuses the subscription; a {@link PictureState} does not know that
 * - `HIDDEN`: not asked for, as nobody would see it
 *
 * @typedef {'CONNECTING' | 'LIVE' | 'STALE' | 'FROZEN' | 'OFFLINE' | 'DENIED' | 'HIDDEN'} TileState
 */

/** All states, the good one first. @type {TileState[]} */
export const TILE_STATES = ['LIVE', 'CONNECTING', 'STALE', 'FROZEN', 'OFFLINE', 'DENIED', 'HIDDEN'];

export const FROZEN_MILLIS = 10_000;
const STALE_INTERVALS = 3;
const KEPT_INTERVALS = 5;

export class PictureState {
  /** The time from which the newest picture counts as seen. @type {?number} */
  #newMillis = null;
  /** When the last picture came, whatever its age, or was left out as it would have shown the same.
   *  @type {?number} */
  #cameMillis = null;
  /** The last times between pictures. @type {number[]} */
  #intervals = [];
  #checksum = '';
  #sameSinceMillis = 0;
  #connected = false;
  /** When the node took the subscription of which nothing came yet. @type {?number} */
  #askedMillis = null;
  /** Whether a stream was announced since it was asked for. */
  #announced = false;
  #ended = false;
  #resting = false;
  /** Whether no picture came since the last rest. */
  #returning = false;
  /** @type {?('live' | 'stale' | 'offline')} the node's last word since the newest picture */
  #source = null;

  /** @param {number} [frozenMillis] how long pictures may be the same */
  constructor(frozenMillis = FROZEN_MILLIS) {
    this.frozenMillis = frozenMillis;
  }

  /**
   * A picture is on the screen.
   *
   * @param {string} checksum of its bytes
   * @param {number} waitedMillis how long it had been waiting for somebody to ask for it
   * @param {number} nowMillis
   */
  picture(checksum, waitedMillis, nowMillis) {
    if (this.#cameMillis !== null && this.#askedMillis === null) {
      this.#intervals = [...this.#intervals.slice(1 - KEPT_INTERVALS), nowMillis - this.#cameMillis];
    }
    if (checksum !== this.#checksum) {
      this.#checksum = checksum;
      this.#sameSinceMillis = nowMillis;
    }
    this.#cameMillis = nowMillis;
    this.#newMillis = nowMillis - waitedMillis;
    this.#askedMillis = null;
    this.#returning = false;
    this.#source = null;
  }

  /** The node has taken the subscription; nothing of it came yet. */
  asked(nowMillis) {
    this.#askedMillis = nowMillis;
    this.#announced = false;
    this.#checksum = '';
    this.#resting = false;
  }

  /** The node begins with the picture that is on the screen already. */
  again(nowMillis) {
    if (this.#askedMillis !== null) {
      this.#askedMillis = null;
      this.#returning = false;
      this.#cameMillis = nowMillis;
      this.#sameSinceMillis = nowMillis;
    }
  }

  /** A picture was left out because it shows what is on the screen: that is still the present. */
  unchanged(nowMillis) {
    if (this.#newMillis !== null) {
      this.#cameMillis = nowMillis;
      this.#newMillis = nowMillis;
      this.#source = null;
    }
  }

  /** A stream was announced, on a connection that stands. */
  announced() {
    this.#connected = true;
    this.#announced = true;
    this.#ended = false;
    this.#source = null;
    this.#resting = false;
  }

  /** @param {'live' | 'stale' | 'offline'} state what the node says of the source */
  source(state) {
    this.#source = state;
  }

  /** Nothing more comes of the stream. */
  ended() {
    this.#ended = true;
  }

  disconnected() {
    this.#connected = false;
    this.#checksum = '';
    this.#resting = false;
  }

  /** Nobody would see the picture, so it is not asked for. */
  rest() {
    this.#resting = true;
    this.#returning = true;
    this.#askedMillis = null;
  }

  /** How long there may be no new picture: three of the usual intervals, but at least 3 s. */
  get staleMillis() {
    const sorted = [...this.#intervals].sort((a, b) => a - b);
    const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return Math.max(STALE_MILLIS, STALE_INTERVALS * usual);
  }

  /**
   * @param {number} nowMillis
   * @returns {TileState}
   */
  at(nowMillis) {
    if (this.#resting) {
      return 'HIDDEN';
    }
    if (this.#isOffline(nowMillis)) {
      return 'OFFLINE';
    }
    if (this.#newMillis === null || (this.#returning && this.#isJustAsked(nowMillis))) {
      return 'CONNECTING';
    }
    if (!this.#connected || this.#source === 'stale' || nowMillis - this.#newMillis > this.staleMillis) {
      return 'STALE';
    }
    return this.#isFrozen() ? 'FROZEN' : 'LIVE';
  }

  #isOffline(nowMillis) {
    const unheardOf = this.#askedMillis !== null && !this.#announced;
    return (
      this.#ended || this.#source === 'offline' || (unheardOf && nowMillis - this.#askedMillis > STALE_MILLIS)
    );
  }

  #isJustAsked(nowMillis) {
    return this.#askedMillis !== null && nowMillis - this.#askedMillis <= STALE_MILLIS;
  }

  /** Judged by the last picture that came: one that is late is no proof of anything. */
  #isFrozen() {
    return this.#cameMillis - this.#sameSinceMillis >= this.frozenMillis;
  }
}
