// What a page asks the node for and what it makes of the answers, on a socket that the test holds.
// Run: node --test src/test/js

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

import { connect } from '../../main/resources/webroot/client/main.js';
import { socket } from './fake-socket.mjs';

const SIZE = { width: 640, height: 360 };
const RETRY_MILLIS = 10_000;

let bus;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.now() });
  // A page's two clocks go together.
  const start = Date.now();
  mock.method(performance, 'now', () => Date.now() - start + 1000);
  bus = connect('http://127.0.0.1:1/');
});

afterEach(() => {
  bus.close();
  mock.timers.reset();
  mock.restoreAll();
});

const stateOf = (subscription) => subscription.status()[0].state;
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Lets time pass on a connection that stands. */
function pass(millis) {
  for (let passed = 0; passed < millis; passed += 1000) {
    socket.say({ type: 'time', t0: 0, t1: 0, t2: 0 });
    mock.timers.tick(1000);
  }
}

test('a topic is asked for in the size of its tile, once there is a connection', () => {
  const gate = bus.subscribe('site/gate', SIZE);
  assert.deepEqual(socket.take('subscribe'), []);
  socket.welcome();
  assert.deepEqual(socket.take('subscribe'), [
    { type: 'subscribe', id: 1, topic: 'site/gate', start: 'last', variant: SIZE },
  ]);
  gate.update({ width: 320, height: 180, fps: 5 });
  assert.deepEqual(socket.take('update'), [], 'before the answer nothing can be changed');
  socket.say({ type: 'subscribed', id: 1 });
  assert.deepEqual(socket.take('update'), [
    { type: 'update', id: 1, variant: { fps: 5, width: 320, height: 180 } },
  ]);
});

test('a node without sizes is asked for pictures as they are, and not for sizes again', () => {
  const gate = bus.subscribe('site/gate', { ...SIZE, fps: 5 });
  bus.subscribe('site/door', SIZE);
  socket.welcome();
  socket.take();
  socket.say({ type: 'error', id: 1, code: 'unsupported-variant', message: 'no sizes' });
  socket.say({ type: 'error', id: 2, code: 'unsupported-variant', message: 'no sizes' });
  assert.deepEqual(
    socket.take('subscribe').map(({ id, topic, variant }) => [id, topic, variant]),
    [
      [3, 'site/gate', { fps: 5 }],
      [4, 'site/door', undefined],
    ],
  );
  socket.say({ type: 'subscribed', id: 3 });
  gate.update({ width: 100, height: 100, fps: undefined });
  assert.deepEqual(
    socket.take('update').map(({ variant }) => variant),
    ['source'],
  );
});

test('who does not look unsubscribes, and subscribes anew when looking again', () => {
  const gate = bus.subscribe('site/gate', SIZE);
  socket.welcome();
  socket.take();
  gate.pause();
  assert.deepEqual(socket.take('unsubscribe'), [{ type: 'unsubscribe', id: 1 }]);
  assert.equal(stateOf(gate), 'HIDDEN');
  gate.resume();
  assert.deepEqual(
    socket.take('subscribe').map(({ id }) => id),
    [2],
  );
});

test('who begins paused is asked for nothing', () => {
  const gate = bus.subscribe('site/gate', { ...SIZE, paused: true });
  socket.welcome();
  assert.deepEqual(socket.take('subscribe'), []);
  assert.equal(stateOf(gate), 'HIDDEN');
});

test('what is still announced for a subscription that has ended is not shown', () => {
  const gate = bus.subscribe('site/gate', SIZE);
  socket.welcome();
  gate.pause();
  gate.resume();
  socket.stream([1], 'site/gate');
  assert.equal(gate.status()[0].stream, null);
  socket.stream([2], 'site/gate');
  assert.equal(gate.status()[0].stream, '00000000000000ff');
});

