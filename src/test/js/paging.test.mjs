// Which cameras a wall shows, and how. Run: node --test src/test/js

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { columnsFor, Pages, topicsOf } from '../../main/resources/webroot/paging.js';
import { isWanted } from '../../main/resources/webroot/ways.js';

test('named topics keep their order, those of a filter are by name, none is there twice', () => {
  const known = ['site/hall-10', 'site/hall-2', 'other'];
  assert.deepEqual(topicsOf(['z', 'site/#', 'site/hall-2'], known, isWanted), ['z', 'site/hall-2', 'site/hall-10']);
});

test('from 1 to 100 tiles the columns leave no row over', () => {
  for (let tiles = 1; tiles <= 100; tiles++) {
    const columns = columnsFor(tiles, 1920, 1040);
    const rows = Math.ceil(tiles / columns);
    assert.ok(columns * rows >= tiles && columns * (rows - 1) < tiles, `${tiles} on ${columns}`);
  }
  assert.equal(columnsFor(16, 1920, 1080), 4);
  assert.equal(columnsFor(3, 400, 1000), 1);
});

test('pages turn after the dwell time, around the end', () => {
  const pages = new Pages(4, 1000, 0);
  pages.resize(10);
  assert.equal(pages.pages, 3);
  assert.equal(pages.tick(999), false);
  assert.equal(pages.tick(1000), true);
  pages.turn(1, 1100);
  assert.deepEqual(pages.slice([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), [8, 9]);
  pages.turn(1, 1200);
  assert.equal(pages.page, 0);
  pages.turn(-1, 1300);
  assert.equal(pages.page, 2);
  pages.resize(3);
  assert.equal(pages.page, 0);
  assert.equal(pages.tick(99_999), false);
});

test('somebody who looks keeps the page', () => {
  const pages = new Pages(1, 1000, 0);
  pages.resize(2);
  pages.hold(900);
  assert.equal(pages.tick(1500), false);
  assert.equal(pages.tick(1900), true);
});
