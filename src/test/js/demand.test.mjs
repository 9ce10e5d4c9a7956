// What is asked for a tile, with observers moved by hand. Run: node --test src/test/js

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

import { Demand, pixelsOf } from '../../main/resources/webroot/demand.js';

/** The newest observers, and what the page hears of its window. */
let resize;
let intersect;
let ratioChanged;

const observer = (keep) =>
  class {
    constructor(hear) {
      keep(hear);
    }

    observe() {}

    disconnect() {}
  };

globalThis.ResizeObserver = observer((hear) => (resize = hear));
globalThis.IntersectionObserver = observer((hear) => (intersect = hear));
globalThis.window = { devicePixelRatio: 1 };
globalThis.document = new EventTarget();
globalThis.matchMedia = () => {
  const list = new EventTarget();
  ratioChanged = () => list.dispatchEvent(new Event('change'));
  return list;
};

const BOX = { width: 320, height: 180 };
let told;
let demand;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  document.hidden = false;
  window.devicePixelRatio = 1;
  told = [];
  demand = new Demand({}, (size) => told.push(size && [size.width, size.height]));
});

afterEach(() => demand.close());

const see = (isIntersecting, box = BOX) => intersect([{ isIntersecting, boundingClientRect: box }]);
const grow = (width, height) => resize([{ contentRect: { width, height } }]);

function hide(hidden) {
  document.hidden = hidden;
  document.dispatchEvent(new Event('visibilitychange'));
}

test('device pixels are rounded up, and there is one at least', () => {
  assert.deepEqual(pixelsOf({ width: 100.2, height: 50 }, 2), { width: 201, height: 100 });
  assert.deepEqual(pixelsOf({ width: 0.2, height: 0.2 }, 1), { width: 1, height: 1 });
});

test('what is seen is asked for at once, what is scrolled away or hidden is not, at once', () => {
  see(true);
  see(false);
  see(true);
  hide(true);
  hide(false);
  assert.deepEqual(told, [[320, 180], null, [320, 180], null, [320, 180]]);
});

test('a tile without a size is not asked for', () => {
  see(true, { width: 0, height: 0 });
  assert.deepEqual(told, [null]);
});

test('another size is asked for once, when it has come to rest', () => {
  see(true);
  grow(400, 225);
  grow(640, 360);
  assert.deepEqual(told, [[320, 180]]);
  mock.timers.tick(500);
  assert.deepEqual(told, [
    [320, 180],
    [640, 360],
  ]);
});

test('a window that goes to a screen with other pixels asks for others, again and again', () => {
  see(true);
  for (const ratio of [2, 3]) {
    window.devicePixelRatio = ratio;
    ratioChanged();
  }
  assert.deepEqual(told, [
    [320, 180],
    [640, 360],
    [960, 540],
  ]);
});

test('who does not follow any more hears nothing', () => {
  see(true);
  grow(640, 360);
  demand.close();
  mock.timers.tick(500);
  hide(true);
  ratioChanged();
  assert.deepEqual(told, [[320, 180]]);
});
