import assert from 'node:assert/strict';
import { test } from 'node:test';

import { claim, duration, percent } from '../../main/resources/webroot/figures.js';
import { badnessOf, isInUse, isWanted, keyOf, waysOf, worseFirst } from '../../main/resources/webroot/ways.js';

const line = (hop, node, peer, lost = 0, received = 100) => ({
  variant: 'source',
  hop,
  node,
  peer,
  received,
  lost,
  corrupt: 0,
  skipped: 0,
});

test('ways: a topic that goes to two nodes has a way to each', () => {
  const topic = {
    publishers: [{ node: 'A' }],
    hops: [
      line('delivery-display', 'B', 'displays'),
      line('node-node', 'B', 'A'),
      line('publisher-ingest', 'A', 'publisher'),
      line('delivery-display', 'A', 'displays'),
    ],
  };
  const ways = waysOf(topic).map(({ hops }) => hops.map((hop) => `${hop.from}>${hop.to}`));
  assert.deepEqual(ways, [
    ['camera>A', 'A>displays'],
    ['A>B', 'B>displays'],
  ]);
});

test('ways: where the publisher numbers nothing the hop is there and has no line', () => {
  const [{ hops: way }] = waysOf({ publishers: [{ node: 'A' }], hops: [line('delivery-display', 'A', 'displays')] });
  assert.equal(way[0].line, null);
  assert.equal(way[1].line.hop, 'delivery-display');
});

test('ways: displays of a node that got the topic nobody knows how are not left out', () => {
  const ways = waysOf({ publishers: [], hops: [line('delivery-display', 'C', 'displays')] });
  assert.deepEqual(ways.map(({ hops }) => hops.map((hop) => hop.from)), [['C']]);
});

test('ways: each variant has its own, behind the source, from the node that makes it', () => {
  const of = (variant, ...rest) => ({ ...line(...rest), variant });
  const topic = {
    publishers: [{ node: 'A' }],
    hops: [
      of('960x540', 'delivery-display', 'B', 'displays'),
      of('960x540', 'node-node', 'B', 'A'),
      of('320x180', 'delivery-display', 'A', 'displays'),
      of('320x180', 'delivery-display', 'B', 'displays'),
      of('320x180', 'node-node', 'B', 'C'),
      of('source', 'node-node', 'B', 'A'),
      of('source', 'delivery-display', 'B', 'displays'),
      of('source', 'publisher-ingest', 'A', 'publisher'),
    ],
  };
  const ways = waysOf(topic);
  assert.deepEqual(
    ways.map(({ variant, hops }) => [variant, ...hops.map((hop) => `${hop.from}>${hop.to}`)].join(' ')),
    ['source camera>A', 'source A>B B>displays', '320x180 C>B B>displays', '320x180 A>displays', '960x540 A>B B>displays'],
  );
  const keys = ways.flatMap(({ hops }) => hops.map((hop) => hop.key));
  assert.equal(new Set(keys).size, topic.hops.length);
  assert.ok(topic.hops.every((each) => keys.includes(keyOf(each))));
});

test('ways: a variant of which nothing was counted in the window is not in use', () => {
  const old = { ...line('node-node', 'B', 'A'), variant: '320x180', expected: 100, windows: { '15m': { expected: 0 } } };
  const [, way] = waysOf({ publishers: [{ node: 'A' }], hops: [old] });
  assert.ok(!isInUse(way, '15m'));
  assert.ok(isInUse(way, 'start'));
  const [, doubtful] = waysOf({ publishers: [{ node: 'A' }], hops: [{ ...old, unverifiedSince: 1 }] });
  assert.ok(isInUse(doubtful, '15m'));
  const [source] = waysOf({ publishers: [{ node: 'A' }], hops: [] });
  assert.ok(isInUse(source, '15m'));
});

test('order: an alarm, then the larger share of failures, then the name', () => {
  const topics = [
    { topic: 'hall-10', hops: [line('node-node', 'B', 'A')] },
    { topic: 'hall-2', hops: [line('node-node', 'B', 'A')] },
    { topic: 'few', hops: [line('node-node', 'B', 'A', 1, 9)] },
    { topic: 'many', hops: [line('node-node', 'B', 'A', 10, 9_990)] },
    { topic: 'alarmed', hops: [] },
  ];
  const order = topics
    .map((topic) => badnessOf(topic, 'start', new Set(['alarmed'])))
    .sort(worseFirst)
    .map(({ name }) => name);
  assert.deepEqual(order, ['alarmed', 'few', 'many', 'hall-2', 'hall-10']);
});

test('order: only what failed in the window counts', () => {
  const old = { ...line('node-node', 'B', 'A', 50), windows: { '1m': line('', '', '', 0) } };
  assert.equal(badnessOf({ topic: 't', hops: [old] }, '1m', new Set()).rank[2], 0);
  assert.equal(badnessOf({ topic: 't', hops: [old] }, 'start', new Set()).rank[2], 50);
});

test('filter: part of a name, or a topic filter', () => {
  assert.ok(isWanted('site/Hall/gate', 'hall'));
  assert.ok(isWanted('site/hall/gate', 'site/+/gate'));
  assert.ok(isWanted('site', 'site/#'));
  assert.ok(!isWanted('site/hall/door', 'site/+/gate'));
  assert.ok(isWanted('anything', '  '));
});

test('percent: is never rounded up to perfect', () => {
  assert.equal(percent(1), '100 %');
  assert.equal(percent(0.9999999), '99.9999 %');
  assert.equal(percent(0.9997), '99.97 %');
  assert.equal(percent(2 / 3), '66.66 %');
});

test('claim: a bound is told as one, and nothing is claimed of nothing', () => {
  assert.equal(claim({ settled: 3_000, atLeast: 0.999 }), 'at least 99.9 %');
  assert.equal(claim({ settled: 2, atLeast: 0 }), 'none of 2 lost');
  assert.equal(claim({ settled: 10, claim: 0.9 }), '90 %');
  assert.equal(claim({ settled: 0 }), 'nothing yet');
});

test('duration: has a unit that fits', () => {
  assert.deepEqual([250, 4_250, 45_000, 2_500_000, 300_000_000].map(duration), ['250 µs', '4.3 ms', '45 ms', '2.5 s', '5 min']);
});
