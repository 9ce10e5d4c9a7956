import assert from 'node:assert/strict';
import { test } from 'node:test';

import { screenName, WatchedWall } from '../../main/resources/webroot/walls.js';

function watched() {
  const sent = [];
  const heard = [];
  const wall = new WatchedWall({ send: (message) => sent.push(message) }, 'lobby', 'left', {
    onChange: (layout, etag) => heard.push([layout, etag]),
    onShow: (topic, seconds) => heard.push([topic, seconds]),
  });
  return { wall, sent, heard };
}

test('watch: said after each welcome; what is known already is no change', () => {
  const { wall, sent, heard } = watched();
  wall.control({ type: 'welcome' });
  wall.control({ type: 'wall', wall: 'lobby', etag: '1-a', layout: { tiles: [] } });
  wall.control({ type: 'wall', wall: 'other', etag: '2-a', layout: null });
  wall.control({ type: 'welcome' });
  wall.control({ type: 'wall', wall: 'lobby', etag: '1-a', layout: { tiles: [] } });
  wall.control({ type: 'wall', wall: 'lobby', etag: '3-b', layout: null });
  assert.deepEqual(sent, [
    { type: 'watch', wall: 'lobby' },
    { type: 'watch', wall: 'lobby' },
  ]);
  assert.deepEqual(heard, [[{ tiles: [] }, '1-a'], [null, '3-b']]);
});

test('watch: a wall that is not there is told once', () => {
  const { wall, heard } = watched();
  wall.control({ type: 'wall', wall: 'lobby', etag: '', layout: null });
  wall.control({ type: 'wall', wall: 'lobby', etag: '', layout: null });
  assert.deepEqual(heard, [[null, '']]);
});

test('show: only what is for this wall', () => {
  const { wall, heard } = watched();
  wall.control({ type: 'show', wall: 'other', topic: 'a', seconds: 5 });
  wall.control({ type: 'show', wall: 'lobby', topic: 'b', seconds: 7 });
  assert.deepEqual(heard, [['b', 7]]);
});

test('report: as often as the node wants it, and at once after a new connection', () => {
  const { wall, sent } = watched();
  const describe = () => ({ tiles: [{ topic: 'a', state: 'LIVE' }] });
  wall.control({ type: 'wall', wall: 'lobby', etag: '1-a', layout: {}, reportSeconds: 3 });
  for (const now of [0, 1_000, 2_999, 3_000, 3_500]) {
    wall.report(now, describe);
  }
  assert.equal(sent.length, 2);
  assert.deepEqual(sent[1], {
    type: 'screen',
    wall: 'lobby',
    screen: 'left',
    etag: '1-a',
    tiles: [{ topic: 'a', state: 'LIVE' }],
  });
  wall.control({ type: 'welcome' });
  wall.report(3_600, describe);
  assert.equal(sent.at(-1).type, 'screen');
});

test('screen: the name that was given, or one that the tab keeps', () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  assert.equal(screenName(new URL('http://a/wall?screen=left'), storage), 'left');
  const own = screenName(new URL('http://a/wall'), storage);
  assert.match(own, /^screen-[0-9a-z]{4,8}$/);
  assert.equal(screenName(new URL('http://a/wall'), storage), own);
});
