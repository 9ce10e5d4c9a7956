// A topic without a socket: what the answers of a node's other doors say of its picture.
// Run: node --test src/test/js

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

import { PulledTopic } from '../../main/resources/webroot/client/pull.js';
import { FROZEN_MILLIS, PictureState } from '../../main/resources/webroot/picture-state.js';

const POLL_MILLIS = 500;

/** What the node answers with. */
let answer;
let picture;
let pulled;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  mock.method(performance, 'now', () => Date.now());
  mock.method(AbortSignal, 'timeout', () => new AbortController().signal);
  picture = new PictureState();
  // MJPEG has no room, so that all is snapshots.
  const doors = { enter: () => false, turn() {}, get: async () => answer() };
  const show = async (each) => each.done(true);
  pulled = new PulledTopic('site/gate', doors, () => ({}), picture, show);
});

afterEach(() => {
  pulled.stop();
  mock.timers.reset();
  mock.restoreAll();
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function pass(millis) {
  for (let passed = 0; passed < millis; passed += POLL_MILLIS) {
    mock.timers.tick(POLL_MILLIS);
    await settled();
  }
}

const stateNow = () => picture.at(Date.now());

/** A snapshot that was taken at a time, in seconds. */
function snapshot(bytes, stamp, state) {
  const headers = { 'X-Timestamp': String(stamp), 'X-Imagebus-State': state };
  return new Response(Uint8Array.from(bytes), { headers });
}

function problem(status, about) {
  return new Response(JSON.stringify(about), { status });
}

async function start() {
  pulled.start();
  await settled();
}

test('new pictures are live, the same bytes again and again are frozen', async () => {
  let bytes = [0];
  answer = () => snapshot(bytes, Date.now() / 1000, 'live');
  await start();
  assert.equal(stateNow(), 'LIVE');
  for (let i = 1; i < 40; i++) {
    bytes = [i];
    await pass(POLL_MILLIS);
    assert.equal(stateNow(), 'LIVE');
  }
  await pass(FROZEN_MILLIS);
  assert.equal(stateNow(), 'FROZEN');
  bytes = [100];
  await pass(POLL_MILLIS);
  assert.equal(stateNow(), 'LIVE');
});

test('one picture that the node goes on to call live is live, then frozen', async () => {
  const stamp = Date.now() / 1000;
  let said = 'live';
  answer = () => snapshot([1], stamp, said);
  await start();
  await pass(FROZEN_MILLIS - POLL_MILLIS);
  assert.equal(stateNow(), 'LIVE');
  await pass(2 * POLL_MILLIS);
  assert.equal(stateNow(), 'FROZEN');
  said = 'stale';
  await pass(POLL_MILLIS);
  assert.equal(stateNow(), 'STALE');
});

test('a topic that may not be seen is refused with the reason, until it may', async () => {
  answer = () => problem(403, { code: 'forbidden', detail: 'not for you' });
  await start();
  assert.equal(pulled.refusal, 'not for you');
  answer = () => new Response('<html>', { status: 401 });
  await pass(1000);
  assert.equal(pulled.refusal, 'answered with 401');
  answer = () => snapshot([1], Date.now() / 1000, 'live');
  await pass(1000);
  assert.equal(pulled.refusal, '');
  assert.equal(stateNow(), 'LIVE');
});

test('a topic that nobody publishes is offline; without an answer nobody knows', async () => {
  answer = () => problem(404, { code: 'unknown-topic', detail: 'nobody publishes it' });
  await start();
  assert.equal(stateNow(), 'OFFLINE');
  answer = () => snapshot([1], Date.now() / 1000, 'live');
  await pass(1000);
  assert.equal(stateNow(), 'LIVE');
  answer = () => {
    throw new TypeError('no network');
  };
  await pass(POLL_MILLIS);
  assert.equal(stateNow(), 'STALE');
});
