// What a feed tells the node of itself. Run: node --test src/test/js

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Feed } from '../../main/resources/webroot/feed.js';

const ONE = 1n;
const OTHER = 2n;
const ANNOUNCED = { contentType: 'image/jpeg', source: '0000000000000001' };

/** A page that sees one stream after the other of a camera, each picture in one chunk. */
class Sight {
  shown = [];
  acknowledged = [];
  #stream = ONE;
  #nowMillis = 0;

  constructor() {
    const show = ({ number, done }) => {
      this.shown.push(number);
      done(true, this.#nowMillis);
    };
    const send = ({ type, frame }) => type === 'ack' && this.acknowledged.push(frame);
    this.feed = new Feed('site/gate', show, { nowMicros: () => 0, errorMicros: () => 0 }, send);
  }

  begin(stream, first) {
    this.#stream = stream;
    this.feed.begin(stream, { ...ANNOUNCED, first }, 1 << 20, ++this.#nowMillis);
  }

  picture(sequence, frame) {
    const payload = new Uint8Array(1);
    const chunk = { index: 0, count: 1, captureMicros: 0, good: true, checksum: frame, payload };
    const { feed } = this;
    feed.chunk({ ...chunk, stream: this.#stream, sequence: BigInt(sequence), frame }, ++this.#nowMillis);
  }

  change(next) {
    this.feed.end({ next, total: 0, why: 'variant' }, ++this.#nowMillis);
  }

  get state() {
    return this.feed.picture.at(this.#nowMillis);
  }

  /** What is told of each stream, once all that is missing was given up. */
  report(...names) {
    this.feed.tick((this.#nowMillis += 10_000));
    return this.feed.report().map((word) => [Number(word.stream), ...names.map((name) => word[name])]);
  }
}

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

test('a stream that goes on after another that never came has lost nothing', () => {
  const sight = new Sight();
  sight.begin(ONE, 0);
  sight.picture(0, 0);
  sight.change(1);
  sight.begin(ONE, 4);
  sight.picture(4, 4);
  assert.deepEqual(sight.report('received', 'lost', 'stale', 'unknownTails'), [[1, 2, 0, 0, 0]]);
  assert.deepEqual(sight.shown, [0, 4]);
});

test('who comes back to a stream is shown its pictures, those that were seen before but once', () => {
  const sight = new Sight();
  sight.begin(ONE, 0);
  sight.picture(0, 0);
  sight.change(1);
  sight.begin(OTHER, 7);
  sight.picture(7, 1);
  sight.picture(8, 2);
  sight.change(9);
  sight.begin(ONE, 2);
  sight.picture(2, 2);
  sight.picture(3, 3);
  // The other size of a picture is news, the rest is not.
  assert.deepEqual(sight.shown, [0, 1, 2, 2, 3]);
  assert.deepEqual(sight.acknowledged, [0, 1, 2, 2, 3]);
});

test('the totals of a stream go on where they were when the page comes back to it', () => {
  const sight = new Sight();
  sight.begin(ONE, 0);
  sight.picture(0, 0);
  sight.picture(2, 2);
  assert.deepEqual(sight.report('received', 'lost', 'shown'), [[1, 2, 1, 2]]);
  sight.change(3);
  sight.begin(OTHER, 0);
  sight.picture(0, 3);
  sight.change(1);
  sight.begin(ONE, 4);
  sight.picture(4, 4);
  assert.deepEqual(sight.report('received', 'lost', 'shown'), [
    [2, 1, 0, 1],
    [1, 3, 1, 3],
  ]);
  assert.equal(sight.feed.totals().lost, 1);
});

test('a picture that is about to go on in another size is still live', () => {
  const sight = new Sight();
  sight.begin(ONE, 0);
  sight.picture(0, 0);
  sight.change(1);
  assert.equal(sight.state, 'LIVE');
  sight.feed.end({ next: 1, total: 0, why: 'publisher-gone' }, 10);
  assert.equal(sight.state, 'OFFLINE');
});
