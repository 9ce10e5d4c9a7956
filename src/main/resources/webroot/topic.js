/**
 * The page of one camera: its picture, its last minutes, and where else it can be had.
 *
 * @module topic
 */

import { Bus } from './client/bus.js';
import { View } from './client/view.js';
import { startDeadline } from './deadline.js';
import { element, setText } from './elements.js';
import { count, duration } from './figures.js';
import { Tile } from './tile.js';
import { TrendChart } from './trend-chart.js';

const TICK_MILLIS = 100;
const SAMPLE_MILLIS = 1000;

const byId = (id) => document.getElementById(id);

/**
 * The addresses at which a topic can be had.
 *
 * @param {URL} base of the node
 * @param {string} topic
 * @returns {[string, string][]} what it is, and where
 */
function doorsOf(base, topic) {
  const path = topic.split('/').map(encodeURIComponent).join('/');
  const socket = new URL(`ws/subscribe/${path}`, base);
  socket.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
  return [
    ['MJPEG, for <img> and players', new URL(`api/v1/topics/${path}/stream.mjpeg`, base).href],
    ['Newest picture', new URL(`api/v1/topics/${path}/snapshot.jpg`, base).href],
    ['WebSocket, a picture a message', socket.href],
    ['This page', new URL(`topic/${path}`, base).href],
  ];
}

function kilobytes(bytes) {
  return `${count(bytes / 1000)} kB`;
}

class CameraPage {
  #latency = new TrendChart('Capture to screen', duration, { least: 1000 });
  #rate = new TrendChart('Pictures a second', (value) => value.toFixed(value < 10 ? 1 : 0), { least: 1 });
  #size = new TrendChart('Size of a picture', kilobytes, { least: 1000 });
  #gaps = new TrendChart('Lost, damaged or skipped', count, { least: 4, bars: true });
  #before = { received: 0, bytes: 0, gaps: 0 };

  /** @param {string} topic */
  constructor(topic) {
    this.topic = topic;
    this.base = new URL('./', import.meta.url);
    this.tile = new Tile(topic);
    const bus = new Bus([this.base], {}, {
      onState: (state) => this.#onState(state),
      onControl: ({ type, node }) => type === 'welcome' && setText(byId('node'), `node ${node}`),
    });
    this.view = new View(bus, topic, this.tile.frame, { onFrame: (frame) => this.tile.show(frame) });
  }

  start() {
    document.title = `${this.topic} · imagebus`;
    byId('account').href = `reliability?topics=${encodeURIComponent(this.topic)}`;
    byId('picture').append(this.tile.element);
    byId('trends').append(...[this.#latency, this.#rate, this.#size, this.#gaps].map((chart) => chart.element));
    byId('doors').append(...doorsOf(this.base, this.topic).map(([name, address]) => this.#door(name, address)));
    this.deadline = startDeadline(byId('dead'));
    setInterval(() => this.#tick(), TICK_MILLIS);
    setInterval(() => this.#sample(), SAMPLE_MILLIS);
  }

  #door(name, address) {
    const button = element('button', '', 'Copy');
    button.type = 'button';
    button.setAttribute('aria-label', `Copy the address: ${name}`);
    button.addEventListener('click', () => this.#copy(name, address));
    return element('li', '', element('span', '', name), element('code', '', address), button);
  }

  async #copy(name, address) {
    try {
      await navigator.clipboard.writeText(address);
      setText(byId('copied'), `copied: ${name}`);
    } catch {
      // Browsers give the clipboard to pages of https and localhost only.
      setText(byId('copied'), 'this browser does not let the page copy; select the address');
    }
  }

  #onState(state) {
    setText(byId('connection'), state.toLowerCase());
    byId('connection').dataset.connection = state;
  }

  #tick() {
    this.deadline.currentTime = 0;
    this.tile.render(this.view.status);
  }

  /** One value a second; none for what cannot be known without a picture. */
  #sample() {
    const { state, received, bytes, lost, corrupt, skipped, latencyMicros } = this.view.status;
    const gaps = lost + corrupt + skipped;
    const pictures = received - this.#before.received;
    this.#latency.add(pictures > 0 && latencyMicros !== null ? Math.max(0, latencyMicros) : null);
    this.#rate.add(state === 'HIDDEN' ? null : pictures);
    this.#size.add(pictures > 0 ? (bytes - this.#before.bytes) / pictures : null);
    this.#gaps.add(gaps - this.#before.gaps);
    this.#before = { received, bytes, gaps };
  }
}

const topic = new URL(window.location.href).searchParams.get('name');
if (topic) {
  new CameraPage(topic).start();
} else {
  window.location.replace('./');
}
