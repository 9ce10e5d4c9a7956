// What a named wall shows where. Run: node --test src/test/js

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Pages } from '../../main/resources/webroot/paging.js';
import { FilterPlan, LayoutPlan } from '../../main/resources/webroot/wall-plan.js';

const KNOWN = ['site/a/door', 'site/b/door', 'site/gate'];
const LAYOUT = {
  title: 'Hall',
  columns: 3,
  dwellSeconds: 10,
  tiles: [
    { topic: 'site/gate', title: 'Gate', column: 1, row: 1, width: 2, height: 2 },
    { topic: 'site/+/door', column: 3, row: 1, width: 1, height: 1 },
  ],
};

const topics = (places) => places.map(({ topic }) => topic);

test('a named wall puts each tile in its cells', () => {
  const plan = new LayoutPlan(LAYOUT);
  const [gate] = plan.places([], 0, 0);
  assert.deepEqual(gate, {
    key: 'site/gate',
    topic: 'site/gate',
    title: 'Gate',
    cells: { column: 1, row: 1, width: 2, height: 2 },
  });
  assert.deepEqual(plan.shape(), { columns: 3, rows: 2 });
});

test('the topics of a filter take turns, at the same moments on each screen', () => {
  const plan = new LayoutPlan(LAYOUT);
  assert.deepEqual(topics(plan.places(KNOWN, 0, 9_999)), ['site/gate', 'site/a/door']);
  assert.deepEqual(topics(plan.places(KNOWN, 0, 10_000)), ['site/gate', 'site/b/door']);
  plan.turn(-1);
  assert.deepEqual(topics(plan.places(KNOWN, 0, 0)), ['site/gate', 'site/b/door']);
  assert.deepEqual(topics(new LayoutPlan({ ...LAYOUT, dwellSeconds: 0 }).places(KNOWN, 0, 99_999)), [
    'site/gate',
    'site/a/door',
  ]);
});

test('a topic that a layout names twice has two tiles, each with a key of its own', () => {
  const twice = { ...LAYOUT, tiles: [LAYOUT.tiles[0], { ...LAYOUT.tiles[0], column: 3, width: 1 }] };
  const places = new LayoutPlan(twice).places(KNOWN, 0, 0);
  assert.deepEqual(topics(places), ['site/gate', 'site/gate']);
  assert.deepEqual(
    places.map(({ key, cells }) => [key, cells.column]),
    [
      ['site/gate', 1],
      ['site/gate#2', 3],
    ],
  );
});

test('of a filter comes what is not there yet; one without topics has no tile', () => {
  const [gate, doors] = LAYOUT.tiles;
  const all = { ...LAYOUT, tiles: [gate, doors, doors, { ...doors, topic: 'site/#' }] };
  assert.deepEqual(topics(new LayoutPlan(all).places(KNOWN, 0, 0)), ['site/gate', 'site/a/door', 'site/b/door']);
  assert.deepEqual(topics(new LayoutPlan(LAYOUT).places([], 0, 0)), ['site/gate']);
});

test('pages of a filter turn by themselves, and say which they are', () => {
  const plan = new FilterPlan(['site/#'], 0, new Pages(2, 1000, 0));
  assert.deepEqual(topics(plan.places(KNOWN, 0)), ['site/a/door', 'site/b/door']);
  assert.equal(plan.words, 'page 1 of 2: ');
  assert.deepEqual(topics(plan.places(KNOWN, 1000)), ['site/gate']);
});
