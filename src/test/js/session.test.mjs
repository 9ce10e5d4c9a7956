// What a page asks the node for, on a socket that the test holds. Run: node --test src/test/js

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Session } from '../../main/resources/webroot/session.js';

const NOTHING = { onState() {}, onControl() {} };
const SIZE = { width: 640, height: 360 };

/** The newest socket that was opened; it keeps what was sent. */
let socket;

globalThis.WebSocket = class {
  static OPEN = 1;
  readyState = 1;
  sent = [];

  constructor() {
    socket = this;
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {}

  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }

  /** What was sent of some types, since it was last asked. */
  take(...types) {
    const taken = this.sent.filter(({ type }) => types.includes(type));
    this.sent = [];
    return taken;
  }
};

/** A feed that writes down what it is told. */
function feed() {
  const told = [];
  const tell = (name) => (...words) => told.push([name, words[0]]);
  const words = ['asked', 'rest', 'refuse', 'begin', 'disconnect', 'move'].map((name) => [name, tell(name)]);
  return { told, report: () => [], tick() {}, ...Object.fromEntries(words) };
}

let session;
let gate;

beforeEach(() => {
  session = new Session(new URL('http://127.0.0.1:1/'), NOTHING);
  session.socket.open();
  gate = feed();
  session.add('site/gate', gate);
});

const welcome = () => socket.say({ type: 'welcome', node: 'a', limits: {}, nodes: [] });

test('a topic is asked for in the size of its tile, once there is a connection', () => {
  session.ask('site/gate', SIZE);
  assert.deepEqual(socket.take('subscribe'), []);
  welcome();
  assert.deepEqual(socket.take('subscribe'), [
    { type: 'subscribe', id: 1, topic: 'site/gate', start: 'last', variant: SIZE },
  ]);
  session.ask('site/gate', { width: 320, height: 180, fps: 5 });
  assert.deepEqual(socket.take('subscribe', 'update'), [
    { type: 'update', id: 1, variant: { width: 320, height: 180, fps: 5 } },
  ]);
  session.socket.close();
});

test('a node without sizes is asked for pictures as they are, and not for sizes again', () => {
  session.ask('site/gate', { ...SIZE, fps: 5 });
  welcome();
  socket.take();
  socket.say({ type: 'error', id: 1, code: 'unsupported-variant', message: 'no sizes' });
  assert.deepEqual(
    socket.take('subscribe').map(({ variant }) => variant),
    [{ fps: 5 }],
  );
  session.ask('site/gate', { width: 100, height: 100 });
  assert.deepEqual(
    socket.take('update').map(({ variant }) => variant),
    ['source'],
  );
  session.socket.close();
});

test('who does not look unsubscribes, and subscribes anew when looking again', () => {
  session.ask('site/gate', SIZE);
  welcome();
  socket.take();
  session.ask('site/gate', null);
  assert.deepEqual(socket.take('unsubscribe'), [{ type: 'unsubscribe', id: 1 }]);
  assert.deepEqual(gate.told.at(-1)[0], 'rest');
  session.ask('site/gate', SIZE);
  assert.deepEqual(
    socket.take('subscribe').map(({ id }) => id),
    [2],
  );
  session.socket.close();
});

test('a refusal is told to the tile with its reason', () => {
  session.ask('site/gate', SIZE);
  welcome();
  socket.say({ type: 'error', id: 1, code: 'too-many-topics', message: 'too many' });
  assert.deepEqual(gate.told.at(-1), ['refuse', 'too many']);
  session.socket.close();
});

test('what comes on another connection is another subscription of the same topic', () => {
  session.ask('site/gate', SIZE);
  welcome();
  socket.say({ type: 'stream', ids: [1], stream: '00000000000000ff', topic: 'site/gate', first: 0 });
  assert.deepEqual(gate.told.at(-1), ['begin', 255n]);
  const first = socket;
  session.socket.abandon();
  assert.equal(gate.told.at(-1)[0], 'disconnect');
  session.socket.close();
  session.socket.open();
  assert.notEqual(socket, first);
  welcome();
  assert.deepEqual(
    socket.take('subscribe').map(({ id, topic }) => [id, topic]),
    [[2, 'site/gate']],
  );
  session.socket.close();
});
