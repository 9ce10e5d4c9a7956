import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FrameRate } from '../../main/resources/webroot/client/frame-rate.js';

const shownAt = (...times) => {
  const rate = new FrameRate();
  times.forEach((time) => rate.shown(time));
  return rate;
};

const every = (millis, pictures) => Array.from({ length: pictures }, (_, i) => i * millis);

test('steady pictures have their rate, whenever one looks', () => {
  const rate = shownAt(...every(200, 30));
  for (let now = 5800; now <= 6000; now += 20) {
    assert.equal(rate.at(now), 5);
  }
});

test('pictures that come together at the start are no rate', () => {
  assert.equal(shownAt().at(0), null);
  assert.equal(shownAt(0).at(5000), null);
  assert.equal(shownAt(0, 20).at(40), null);
  assert.equal(shownAt(0, 20).at(1020), 1);
  assert.equal(shownAt(0, 20, 200, 400, 600, 800, 1000).at(1020), 6);
});

test('when no more come the rate falls', () => {
  const rate = shownAt(...every(100, 50));
  assert.equal(rate.at(5000), 10);
  assert.ok(rate.at(6000) < 8);
  assert.ok(rate.at(7500) < 2);
  assert.ok(rate.at(60_000) < 0.05);
});

test('a slow camera has a rate', () => {
  const rate = shownAt(...every(10_000, 4));
  assert.equal(rate.at(31_000), 0.1);
  assert.equal(rate.at(40_000), 0.1);
});

test('after a rest the rate is not that of the first pictures alone', () => {
  const rate = shownAt(...every(100, 50), 65_000, 65_010, 65_020);
  assert.equal(rate.at(65_100), null);
  assert.ok(rate.at(66_010) < 2.1);
});
