// What a feed tells the node of itself. Run: node --test src/test/js

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Feed } from '../../main/resources/webroot/feed.js';

const ONE = 1n;
const OTHER = 2n;

function feed() {
  const made = new Feed('site/gate', () => {}, { nowMicros: () => 0, errorMicros: () => 0 }, () => {});
  made.begin(ONE, { contentType: 'image/jpeg', first: 0 }, 1 << 20, 0);
  made.chunk({ stream: ONE, sequence: 0n, frame: 0, good: false }, 1);
  return made;
}

/** A frame of one chunk. */
function pictureOf(stream, number) {
  return {
    stream,
    sequence: BigInt(number),
    frame: number,
    index: 0,
    count: 1,
    good: true,
    captureMicros: 0,
    payload: new Uint8Array(4),
  };
}

test('a stream that was replaced has a last word, once', () => {
  const replaced = feed();
  replaced.begin(OTHER, { contentType: 'image/jpeg', first: 0 }, 1 << 20, 2);
  assert.deepEqual(
    replaced.report().map((word) => word.stream),
    ['0000000000000001'],
  );
  assert.deepEqual(replaced.report(), []);
});

/** A node that turns between variants: each stream goes on where its numbers are now. */
function turn(to, stream, first, nowMillis) {
  to.begin(stream, { contentType: 'image/jpeg', first, total: 0 }, 1 << 20, nowMillis);
}

test('a stream that the node turns to again is followed again, and its totals go on', () => {
  const shown = [];
  const made = new Feed('site/gate', (picture) => shown.push(picture.number), { nowMicros: () => 0 }, () => {});
  const chunk = (stream, number, nowMillis) =>
    made.chunk(pictureOf(stream, number), nowMillis);
  turn(made, ONE, 0, 0);
  chunk(ONE, 0, 1);
  turn(made, OTHER, 1, 2);
  chunk(OTHER, 1, 3);
  turn(made, ONE, 2, 4);
  chunk(ONE, 2, 5);
  chunk(ONE, 3, 6);
  assert.deepEqual(shown, [0, 1, 2, 3]);
  const words = Object.fromEntries(made.report().map((word) => [word.stream, word]));
  assert.equal(words['0000000000000001'].received, 3);
  assert.equal(words['0000000000000001'].frames.good, 3);
  assert.equal(words['0000000000000002'].received, 1);
  assert.equal(words['0000000000000001'].lost + words['0000000000000001'].stale, 0);
});

test('each stream that was left since the last report has a last word', () => {
  const made = feed();
  for (let i = 2n; i < 6n; i++) {
    turn(made, i, 0, Number(i));
    made.chunk(pictureOf(i, 0), Number(i));
  }
  assert.equal(made.report().length, 5);
  assert.deepEqual(
    made.report().map((word) => word.stream),
    ['0000000000000005'],
  );
});

test('a new connection hears nothing of what came on another', () => {
  const moved = feed();
  moved.begin(OTHER, { contentType: 'image/jpeg', first: 0 }, 1 << 20, 2);
  moved.move(3);
  assert.deepEqual(moved.report(), []);
});

test('what passed without a connection is told once, with its numbers', () => {
  const away = feed();
  away.disconnect(1000);
  away.begin(ONE, { contentType: 'image/jpeg', first: 5 }, 1 << 20, 1250);
  away.chunk({ stream: ONE, sequence: 5n, frame: 5, good: false }, 1260);
  assert.deepEqual(
    away.report().map((word) => word.missed),
    [{ from: 1, to: 4, away: 250_000 }],
  );
  assert.deepEqual(
    away.report().map((word) => word.missed),
    [undefined],
  );
});

test('a frame left out as unchanged says that the picture on the screen is the present', () => {
  const still = feed();
  still.picture.picture('a', 0, 0);
  const skip = (reason, to, nowMillis) =>
    still.skip({ from: to, to, frames: 1, total: to, reason }, nowMillis);
  skip('unchanged', 1, 5000);
  assert.equal(still.picture.at(5001), 'LIVE');
  skip('rate', 2, 9000);
  assert.equal(still.picture.at(9000), 'STALE');
});

test('the tail of the frames that came before is no sign of the camera', () => {
  const late = feed();
  late.picture.picture('a', 60_000, 0);
  late.skip({ from: 1, to: 3, frames: 0, total: 3, reason: 'unchanged' }, 1);
  assert.equal(late.picture.at(2), 'STALE');
});
