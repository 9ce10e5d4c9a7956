/**
 * The account of a topic as the ways that its pictures take, and the order of topics: the worst
 * first. Knows no page.
 *
 * @module ways
 */

export const INGEST = 'publisher-ingest';
export const LINK = 'node-node';
export const DISPLAY = 'delivery-display';

/** The label of the pictures as the camera sends them. */
export const SOURCE = 'source';

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
 * A row of hops that pictures of one variant take.
 *
 * @typedef {object} Way
 * @property {string} variant its label, {@link SOURCE} for what the camera sends
 * @property {Hop[]} hops
 */

/**
 * The ways of a topic's pictures. The first goes from the camera to the displays of the node that
 * takes it in, the others from a node to another node or to displays, the source before the variants
 * that are made of it.
 *
 * @param {{hops: object[], publishers: {node: string}[]}} topic
 * @returns {Way[]}
 */
export function waysOf(topic) {
  const of = (kind) => topic.hops.filter((line) => line.hop === kind);
  const shown = new Set(of(DISPLAY));
  const displayHops = (node, variant) => {
    const lines = [...shown].filter((line) => line.node === node && variantOf(line) === variant);
    return lines.map((line) => {
      shown.delete(line);
      return { key: keyOf(line), kind: DISPLAY, from: node, to: 'displays', line };
    });
  };
  const ways = [];
  for (const node of ingestNodes(topic)) {
    const lines = of(INGEST).filter((line) => line.node === node);
    for (const line of lines.length > 0 ? lines : [null]) {
      const key = line ? keyOf(line) : `${INGEST} ${node}`;
      const first = { key, kind: INGEST, from: 'camera', to: node, line };
      ways.push({ variant: SOURCE, hops: [first, ...displayHops(node, SOURCE)] });
    }
  }
  const onward = [];
  for (const line of of(LINK)) {
    const variant = variantOf(line);
    const first = { key: keyOf(line), kind: LINK, from: line.peer, to: line.node, line };
    onward.push({ variant, hops: [first, ...displayHops(line.node, variant)] });
  }
  for (const line of [...shown]) {
    const variant = variantOf(line);
    onward.push({ variant, hops: displayHops(line.node, variant) });
  }
  return [...ways, ...onward.sort(bySourceAndVariant)];
}

/**
 * Whether anything was counted on a way in a window: a variant that nobody asked for any more was
 * not.
 *
 * @param {Way} way
 * @param {'1m'|'15m'|'start'} window
 */
export function isInUse({ variant, hops }, window) {
  return variant === SOURCE || hops.some(({ line }) => line.unverifiedSince || figuresOf(line, window).expected > 0);
}

function variantOf(line) {
  return line.variant ?? SOURCE;
}

function bySourceAndVariant(a, b) {
  return Number(b.variant === SOURCE) - Number(a.variant === SOURCE) || BY_NAME.compare(a.variant, b.variant);
}

/** Nodes that take the topic in, or from which it comes as it is. */
function ingestNodes({ hops, publishers }) {
  const nodes = publishers.map((each) => each.node);
  for (const line of hops) {
    if (line.hop === INGEST) {
      nodes.push(line.node);
    } else if (line.hop === LINK && variantOf(line) === SOURCE) {
      nodes.push(line.peer);
    }
  }
  return [...new Set(nodes)];
}

/** What tells a line from all others of its topic. */
export function keyOf(line) {
  return `${line.hop} ${line.node} ${line.peer} ${variantOf(line)}`;
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
