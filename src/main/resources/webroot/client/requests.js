/**
 * What a page has asked its node for: each of its subscriptions has an id on the connection, and may
 * be taken or refused.
 *
 * @module requests
 */

/** What was refused is asked for again. */
const RETRY_MILLIS = 10_000;
/** Errors that take back a subscription that the node had taken. */
const WITHDRAWALS = new Set(['forbidden', 'unauthorized', 'denied']);

/** @typedef {import('./subscription.js').Subscription} Subscription */

export class Requests {
  /** @type {Set<Subscription>} */
  #all = new Set();
  /** @type {Map<number, Subscription>} */
  #byId = new Map();
  #send;
  #lastId = 0;
  /** Whether the connected node has pictures only as they were published. */
  #plain = false;

  /** @param {(message: object) => void} send */
  constructor(send) {
    this.#send = send;
  }

  /** @returns {Subscription[]} */
  get all() {
    return [...this.#all];
  }

  /** Those that somebody looks at. */
  get active() {
    return this.all.filter(({ paused }) => !paused);
  }

  /** @returns {number} an id that nothing else has on any connection */
  nextId() {
    return ++this.#lastId;
  }

  add(subscription) {
    this.#all.add(subscription);
  }

  remove(subscription) {
    this.#all.delete(subscription);
  }

  /** @returns {?Subscription} */
  byId(id) {
    return this.#byId.get(id) ?? null;
  }

  /** Another connection, maybe to a node that can do more or less than the last. */
  begin() {
    this.#plain = false;
  }

  /** The connection is gone, and with it all that was asked for on it. */
  forget() {
    this.#byId.clear();
    this.#all.forEach((subscription) => subscription.forget());
  }

  ask(subscription) {
    const variant = subscription.wish(this.#plain);
    this.#byId.delete(subscription.id);
    subscription.id = this.nextId();
    subscription.confirmed = false;
    subscription.asked = JSON.stringify(variant);
    this.#byId.set(subscription.id, subscription);
    this.#send({
      type: 'subscribe',
      id: subscription.id,
      topic: subscription.filter,
      start: 'last',
      ...(subscription.asked !== '{}' && { variant }),
    });
  }

  /** Another variant is wanted; what the node has not answered yet is changed when it has. */
  change(subscription) {
    const variant = subscription.wish(this.#plain);
    const wish = JSON.stringify(variant);
    if (subscription.confirmed && wish !== subscription.asked) {
      subscription.asked = wish;
      const { id } = subscription;
      this.#send({ type: 'update', id, variant: wish === '{}' ? 'source' : variant });
    }
  }

  /** Nothing more is wanted. */
  cancel(subscription) {
    const { id } = subscription;
    this.#byId.delete(id);
    subscription.forget();
    if (id > 0) {
      this.#send({ type: 'unsubscribe', id });
    }
  }

  /** The node has taken it, as it was asked for; what was changed meanwhile is asked for now. */
  confirm(subscription) {
    subscription.confirm();
    this.change(subscription);
  }

  /**
   * Takes an error of a subscription.
   *
   * @param {Subscription} subscription
   * @param {{code: string, message: string}} error
   * @param {number} nowMillis
   * @returns {boolean} whether nothing more comes of it
   */
  fail(subscription, error, nowMillis) {
    if (error.code === 'unsupported-variant' && this.#askPlainer(subscription)) {
      return false;
    }
    if (subscription.confirmed && !WITHDRAWALS.has(error.code)) {
      subscription.fail(error);
      return false;
    }
    this.#byId.delete(subscription.id);
    subscription.refuse(error, nowMillis);
    return true;
  }

  /** A node that makes no other sizes is asked for pictures as they are. */
  #askPlainer(subscription) {
    this.#plain = true;
    if (subscription.asked === JSON.stringify(subscription.wish(true))) {
      return false;
    }
    if (subscription.confirmed) {
      this.change(subscription);
    } else {
      this.ask(subscription);
    }
    return true;
  }

  /** Those whose refusal is old enough to ask again. */
  refusedBefore(nowMillis) {
    return this.active.filter(
      ({ id, refusal, refusedMillis }) => id === 0 && refusal && nowMillis - refusedMillis > RETRY_MILLIS,
    );
  }
}
