/**
 * A topic on the page: its ways as rows of hops, and its last quarter of an hour.
 *
 * @module topic-card
 */

import { element, setText } from './elements.js';
import { claim, count, duration } from './figures.js';
import { HistoryChart, onGrid } from './history-chart.js';
import { figuresOf, isInUse, SOURCE, waysOf } from './ways.js';

export class TopicCard {
  /** @type {Map<string, {button: HTMLElement, hop: object}>} by the key of the hop */
  #hops = new Map();
  #shape = '';
  #chart;

  /**
   * @param {string} topic
   * @param {(card: TopicCard, key: string) => void} onOpen a hop with a line was chosen
   */
  constructor(topic, onOpen) {
    this.topic = topic;
    this.onOpen = onOpen;
    /** When its history was fetched, of performance.now(). */
    this.historyAt = -Infinity;
    this.element = document.getElementById('topic').content.firstElementChild.cloneNode(true);
    this.element.dataset.topic = topic;
    this.element.setAttribute('aria-label', topic);
    this.details = this.element.querySelector('.details');
    this.details.setAttribute('aria-label', `The hop in detail, ${topic}`);
    setText(this.element.querySelector('.name'), topic);
    this.#chart = new HistoryChart(this.element.querySelector('.chart'));
  }

  /**
   * Shows new figures.
   *
   * @param {object} topic of the answer
   * @param {'1m'|'15m'|'start'} window
   * @param {(node: string) => string} nameOf a node
   */
  update(topic, window, nameOf) {
    const ways = waysOf(topic).filter((way) => isInUse(way, window));
    const shape = JSON.stringify(ways.map(({ hops }) => hops.map((hop) => [hop.key, nameOf(hop.from), nameOf(hop.to)])));
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#build(ways, nameOf);
    }
    let failed = 0;
    for (const hop of ways.flatMap(({ hops }) => hops)) {
      this.#show(hop, window);
      if (hop.line) {
        const figures = figuresOf(hop.line, window);
        failed += figures.lost + figures.corrupt;
      }
    }
    this.element.dataset.failed = String(failed);
    setText(this.element.querySelector('.verdict'), failed > 0 ? `${count(failed)} lost or damaged` : 'nothing lost');
  }

  #build(ways, nameOf) {
    const open = this.openKey;
    this.#hops.clear();
    const hasVariants = ways.some(({ variant }) => variant !== SOURCE);
    const rows = ways.map(({ variant, hops }) => {
      const row = element('ol', 'way', element('li', 'station', nameOf(hops[0].from)));
      row.dataset.variant = variant;
      if (hasVariants) {
        row.prepend(element('li', 'variant', variant));
      }
      for (const hop of hops) {
        row.append(element('li', 'hop', this.#button(hop, nameOf)), element('li', 'station', nameOf(hop.to)));
      }
      return row;
    });
    this.element.querySelector('.ways').replaceChildren(...rows);
    this.mark(open);
  }

  #button(hop, nameOf) {
    const button = element(
      'button',
      '',
      element('b', 'claim'),
      element('span', 'failures'),
      element('span', 'skips'),
      element('span', 'age'),
    );
    button.type = 'button';
    button.dataset.hop = hop.kind;
    button.dataset.key = hop.key;
    button.setAttribute('aria-expanded', 'false');
    button.dataset.names = `${nameOf(hop.from)} to ${nameOf(hop.to)}`;
    button.addEventListener('click', () => this.onOpen(this, hop.key));
    this.#hops.set(hop.key, { button, hop });
    return button;
  }

  #show(hop, window) {
    const { button } = this.#hops.get(hop.key);
    const part = (name) => button.querySelector(`.${name}`);
    button.disabled = hop.line === null;
    if (hop.line === null) {
      setText(part('claim'), 'not counted');
      setText(part('failures'), 'this publisher numbers nothing');
      button.dataset.level = 'none';
      return;
    }
    const figures = figuresOf(hop.line, window);
    const failed = figures.lost + figures.corrupt;
    const doubt = hop.line.unverifiedSince;
    button.dataset.level = failed > 0 ? 'bad' : doubt || figures.skipped > 0 ? 'fair' : 'good';
    button.dataset.lost = String(figures.lost);
    button.dataset.corrupt = String(figures.corrupt);
    setText(part('claim'), claim(figures.reliability));
    setText(part('failures'), failuresText(figures));
    setText(part('skips'), `${count(figures.skipped)} left out`);
    setText(part('age'), doubt ? 'silent: unverified' : ageText(hop.line.ageMicros));
    button.setAttribute(
      'aria-label',
      `${button.dataset.names}: ${[...button.children].map((child) => child.textContent).filter(Boolean).join(', ')}`,
    );
  }

  /** The line of a hop, as last shown; the hop has to be one of the topic's. */
  hasHop(key) {
    return this.#hops.has(key);
  }

  /** Marks the hop whose details are open. */
  mark(key) {
    this.openKey = key;
    for (const [each, { button }] of this.#hops) {
      button.setAttribute('aria-expanded', String(each === key));
    }
    this.details.hidden = key === undefined;
  }

  /**
   * Draws the last quarter of an hour.
   *
   * @param {object[]} lines with their histories
   * @param {number} nowMicros of the node that answered
   */
  showHistory(lines, nowMicros) {
    const grid = onGrid(lines.map((line) => line.history ?? []), nowMicros);
    this.#chart.show(grid);
    const sum = (numbers) => count(numbers.reduce((a, b) => a + b, 0));
    const failed = element('span', 'failed', `${sum(grid.failed)} lost or damaged`);
    const skipped = element('span', 'skipped', `${sum(grid.skipped)} left out`);
    this.element.querySelector('figcaption').replaceChildren('15 minutes: ', failed, skipped, element('span', 'came', 'what came'));
    this.element
      .querySelector('.chart')
      .setAttribute('aria-label', `Last 15 minutes: ${failed.textContent}, ${skipped.textContent}`);
  }
}

function failuresText({ lost, corrupt }) {
  return corrupt > 0 ? `${count(lost)} lost, ${count(corrupt)} damaged` : `${count(lost)} lost`;
}

function ageText(age) {
  if (!age) {
    return '';
  }
  return age.clock === 'ok' ? `${duration(age.p95)} old` : 'age unknown';
}
