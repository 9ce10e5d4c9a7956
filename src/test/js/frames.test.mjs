// Run with: node --test src/test/js

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameAccount } from '../../main/resources/webroot/frames.js';
import { LatencySamples } from '../../main/resources/webroot/latency.js';

test('a frame that is missing without a word has failed once its chunks are given up', () => {
  const frames = new FrameAccount();
  frames.whole(7);
  frames.whole(9);
  assert.deepEqual(frames.report(0), { good: 2, failed: 0, skipped: 0 });
  assert.deepEqual(frames.report(3), { good: 2, failed: 1, skipped: 0 });
});

test('frames that were announced as left out have not failed', () => {
  const frames = new FrameAccount();
  frames.whole(0);
  frames.announced(2);
  frames.whole(3);
  frames.announced(1);
  frames.whole(6);
  assert.deepEqual(frames.report(9), { good: 3, failed: 1, skipped: 3 });
});

test('jitter follows RFC 3550: a sixteenth of each change', () => {
  const latency = new LatencySamples();
  latency.add(10_000);
  latency.add(26_000);
  assert.equal(latency.jitterMicros(), 1_000);
  latency.add(26_000);
  assert.equal(latency.jitterMicros(), 938);
});

test('pictures from the future make the clock doubtful until the next report', () => {
  const latency = new LatencySamples();
  latency.add(-1_000);
  assert.equal(latency.takeClock(), 'ok');
  latency.add(-20_000);
  assert.equal(latency.takeClock(), 'doubtful');
  assert.equal(latency.takeClock(), 'ok');
});
