/**
 * What is known of one hop: its counters, its last gaps, and the displays one by one.
 *
 * @module hop-details
 */

import { element, table } from './elements.js';
import { claim, clockTime, count, duration } from './figures.js';
import { DISPLAY } from './ways.js';

const MAX_DISPLAYS = 20;
const ALL_DISPLAYS = 'displays';

const COUNTERS = [
  ['expected', 'expected'],
  ['received', 'received'],
  ['lost', 'lost'],
  ['corrupt', 'damaged'],
  ['skipped', 'left out'],
  ['pending', 'still awaited'],
  ['duplicate', 'twice'],
  ['late', 'too late'],
  ['reordered', 'out of order'],
  ['stale', 'of a replaced stream'],
  ['unattributable', 'unreadable'],
  ['repaired', 'repaired'],
  ['unrepairable', 'not to be repaired'],
  ['unknownTails', 'unknown ends'],
];

/** Of these also a zero is told. */
const ALWAYS = new Set(['expected', 'received', 'lost', 'corrupt', 'skipped']);

/**
 * The details of a hop as elements.
 *
 * @param {object} line of the hop, with gaps
 * @param {object[]} lines of the same hop and node, among them those of single displays
 * @param {(node: string) => string} nameOf a node
 */
export function detailsOf(line, lines, nameOf) {
  const parts = [counters(line), gaps(line, nameOf)];
  if (line.hop === DISPLAY) {
    const single = lines.filter((each) => each.peer !== ALL_DISPLAYS && each.node === line.node && each.variant === line.variant);
    if (single.length > 0) {
      parts.push(displays(single));
    }
  }
  return parts;
}

function counters(line) {
  const list = element('dl', 'counters');
  const add = (name, value) => list.append(element('div', '', element('dt', '', name), element('dd', '', value)));
  for (const [key, name] of COUNTERS) {
    if (ALWAYS.has(key) || line[key] > 0) {
      add(name, count(line[key] ?? 0));
    }
  }
  for (const [reason, n] of Object.entries(line.skippedByReason ?? {})) {
    add(`left out: ${reason}`, count(n));
  }
  const frames = line.frames;
  if (frames && frames.good + frames.failed > 0) {
    add('whole frames', claim(frames.reliability));
  }
  if (line.jitterMicros !== undefined) {
    add('jitter', duration(line.jitterMicros));
  }
  if (line.ageMicros) {
    add('age of 50, 95, 99 %', ageText(line.ageMicros));
  }
  return list;
}

function ageText(age) {
  return age.clock === 'ok'
    ? [age.p50, age.p95, age.p99].map(duration).join(', ')
    : 'unknown: the clocks disagree';
}

function gaps(line, nameOf) {
  const all = line.gaps ?? [];
  if (all.length === 0) {
    return element('p', 'quiet', 'No gap is known on this hop.');
  }
  const rows = all.map((gap) => [
    clockTime(gap.openedAt),
    gap.from === gap.to ? `#${gap.from}` : `#${gap.from}–${gap.to}`,
    hopText(line, nameOf),
    outcome(gap),
    gap.cause,
    duration(gap.settledAt - gap.openedAt),
  ]);
  return table(
    `The last gaps, newest first`,
    ['Seen at', 'Numbers', 'Hop', 'Outcome', 'Cause', 'Settled after'],
    rows,
  );
}

function hopText(line, nameOf) {
  if (line.hop === DISPLAY) {
    return `${nameOf(line.node)} → displays`;
  }
  return line.hop === 'node-node' ? `${nameOf(line.peer)} → ${nameOf(line.node)}` : `camera → ${nameOf(line.node)}`;
}

function outcome(gap) {
  const size = gap.to - gap.from + 1;
  const partly = gap.healed > 0 && gap.outcome !== 'healed' ? `, ${gap.healed} of ${size} healed` : '';
  const mark = element('span', 'outcome', gap.outcome === 'healed' ? 'healed' : `${gap.outcome}, final${partly}`);
  mark.dataset.outcome = gap.outcome;
  return mark;
}

function displays(lines) {
  const failed = (line) => line.lost + line.corrupt;
  const worst = [...lines].sort((a, b) => failed(b) - failed(a) || b.skipped - a.skipped);
  const rows = worst
    .slice(0, MAX_DISPLAYS)
    .map((line) => [
      line.peer.slice(0, 8),
      claim(line.reliability),
      count(line.lost),
      count(line.corrupt),
      count(line.skipped),
      line.ageMicros?.clock === 'ok' ? duration(line.ageMicros.p95) : '–',
    ]);
  const caption =
    worst.length > MAX_DISPLAYS ? `The worst ${MAX_DISPLAYS} of ${worst.length} displays` : 'Displays';
  return table(caption, ['Session', 'Reliability', 'Lost', 'Damaged', 'Left out', 'Age (95 %)'], rows);
}
