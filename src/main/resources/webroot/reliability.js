/**
 * The reliability page: where pictures get lost, the worst topics first.
 *
 * @module reliability
 */

import { element, setText } from './elements.js';
import { clockTime } from './figures.js';
import { detailsOf } from './hop-details.js';
import { TopicCard } from './topic-card.js';
import { badnessOf, isWanted, keyOf, worseFirst } from './ways.js';

const POLL_MILLIS = 2_000;
/** With large answers the node shall do other things most of the time. */
const LEAST_REST = 4;
const ANSWER_MILLIS = 5_000;
const HISTORY_MILLIS = 15_000;
const CLUSTER_MILLIS = 15_000;
const GAPS = 32;
const MORE = 20;
const MAX_ALARMS = 12;
const NAME_LENGTH = 8;

const byId = (id) => document.getElementById(id);

/** Asks the node that served the page. */
async function ask(path, parameters = {}) {
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const answer = await fetch(`api/v1/${path}${query.length > 0 ? `?${query.join('&')}` : ''}`, {
    cache: 'no-store',
    signal: AbortSignal.timeout(ANSWER_MILLIS),
  });
  if (!answer.ok) {
    throw new Error(`the node answered ${answer.status}`);
  }
  return answer.json();
}

class ReliabilityPage {
  /** @type {Map<string, TopicCard>} of the topics that are on the page */
  #cards = new Map();
  #names = new Map();
  #namesAt = -Infinity;
  #answer = null;
  #answeredAt = 0;
  #order = [];
  #shown = MORE;
  #timer = 0;
  #isAsking = false;
  /** @type {{card: TopicCard, key: string}|null} */
  #open = null;

  start() {
    byId('filter').value = new URL(location.href).searchParams.get('topics') ?? '';
    byId('choice').addEventListener('submit', (event) => event.preventDefault());
    byId('filter').addEventListener('input', () => this.#choose());
    byId('window').addEventListener('change', () => this.#choose());
    byId('more').addEventListener('click', () => {
      this.#shown += MORE;
      this.#render();
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#open) {
        this.#close();
      }
    });
    document.addEventListener('visibilitychange', () => this.#schedule(0));
    setInterval(() => this.#tellAge(), 1_000);
    this.#schedule(0);
  }

  #schedule(millis) {
    clearTimeout(this.#timer);
    if (!document.hidden) {
      this.#timer = setTimeout(() => this.#poll(), millis);
    }
  }

  async #poll() {
    if (this.#isAsking) {
      return;
    }
    this.#isAsking = true;
    const startedAt = performance.now();
    try {
      await this.#askNames();
      this.#answer = await ask('reliability', { window: this.#window === 'start' ? '1m' : this.#window });
      this.#answeredAt = performance.now();
      this.#connection('CONNECTED', 'connected');
      this.#sort();
      this.#render();
      await this.#askGaps();
      await this.#askHistories();
    } catch (failure) {
      this.#connection('RECONNECTING', `no answer (${failure.name === 'TimeoutError' ? 'too slow' : failure.message})`);
    } finally {
      this.#isAsking = false;
      const took = performance.now() - startedAt;
      this.#schedule(Math.max(POLL_MILLIS - took, took * LEAST_REST));
    }
  }

  async #askNames() {
    if (performance.now() - this.#namesAt < CLUSTER_MILLIS) {
      return;
    }
    const { nodes } = await ask('cluster');
    this.#namesAt = performance.now();
    this.#names = new Map(nodes.filter((each) => each.url).map((each) => [each.node, new URL(each.url).host]));
  }

  #nameOf = (node) => {
    if (node === 'camera' || node === 'displays') {
      return node;
    }
    return this.#names.get(node) ?? (node.length > NAME_LENGTH + 4 ? `${node.slice(0, NAME_LENGTH)}…` : node);
  };

