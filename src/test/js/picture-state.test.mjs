// What may be said of a picture, with a clock moved by hand. Run: node --test src/test/js

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { STALE_MILLIS } from '../../main/resources/webroot/age.js';
import { FROZEN_MILLIS, PictureState } from '../../main/resources/webroot/picture-state.js';

/** A camera that is on the screen since 0. */
function live(frozenMillis) {
  const state = new PictureState(frozenMillis);
  state.announced();
  state.picture('a', 0, 0);
  return state;
}

test('before the first picture a tile is connecting, then live', () => {
  const state = new PictureState();
  assert.equal(state.at(0), 'CONNECTING');
  state.announced();
  assert.equal(state.at(10), 'CONNECTING');
  state.picture('a', 0, 20);
  assert.equal(state.at(20), 'LIVE');
});

test('a topic that nobody publishes is offline once the node had time to say otherwise', () => {
  const state = new PictureState();
  state.asked(0);
  assert.equal(state.at(STALE_MILLIS), 'CONNECTING');
  assert.equal(state.at(STALE_MILLIS + 1), 'OFFLINE');
  state.announced();
  assert.equal(state.at(STALE_MILLIS + 2), 'CONNECTING');
});

test('without a new picture for more than 3 s a tile is stale', () => {
  const state = live();
  assert.equal(state.at(STALE_MILLIS), 'LIVE');
  assert.equal(state.at(STALE_MILLIS + 1), 'STALE');
  state.picture('b', 0, 4000);
  assert.equal(state.at(4000), 'LIVE');
});

test('a slow camera has three of its intervals', () => {
  const state = live();
  for (let second = 10; second <= 40; second += 10) {
    state.picture(`at ${second}`, 0, second * 1000);
  }
  assert.equal(state.at(69_999), 'LIVE');
  assert.equal(state.at(70_001), 'STALE');
});

test('one long pause does not make a quick camera a slow one', () => {
  const state = live();
  for (let i = 1; i <= 10; i++) {
    state.picture(`${i}`, 0, i * 100);
  }
  state.picture('after a minute', 0, 61_000);
  assert.equal(state.staleMillis, STALE_MILLIS);
});

test('a picture that had waited on the node is as old as it is', () => {
  const state = new PictureState();
  state.announced();
  state.picture('a', 60_000, 0);
  assert.equal(state.at(0), 'STALE');
});

test('the same bytes again and again are frozen; another picture is live at once', () => {
  const state = live();
  for (let at = 100; at < FROZEN_MILLIS; at += 100) {
    state.picture('a', 0, at);
    assert.equal(state.at(at), 'LIVE');
  }
  state.picture('a', 0, FROZEN_MILLIS);
  assert.equal(state.at(FROZEN_MILLIS), 'FROZEN');
  state.picture('b', 0, FROZEN_MILLIS + 100);
  assert.equal(state.at(FROZEN_MILLIS + 100), 'LIVE');
});

test('a frozen camera that falls silent is stale', () => {
  const state = live(1000);
  state.picture('a', 0, 1000);
  assert.equal(state.at(1000), 'FROZEN');
  assert.equal(state.at(1001 + STALE_MILLIS), 'STALE');
});

test('what was the same before and after a rest is no proof of a frozen camera', () => {
  const state = live(1000);
  state.rest();
  assert.equal(state.at(5000), 'HIDDEN');
  state.asked(60_000);
  assert.equal(state.at(60_001), 'CONNECTING');
  state.announced();
  state.picture('a', 0, 60_100);
  assert.equal(state.at(60_100), 'LIVE');
});

test('a rest is no interval of the camera', () => {
  const state = live();
  state.rest();
  state.asked(60_000);
  state.announced();
  state.picture('b', 0, 60_100);
  assert.equal(state.staleMillis, STALE_MILLIS);
});

test('a cut connection is stale at once, until a picture comes on another', () => {
  const state = live();
  state.disconnected();
  assert.equal(state.at(10), 'STALE');
  state.announced();
  state.picture('b', 0, 200);
  assert.equal(state.at(200), 'LIVE');
});

test('the word of the node on its source holds until there is a newer picture', () => {
  const state = live();
  state.source('stale');
  assert.equal(state.at(10), 'STALE');
  state.source('offline');
  assert.equal(state.at(10), 'OFFLINE');
  state.picture('b', 0, 20);
  assert.equal(state.at(20), 'LIVE');
});

test('a stream that ended is offline, one that goes on is not', () => {
  const state = live();
  state.ended();
  assert.equal(state.at(10), 'OFFLINE');
  state.announced();
  assert.equal(state.at(10), 'LIVE');
});

test('repeats that the node leaves out keep a picture live, until they have lasted too long', () => {
  const state = live();
  for (let at = 1000; at < FROZEN_MILLIS; at += 1000) {
    state.unchanged(at);
    assert.equal(state.at(at + 500), 'LIVE');
  }
  state.unchanged(FROZEN_MILLIS);
  assert.equal(state.at(FROZEN_MILLIS), 'FROZEN');
  assert.equal(state.at(FROZEN_MILLIS + STALE_MILLIS + 1), 'STALE');
  state.picture('b', 0, 20_000);
  assert.equal(state.at(20_000), 'LIVE');
});

test('a repeat that was left out is newer than the word of the node, but no picture', () => {
  const state = live();
  state.source('stale');
  state.unchanged(100);
  assert.equal(state.at(100), 'LIVE');
  const empty = new PictureState();
  empty.announced();
  empty.unchanged(100);
  assert.equal(empty.at(100), 'CONNECTING');
});

test('repeats that were left out do not make a slow camera of a quick one', () => {
  const state = live();
  for (let second = 1; second <= 600; second++) {
    state.unchanged(second * 1000);
  }
  state.picture('b', 0, 600_100);
  assert.equal(state.staleMillis, STALE_MILLIS);
});

test('who looks again sees the same picture as new as it is, and not as frozen', () => {
  const state = live(1000);
  state.rest();
  state.asked(5000);
  state.announced();
  state.again(5100);
  assert.equal(state.at(5100), 'STALE');
  state.unchanged(5200);
  assert.equal(state.at(5200), 'LIVE');
  state.unchanged(6100);
  assert.equal(state.at(6100), 'FROZEN');
});

test('what was asked for anew on another connection is not connecting while its picture is new', () => {
  const state = live();
  state.asked(100);
  state.announced();
  assert.equal(state.at(200), 'LIVE');
  state.disconnected();
  state.asked(300);
  assert.equal(state.at(300), 'STALE');
});

test('a topic that no other node knows is offline, with its picture, not stale for ever', () => {
  const state = live();
  state.disconnected();
  state.asked(1000);
  assert.equal(state.at(1001), 'STALE');
  assert.equal(state.at(1001 + STALE_MILLIS), 'OFFLINE');
});
