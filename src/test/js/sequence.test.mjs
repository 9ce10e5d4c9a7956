// The cases that every implementation of sequence-gap tracking has to pass.
// Run with: node --test src/test/js

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SequenceCounts, SequenceTracker } from '../../main/resources/webroot/sequence.js';

const LIMITS = {
  reorderWindow: 8,
  settleMillis: 100,
  history: 64,
  maxJump: 1000,
  silenceMillis: 3000,
  retiredStreams: 8,
};

const CASES = new URL('../resources/sequence-cases.txt', import.meta.url);

/** Unsigned 64 bits, with 2^n+m and 2^n-m written out. */
function number(text) {
  const power = /^2\^(\d+)(?:([+-])(\d+))?$/.exec(text);
  if (!power) {
    return BigInt(text);
  }
  const offset = BigInt(power[3] ?? 0);
  return BigInt.asUintN(64, 2n ** BigInt(power[1]) + (power[2] === '-' ? -offset : offset));
}

const epoch = (letter) => BigInt(letter.charCodeAt(0));

/** One input of a case: its head, its marks such as k=3 or bad-payload, its time. */
function inputs(text) {
  return [...text.matchAll(/(\S[^@]*?)@(\d+)/g)].map(([, item, millis]) => {
    const [head, ...marks] = item.trim().split(/\s+/);
    return { head, marks, now: Number(millis) };
  });
}

/** The members of HB(A,next=4,k=2,EOS). */
function members(text) {
  const [who, ...rest] = text.split(',');
  const values = Object.fromEntries(rest.map((part) => part.split('=')));
  return { who: epoch(who), values, total: Number(values.k ?? 0), end: 'EOS' in values };
}

function chunks(tracker, { head, marks, now }) {
  if (marks.includes('bad-header')) {
    tracker.unattributable();
    return;
  }
  const total = marks.find((mark) => mark.startsWith('k='));
  const [from, to = from] = head.slice(1).split('..').map(number);
  for (let n = from; ; n = BigInt.asUintN(64, n + 1n)) {
    const k = total === undefined ? null : Number(total.slice(2));
    tracker.chunk(epoch(head[0]), n, !marks.includes('bad-payload'), k, now);
    if (n === to) {
      return;
    }
  }
}

function feed(tracker, input) {
  const { head, now } = input;
  const call = /^(HB|announce|turn)\((.*)\)$/.exec(head);
  if (head === 'tick') {
    tracker.tick(now);
  } else if (head === 'unsub') {
    tracker.unsubscribe();
  } else if (call?.[1] === 'HB') {
    const { who, values, total, end } = members(call[2]);
    tracker.heartbeat(who, number(values.next), total, end, now);
  } else if (call) {
    const { who, values, total } = members(call[2]);
    const begin = call[1] === 'turn' ? tracker.turnTo : tracker.announce;
    begin.call(tracker, who, number(values.first), total, now);
  } else {
    chunks(tracker, input);
  }
}

function assertIdentity(counts) {
  const { expected, received, lost, corrupt, skipped, pending } = counts;
  assert.equal(expected, received + lost + corrupt + skipped + pending, 'identity');
}

function assertExpected(tracker, text) {
  const want = Object.assign(new SequenceCounts(), { epochs: 1 });
  for (const part of text.split(',')) {
    const [name, value] = part.trim().split(' ');
    if (name === 'state') {
      assert.equal(tracker.state, value, 'state');
    } else {
      assert.ok(name in want, `counter ${name}`);
      want[name] = Number(value);
    }
  }
  assert.deepEqual({ ...tracker.counts }, { ...want });
}

const lines = readFileSync(CASES, 'utf8')
  .split('\n')
  .filter((line) => line.trim() && !line.startsWith('#'));

test('the file has the cases', () => assert.ok(lines.length >= 42));

for (const line of lines) {
  const [id, name, input, expected, reliability] = line.split('|').map((field) => field.trim());
  test(`${id} ${name}`, () => {
    const tracker = new SequenceTracker(LIMITS);
    for (const item of inputs(input)) {
      feed(tracker, item);
      assertIdentity(tracker.counts);
    }
    assertExpected(tracker, expected);
    const value = tracker.counts.reliability();
    assert.equal(value === null ? '-' : String(Number(value.toPrecision(4))), reliability);
  });
}