test('a refused subscription is denied with its reason, and asked for again later', async () => {
  const errors = [];
  const states = [];
  const gate = bus.subscribe('site/gate', {
    onError: ({ code }) => errors.push(code),
    onState: ({ state, refusal }) => states.push([state, refusal]),
  });
  socket.welcome();
  socket.say({ type: 'error', id: 1, code: 'forbidden', message: 'not for you' });
  assert.deepEqual(errors, ['forbidden']);
  assert.deepEqual(states.at(-1), ['DENIED', 'not for you']);
  socket.take();
  pass(RETRY_MILLIS);
  assert.deepEqual(socket.take('subscribe'), []);
  pass(1000);
  assert.deepEqual(
    socket.take('subscribe').map(({ id, topic }) => [id, topic]),
    [[2, 'site/gate']],
  );
  assert.equal(stateOf(gate), 'DENIED', 'until the node says otherwise');
  socket.say({ type: 'subscribed', id: 2 });
  assert.equal(stateOf(gate), 'CONNECTING');
  socket.stream([2], 'site/gate');
  socket.picture(0);
  await settled();
  assert.equal(stateOf(gate), 'LIVE');
  pass(1000);
  assert.deepEqual(
    states.map(([state]) => state),
    ['CONNECTING', 'DENIED', 'LIVE'],
  );
});

test('a right that is withdrawn later is a refusal too, another error is not', async () => {
  mock.method(console, 'warn', () => {});
  const gate = bus.subscribe('site/gate');
  socket.welcome();
  socket.say({ type: 'subscribed', id: 1 });
  socket.stream([1], 'site/gate');
  socket.picture(0);
  await settled();
  socket.say({ type: 'error', id: 1, code: 'bad-message', message: 'what?' });
  assert.equal(stateOf(gate), 'LIVE');
  socket.say({ type: 'error', id: 1, code: 'unauthorized', message: 'the token has ended' });
  assert.equal(stateOf(gate), 'DENIED');
  socket.picture(1);
  await settled();
  assert.equal(gate.status()[0].shown, 1, 'what still comes is not shown');
});

test('a refusal is of one subscription, and ends with the connection', () => {
  mock.method(console, 'warn', () => {});
  const gate = bus.subscribe('site/gate');
  const all = bus.subscribe('site/#');
  socket.welcome();
  socket.say({ type: 'subscribed', id: 1 });
  socket.say({ type: 'error', id: 2, code: 'too-many-subscriptions', message: 'at most 1' });
  assert.equal(stateOf(gate), 'CONNECTING');
  assert.equal(stateOf(all), 'DENIED');
  mock.timers.tick(4000);
  assert.notEqual(stateOf(all), 'DENIED');
});

test('a topic of which nothing is heard is offline, until it is published', async () => {
  const gate = bus.subscribe('site/gate');
  socket.welcome();
  socket.say({ type: 'subscribed', id: 1 });
  assert.equal(stateOf(gate), 'CONNECTING');
  pass(4000);
  assert.equal(stateOf(gate), 'OFFLINE');
  socket.stream([1], 'site/gate');
  socket.picture(0);
  await settled();
  assert.equal(stateOf(gate), 'LIVE');
});

test('repeats that the node leaves out are live, then frozen', async () => {
  const gate = bus.subscribe('site/gate');
  socket.welcome();
  socket.say({ type: 'subscribed', id: 1 });
  socket.stream([1], 'site/gate');
  socket.picture(0);
  await settled();
  const stream = '00000000000000ff';
  const states = [];
  for (let second = 1; second <= 11; second++) {
    mock.timers.tick(1000);
    socket.say({ type: 'skip', stream, from: second, to: second, frames: 1, total: second, reason: 'unchanged' });
    states.push(stateOf(gate));
  }
  assert.deepEqual([...new Set(states)], ['LIVE', 'FROZEN']);
  assert.deepEqual(gate.status()[0].skippedFor, { unchanged: 11 });
});

test('two that want one topic share its stream, and who comes late begins with its picture', async () => {
  const seen = [];
  bus.subscribe('site/gate', { onFrame: ({ number }) => seen.push(['one', number]) });
  socket.welcome();
  socket.say({ type: 'subscribed', id: 1 });
  socket.stream([1], 'site/gate');
  socket.picture(0);
  await settled();
  const two = bus.subscribe('site/gate', { onFrame: ({ number }) => seen.push(['two', number]) });
  socket.say({ type: 'subscribed', id: 2 });
  await settled();
  two.close();
  socket.picture(1);
  await settled();
  assert.deepEqual(seen, [['one', 0], ['two', 0], ['one', 1]]);
});

test('what comes on another connection is another subscription of the same topic', () => {
  const gate = bus.subscribe('site/gate', SIZE);
  socket.welcome();
  const first = socket;
  socket.onclose();
  assert.equal(stateOf(gate), 'CONNECTING');
  mock.timers.tick(100);
  assert.notEqual(socket, first);
  socket.welcome();
  assert.deepEqual(
    socket.take('subscribe').map(({ id, topic }) => [id, topic]),
    [[2, 'site/gate']],
  );
});