  get #window() {
    return byId('window').value;
  }

  #connection(state, text) {
    byId('connection').dataset.connection = state;
    document.body.dataset.connection = state;
    setText(byId('connection'), text);
    this.#tellAge();
  }

  /** Figures that are not of now say so. */
  #tellAge() {
    const seconds = Math.round((performance.now() - this.#answeredAt) / 1_000);
    const isOld = this.#answer && document.body.dataset.connection !== 'CONNECTED';
    const missing = this.#answer?.missing ?? [];
    let text = '';
    if (isOld) {
      text = `The node does not answer: these figures are ${seconds} s old.`;
    } else if (missing.length > 0) {
      text = `No answer from ${missing.map(this.#nameOf).join(', ')}: what only it counts is not on this page.`;
    }
    byId('missing').hidden = text === '';
    setText(byId('missing'), text);
  }

  #choose() {
    this.#shown = MORE;
    this.#close();
    this.#sort();
    this.#render();
    this.#schedule(0);
  }

  /** The worst first; topics keep their places while somebody works with one of them. */
  #sort() {
    if (!this.#answer) {
      return;
    }
    const alarmed = new Set(this.#answer.alarms.map((alarm) => alarm.topic));
    const wanted = this.#answer.topics.filter((topic) => isWanted(topic.topic, byId('filter').value));
    const sorted = wanted
      .map((topic) => badnessOf(topic, this.#window, alarmed))
      .sort(worseFirst)
      .map(({ name }) => name);
    if (this.#open || byId('topics').contains(document.activeElement)) {
      const before = new Set(this.#order);
      const now = new Set(sorted);
      this.#order = [...this.#order.filter((name) => now.has(name)), ...sorted.filter((name) => !before.has(name))];
    } else {
      this.#order = sorted;
    }
  }

  #render() {
    if (!this.#answer) {
      return;
    }
    setText(byId('node'), `node ${this.#nameOf(this.#answer.node)}`);
    this.#renderAlarms(this.#answer.alarms);
    const topics = new Map(this.#answer.topics.map((topic) => [topic.topic, topic]));
    const names = this.#order.slice(0, this.#shown);
    this.#arrange(names);
    for (const name of names) {
      this.#cards.get(name).update(topics.get(name), this.#window, this.#nameOf);
    }
    const rest = this.#order.length - names.length;
    byId('more').hidden = rest === 0;
    setText(byId('more'), `Show ${Math.min(MORE, rest)} more of ${rest}`);
    this.#summarise(names.length);
  }

  #arrange(names) {
    const wanted = new Set(names);
    for (const [name, card] of this.#cards) {
      if (!wanted.has(name)) {
        if (this.#open?.card === card) {
          this.#open = null;
        }
        card.element.remove();
        this.#cards.delete(name);
      }
    }
    const place = byId('topics');
    names.forEach((name, index) => {
      if (!this.#cards.has(name)) {
        this.#cards.set(name, new TopicCard(name, (card, key) => this.#toggle(card, key)));
      }
      const { element: card } = this.#cards.get(name);
      if (place.children[index] !== card) {
        place.insertBefore(card, place.children[index] ?? null);
      }
    });
  }

  #summarise(shown) {
    const all = this.#answer.topics.length;
    const some = this.#order.length;
    const counted = `${some} ${some === 1 ? 'topic' : 'topics'}`;
    const of = some === all ? counted : `${counted} of ${all}`;
    setText(byId('summary'), shown < some ? `${of}, the worst ${shown} shown` : `${of}, the worst first`);
    byId('empty').hidden = some > 0;
    setText(
      byId('empty'),
      all === 0 ? 'No topic yet: figures come with the first picture.' : 'No topic has this in its name.',
    );
  }

  #renderAlarms(alarms) {
    byId('alarms').hidden = alarms.length === 0;
    setText(byId('alarms-title'), `${alarms.length} ${alarms.length === 1 ? 'alarm' : 'alarms'}`);
    const key = JSON.stringify(alarms.slice(0, MAX_ALARMS).map(({ kind, topic, hop, node, since, message }) => [kind, topic, hop, node, since, message]));
    if (byId('alarm-list').dataset.key === key) {
      return;
    }
    byId('alarm-list').dataset.key = key;
    const items = alarms
      .slice(0, MAX_ALARMS)
      .map((alarm) => element('li', '', element('b', '', alarm.topic), ` ${alarm.message} `, element('span', 'quiet', `since ${clockTime(alarm.since)}`)));
    if (alarms.length > MAX_ALARMS) {
      items.push(element('li', 'quiet', `and ${alarms.length - MAX_ALARMS} more`));
    }
    byId('alarm-list').replaceChildren(...items);
  }

  #toggle(card, key) {
    const isOpen = this.#open?.card === card && this.#open.key === key;
    this.#close();
    if (!isOpen) {
      this.#open = { card, key };
      card.details.replaceChildren(element('p', 'quiet', 'asking the nodes'));
      card.mark(key);
      this.#askGaps().catch((failure) => this.#connection('RECONNECTING', `no answer (${failure.message})`));
    }
  }

  #close() {
    this.#open?.card.mark(undefined);
    this.#open = null;
  }

  async #askGaps() {
    const open = this.#open;
    if (!open) {
      return;
    }
    const [hop, node] = open.key.split(' ');
    const answer = await ask('reliability', { topic: open.card.topic, hop, node, gaps: GAPS, displays: true });
    if (this.#open !== open) {
      return;
    }
    const lines = answer.topics.flatMap((topic) => topic.hops);
    const line = lines.find((each) => keyOf(each) === open.key);
    open.card.details.replaceChildren(
      ...(line ? detailsOf(line, lines, this.#nameOf) : [element('p', 'quiet', 'Nothing is counted on this hop any more.')]),
    );
  }

  /** One after the other, so that a page of many topics never asks for all of them at once. */
  async #askHistories() {
    for (const card of [...this.#cards.values()]) {
      if (performance.now() - card.historyAt >= HISTORY_MILLIS && this.#cards.get(card.topic) === card) {
        const answer = await ask('reliability', { topic: card.topic, history: true, window: '1m' });
        card.historyAt = performance.now();
        const lines = answer.topics.flatMap((topic) => topic.hops);
        card.showHistory(lines, answer.at);
      }
    }
  }
}

new ReliabilityPage().start();
