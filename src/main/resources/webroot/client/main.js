/**
 * The client of imagebus: live pictures in any page, without a dependency.
 *
 * @module imagebus
 */

import { Bus } from './bus.js';
import { Tile } from './element.js';

/** The element's class; it is registered as `imagebus-tile` where there are elements. */
export const ImagebusTile = Tile;

/**
 * Connects to a cluster, and again to any of its nodes whenever the connection is gone.
 *
 * @param {string | URL | (string | URL)[]} urls one or more of its nodes, such as
 *   `http://node1:8080`; the others are learnt from them
 * @param {{token?: string}} [options] `token` is sent with each request as `access_token`
 * @returns {Bus}
 */
export function connect(urls, options = {}) {
  return new Bus([urls].flat(), options);
}

if (globalThis.customElements && !customElements.get('imagebus-tile')) {
  customElements.define('imagebus-tile', ImagebusTile);
}
