// Every bitmap that is made is closed, whatever becomes of it: in a worker, which runs its text in a
// room of its own here, and in the page. Run: node --test src/test/js

import assert from 'node:assert/strict';
import { resolveObjectURL } from 'node:buffer';
import { beforeEach, test } from 'node:test';

import { Painter } from '../../main/resources/webroot/client/painter.js';

/** What was made, closed and drawn. */
let bitmaps;
let drawn;

/** A picture is a blob with its size, such as 640x360. */
async function createBitmap(blob) {
  const [, width, height] = (await blob.text()).match(/^(\d+)x(\d+)$/) ?? [];
  if (!width) {
    throw new Error('no picture');
  }
  bitmaps.made++;
  return { width: Number(width), height: Number(height), close: () => bitmaps.closed++ };
}

globalThis.createImageBitmap = createBitmap;
globalThis.window = { devicePixelRatio: 2 };
globalThis.OffscreenCanvas = class {};

let resized;
globalThis.ResizeObserver = class {
  constructor(hear) {
    resized = (width, height) => hear([{ contentRect: { width, height } }]);
  }

  observe() {}

  disconnect() {}
};

/** Runs its text with nothing of the page's modules. */
globalThis.Worker = class {
  constructor(url) {
    const self = {
      postMessage: (data) => setImmediate(() => this.onmessage({ data })),
    };
    this.postMessage = (data) => setImmediate(() => self.onmessage({ data }));
    this.begun = resolveObjectURL(url)
      .text()
      .then((text) => new Function('self', 'createImageBitmap', text)(self, createBitmap));
  }

  terminate() {}
};

class Canvas {
  width = 0;
  height = 0;
  broken = false;
  #asked = false;

  getContext() {
    assert.ok(!this.#asked, 'Firefox refuses a worker the context when it asks again');
    this.#asked = true;
    return {
      canvas: this,
      drawImage: (bitmap, x, y, width, height) => {
        if (this.broken) {
          throw new Error('no room');
        }
        drawn.push([width, height]);
      },
    };
  }
}

/** One that a worker may have. */
class SharedCanvas extends Canvas {
  transferControlToOffscreen() {
    return this;
  }
}

const picture = (text) => new Blob([text]);

beforeEach(() => {
  bitmaps = { made: 0, closed: 0 };
  drawn = [];
});

for (const [place, Kind] of [
  ['worker', SharedCanvas],
  ['page', Canvas],
]) {
  test(`pictures are drawn as large as they are seen, never enlarged (${place})`, async () => {
    const painter = new Painter(new Kind());
    resized(160, 90);
    assert.equal(await painter.draw(picture('640x360')), true);
    assert.equal(await painter.draw(picture('64x36')), true);
    assert.equal(painter.place, place);
    assert.deepEqual(drawn, [
      [320, 180],
      [64, 36],
    ]);
    assert.equal(painter.decoded, 2);
    assert.deepEqual(bitmaps, { made: 2, closed: 2 });
  });

  test(`what is no picture is not drawn, and the next one is (${place})`, async () => {
    const painter = new Painter(new Kind());
    assert.equal(await painter.draw(picture('nonsense')), false);
    assert.equal(await painter.draw(picture('64x36')), true);
    assert.deepEqual(bitmaps, { made: 1, closed: 1 });
  });

  test(`a bitmap that cannot be drawn is closed all the same (${place})`, async () => {
    const canvas = new Kind();
    const painter = new Painter(canvas);
    canvas.broken = true;
    assert.equal(await painter.draw(picture('64x36')), false);
    assert.deepEqual(bitmaps, { made: 1, closed: 1 });
  });

  test(`a painter that is closed draws nothing, and keeps nobody waiting (${place})`, async () => {
    const painter = new Painter(new Kind());
    await painter.draw(picture('64x36'));
    const drawing = painter.draw(picture('64x36'));
    painter.close();
    assert.equal(await drawing, false);
    assert.equal(await painter.draw(picture('64x36')), false);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(bitmaps.made, bitmaps.closed);
    assert.equal(drawn.length, 1);
  });
}
