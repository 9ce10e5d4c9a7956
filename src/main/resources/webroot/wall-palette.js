/**
 * The cameras beside the editor's grid: those of the cluster, found by a part of their name, and
 * the filter that was typed.
 *
 * @module wall-palette
 */

import { element, setText } from './elements.js';
import { isWanted } from './ways.js';

const REFRESH_MILLIS = 10_000;
const ANSWER_MILLIS = 5_000;
const MOST = 100;
/** A pointer that moves less has clicked. */
const CLICK_PIXELS = 6;

const BY_NAME = new Intl.Collator('en', { numeric: true });

export class WallPalette {
  /** @type {{topic: string, state: string}[]} */
  #topics = [];
  #timer = 0;
  /** What a pointer has gone down on: the topic, where, and whether it is carried. */
  #held = null;
  #wasDropped = false;

  /**
   * @param {{find: HTMLFormElement, filter: HTMLInputElement, list: HTMLElement, rest: HTMLElement, names: HTMLElement}} parts
   * @param {import('./wall-board.js').WallBoard} board
   */
  constructor(parts, board) {
    this.parts = parts;
    this.board = board;
    parts.filter.addEventListener('input', () => this.#render());
    parts.find.addEventListener('submit', (event) => {
      event.preventDefault();
      const typed = parts.filter.value.trim();
      if (typed) {
        board.add(typed);
      }
    });
    document.addEventListener('visibilitychange', () => this.refresh());
  }

  /** Asks for the topics now, and from then on while the page is seen. */
  async refresh() {
    clearTimeout(this.#timer);
    if (document.hidden) {
      return;
    }
    try {
      const signal = AbortSignal.timeout(ANSWER_MILLIS);
      const answer = await fetch('api/v1/topics', { cache: 'no-store', signal });
      const { topics } = await answer.json();
      this.#topics = topics.sort((one, other) => BY_NAME.compare(one.topic, other.topic));
      this.#render();
    } catch {
      // The cameras known stay; the next try may find the node again.
    }
    this.#timer = setTimeout(() => this.refresh(), REFRESH_MILLIS);
  }

  #render() {
    if (this.#held) {
      return;
    }
    const { filter, list, rest, names } = this.parts;
    const wanted = this.#topics.filter(({ topic }) => isWanted(topic, filter.value.trim()));
    const shown = wanted.slice(0, MOST);
    const had = document.activeElement?.dataset?.topic;
    list.replaceChildren(...shown.map((each) => this.#entry(each)));
    list.querySelector(`button[data-topic="${CSS.escape(had ?? '')}"]`)?.focus();
    names.replaceChildren(...this.#topics.slice(0, MOST).map(({ topic }) => new Option(topic, topic)));
    rest.hidden = shown.length > 0 && wanted.length === shown.length;
    setText(rest, shown.length > 0 ? `and ${wanted.length - shown.length} more` : 'no camera of that name; Enter adds what is typed');
  }

  #entry({ topic, state }) {
    const word = element('span', 'state', state);
    word.dataset.state = state;
    const button = element('button', '', element('bdi', '', topic), word);
    button.type = 'button';
    button.dataset.topic = topic;
    button.addEventListener('click', () => this.#click(topic));
    button.addEventListener('pointerdown', (event) => this.#take(topic, event));
    button.addEventListener('pointermove', (event) => this.#carry(event));
    button.addEventListener('pointerup', (event) => this.#drop(event));
    button.addEventListener('pointercancel', () => (this.#held = null));
    return element('li', '', button);
  }

  /** A finger scrolls the list, and adds with a tap. */
  #take(topic, event) {
    this.#held = null;
    if (event.button === 0 && event.pointerType !== 'touch') {
      this.#held = { topic, x: event.clientX, y: event.clientY, isCarried: false };
      event.target.closest('button').setPointerCapture(event.pointerId);
    }
  }

  #carry(event) {
    const held = this.#held;
    if (held && (held.isCarried || Math.hypot(event.clientX - held.x, event.clientY - held.y) > CLICK_PIXELS)) {
      held.isCarried = true;
      this.board.carry(event);
    }
  }

  #drop(event) {
    if (this.#held?.isCarried) {
      this.board.drop(this.#held.topic, event);
      // Some browsers call what follows a click, others do not.
      this.#wasDropped = true;
      setTimeout(() => (this.#wasDropped = false));
    }
    this.#held = null;
  }

  #click(topic) {
    if (!this.#wasDropped) {
      this.board.add(topic);
    }
  }
}
