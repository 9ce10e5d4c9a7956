// Whether the machine has slept, by two clocks of the test's. Run: node --test src/test/js

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { SleepWatch } from '../../main/resources/webroot/sleep.js';

test('only the calendar goes on while the machine sleeps', () => {
  const watch = new SleepWatch(1000, 500_000);
  assert.equal(watch.look(1100, 500_100), false);
  assert.equal(watch.look(1200, 560_200), true);
  assert.equal(watch.look(1300, 560_300), false, 'told once');
});

test('a page that hangs, or a clock that is set back, has not slept', () => {
  const watch = new SleepWatch(1000, 500_000);
  assert.equal(watch.look(61_000, 560_000), false);
  assert.equal(watch.look(61_100, 400_000), false);
});
