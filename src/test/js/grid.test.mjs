import assert from 'node:assert/strict';
import { test } from 'node:test';

import { add, move, overlap, recolumn, remove, resize, roomFor, rowsOf } from '../../main/resources/webroot/grid.js';

/** 'name column row width height', as many as wanted. */
const tiles = (...texts) =>
  texts.map((text) => {
    const [topic, ...numbers] = text.split(' ');
    const [column, row, width = 1, height = 1] = numbers.map(Number);
    return { topic, title: '', column, row, width, height };
  });

const texts = (list) => list.map(({ topic, column, row, width, height }) => `${topic} ${column} ${row} ${width} ${height}`);

const assertNoOverlap = (list) =>
  list.forEach((one, i) => list.slice(i + 1).forEach((other) => assert.ok(!overlap(one, other), `${one.topic} over ${other.topic}`)));

test('add: goes to the first free place, or to the one that was meant', () => {
  const two = tiles('a 1 1', 'b 3 1');
  assert.deepEqual(texts(add(two, 'c', 3)), ['a 1 1 1 1', 'b 3 1 1 1', 'c 2 1 1 1']);
  assert.deepEqual(texts(add(two, 'c', 3, { column: 3, row: 1 })), ['a 1 1 1 1', 'b 2 1 1 1', 'c 3 1 1 1']);
  assert.deepEqual(texts(two), ['a 1 1 1 1', 'b 3 1 1 1']);
});

test('add: a hundred and no more', () => {
  let list = [];
  for (let i = 0; i < 101; i++) {
    list = add(list, `t${i}`, 10);
  }
  assert.equal(list.length, 100);
  assert.equal(rowsOf(list), 10);
});

test('move: tiles of one size change places', () => {
  const moved = move(tiles('a 1 1 2 2', 'b 3 1 2 2', 'c 1 3'), 0, 3, 1, 4);
  assert.deepEqual(texts(moved), ['a 3 1 2 2', 'b 1 1 2 2', 'c 1 3 1 1']);
});

test('move: a larger tile drives the smaller ones to where there is room', () => {
  const moved = move(tiles('a 1 1 2 2', 'b 3 1', 'c 4 1', 'd 3 2'), 0, 3, 1, 4);
  assert.deepEqual(texts(moved), ['a 3 1 2 2', 'b 1 1 1 1', 'c 2 1 1 1', 'd 1 2 1 1']);
});

test('move and resize: the edge of the grid is the end', () => {
  const list = tiles('a 2 2 2 1');
  assert.deepEqual(texts(move(list, 0, 9, 0, 4)), ['a 3 1 2 1']);
  assert.deepEqual(texts(resize(list, 0, 9, 0, 4)), ['a 2 2 3 1']);
  assert.deepEqual(texts(move(list, 0, 1, 200, 4)), ['a 1 100 2 1']);
});

test('resize: who is in the way gives way', () => {
  assert.deepEqual(texts(resize(tiles('a 1 1', 'b 2 1', 'c 1 2'), 0, 2, 2, 3)), ['a 1 1 2 2', 'b 3 1 1 1', 'c 3 2 1 1']);
});

test('what finds no room leaves all as it was', () => {
  const full = tiles('a 1 1', 'b 1 2 1 99');
  assert.equal(roomFor(full, 1, 1, 1), null);
  assert.equal(add(full, 'c', 1), full);
  assert.equal(resize(full, 0, 1, 2, 1), full);
  assert.equal(recolumn(tiles('a 1 1 1 60', 'b 2 1 1 60'), 1), null);
});

test('recolumn: what sticks out is narrowed and placed anew, the rest stays', () => {
  const narrowed = recolumn(tiles('a 1 1 4 1', 'b 1 2', 'c 4 2'), 2);
  assert.deepEqual(texts(narrowed), ['a 1 1 2 1', 'b 1 2 1 1', 'c 2 2 1 1']);
});

test('remove: the others stay', () => {
  assert.deepEqual(texts(remove(tiles('a 1 1', 'b 2 1', 'c 3 1'), 1)), ['a 1 1 1 1', 'c 3 1 1 1']);
});

test('whatever is done, no tile is over another and none is lost', () => {
  let seed = 7;
  const random = (n) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * n);
  };
  let list = [];
  let columns = 6;
  for (let step = 0; step < 2_000; step++) {
    const before = list.length;
    const index = random(list.length);
    const what = list.length < 3 ? 0 : random(5);
    if (what === 0 && before < 30) {
      list = add(list, `t${step}`, columns, random(2) ? { column: 1 + random(columns), row: 1 + random(8) } : undefined);
      assert.equal(list.length, before + 1);
    } else if (what === 1) {
      list = move(list, index, random(9), random(9), columns);
    } else if (what === 2) {
      list = resize(list, index, 1 + random(4), 1 + random(3), columns);
    } else if (what === 3 && random(10) === 0) {
      const width = 1 + random(8);
      const fitted = recolumn(list, width);
      columns = fitted ? width : columns;
      list = fitted ?? list;
    } else if (what === 4 && random(5) === 0) {
      list = remove(list, index);
    }
    assertNoOverlap(list);
    assert.ok(list.every((tile) => tile.column >= 1 && tile.column + tile.width - 1 <= columns), `step ${step}`);
  }
});
