/**
 * The account of a topic as the ways that its pictures take, and the order of topics: the worst
 * first. Knows no page.
 *
 * @module ways
 */

export const INGEST = 'publisher-ingest';
export const LINK = 'node-node';
export const DISPLAY = 'delivery-display';

/**
 * A hop in words and figures.
 *
 * @typedef {object} Hop
 * @property {string} key the same hop in each answer
 * @property {string} kind
 * @property {string} from
 * @property {string} to
 * @property {object|null} line the account's, null where nobody counts
 */

/**
 * The ways of a topic's pictures: each a row of hops. The first goes from the camera to the displays
 * of the node that takes it in, the others from there to another node and its displays.
 *
 * @param {{hops: object[], publishers: {node: string}[]}} topic
 * @returns {Hop[][]}
 */
export function waysOf(topic) {
  const of = (kind) => topic.hops.filter((line) => line.hop === kind);
  const shown = of(DISPLAY);
  const used = new Set();
  const displayHop = (node) =>
    shown.filter((line) => line.node === node).map((line) => {
      used.add(line);
      return { key: keyOf(line), kind: DISPLAY, from: node, to: 'displays', line };
    });
  const linkHop = (line) => ({ key: keyOf(line), kind: LINK, from: line.peer, to: line.node, line });
  const ways = [];
  for (const node of ingestNodes(topic)) {
    const lines = of(INGEST).filter((line) => line.node === node);
    const taken = lines.length > 0 ? lines : [null];
    taken.forEach((line, index) => {
      const key = line ? keyOf(line) : `${INGEST} ${node}`;
      const first = { key, kind: INGEST, from: 'camera', to: node, line };
      ways.push(index === 0 ? [first, ...displayHop(node)] : [first]);
    });
    for (const line of of(LINK).filter((each) => each.peer === node)) {
      ways.push([linkHop(line), ...displayHop(line.node)]);
    }
  }
  for (const line of shown.filter((each) => !used.has(each))) {
    ways.push(displayHop(line.node));
  }
  return ways.filter((way) => way.length > 0);
}

/** Nodes that take the topic in, or from which it comes. */
function ingestNodes({ hops, publishers }) {
  const nodes = publishers.map((each) => each.node);
  for (const line of hops) {
    if (line.hop === INGEST) {
      nodes.push(line.node);
    } else if (line.hop === LINK) {
      nodes.push(line.peer);
    }
  }
  return [...new Set(nodes)];
}

/** What tells a line from all others of its topic. */
export function keyOf(line) {
  return `${line.hop} ${line.node} ${line.peer}`;
}

/**
 * The figures of a line in a window.
 *
 * @param {object} line
 * @param {'1m'|'15m'|'start'} window
 */
export function figuresOf(line, window) {
  return window === 'start' ? line : (line.windows?.[window] ?? line);
}

/**
 * How bad a topic is: compare with {@link worseFirst}.
 *
 * @param {{topic: string, hops: object[]}} topic
 * @param {'1m'|'15m'|'start'} window
 * @param {Set<string>} alarmed names of topics with an alarm
 */
export function badnessOf(topic, window, alarmed) {
  let share = 0;
  let failed = 0;
  let skipped = 0;
  for (const line of topic.hops) {
    const figures = figuresOf(line, window);
    const bad = figures.lost + figures.corrupt;
    share = Math.max(share, bad / Math.max(1, bad + figures.received));
    failed += bad;
    skipped += figures.skipped;
  }
  const unverified = topic.hops.some((line) => line.unverifiedSince) ? 1 : 0;
  const alarm = alarmed.has(topic.topic) ? 1 : 0;
  return { name: topic.topic, rank: [alarm, share, failed, unverified, skipped] };
}

/** Keeps hall-2 before hall-10. */
const BY_NAME = new Intl.Collator('en', { numeric: true });

/** Orders by badness, equals by name. */
export function worseFirst(a, b) {
  for (let i = 0; i < a.rank.length; i++) {
    if (a.rank[i] !== b.rank[i]) {
      return b.rank[i] - a.rank[i];
    }
  }
  return BY_NAME.compare(a.name, b.name);
}

/**
 * Whether a topic is wanted: its name contains the text or, if there is a wildcard in the text,
 * matches it as a topic filter.
 *
 * @param {string} name
 * @param {string} text as typed
 */
export function isWanted(name, text) {
  const wanted = text.trim();
  if (!/[+#]/.test(wanted)) {
    return name.toLowerCase().includes(wanted.toLowerCase());
  }
  const want = wanted.split('/');
  const have = name.split('/');
  for (let i = 0; i < want.length; i++) {
    if (want[i] === '#') {
      return true;
    }
    if (i >= have.length || (want[i] !== '+' && want[i] !== have[i])) {
      return false;
    }
  }
  return want.length === have.length;
}
