// A picture is on the page's own canvas when it is said to be drawn, and every bitmap that is made is
// closed, whatever becomes of it: in a worker, which runs its text in a room of its own here, and in
// the page. Run: node --test src/test/js

import assert from 'node:assert/strict';
import { resolveObjectURL } from 'node:buffer';
import { beforeEach, test } from 'node:test';

const PAINTER = '../../main/resources/webroot/client/painter.js';

const NONE = { made: 0, shown: 0, closed: 0 };

/** What was made, and closed; what was drawn, and what became of the drawings. */
let bitmaps;
let drawn;
let drawings;
let broken;
let lost;
/** Every canvas. */
let made;

/** A picture is a blob with its size, such as 640x360. */
async function createBitmap(blob) {
  const [, width, height] = (await blob.text()).match(/^(\d+)x(\d+)$/) ?? [];
  if (!width) {
    throw new Error('no picture');
  }
  bitmaps.made++;
  return { width: Number(width), height: Number(height), close: () => bitmaps.closed++ };
}

/** Setting its size empties it, as it does a real one. */
class Canvas {
  #size = { width: 300, height: 150 };
  #kind = '';
  content = '';

  constructor() {
    made.push(this);
  }

  get width() {
    return this.#size.width;
  }

  set width(width) {
    this.#size.width = width;
    this.content = '';
  }

  get height() {
    return this.#size.height;
  }

  set height(height) {
    this.#size.height = height;
    this.content = '';
  }

  getContext(kind) {
    assert.equal(kind, '2d', 'Chromium keeps ever more memory for a canvas of another kind');
    assert.equal(this.#kind, '', 'Firefox refuses a worker the context when it asks again');
    this.#kind = kind;
    return {
      canvas: this,
      isContextLost: () => this === lost,
      drawImage: (bitmap, x, y, width, height) => {
        if (broken) {
          throw new Error('no room');
        }
        if (bitmap.content) {
          assert.deepEqual([this.width, this.height], [bitmap.width, bitmap.height]);
          drawings.shown++;
        } else {
          drawn.push([width, height]);
        }
        this.content = bitmap.content ?? `${width}x${height}`;
      },
    };
  }

  transferControlToOffscreen() {
    assert.fail('what a worker draws on the page’s canvas is not there when the page says so');
  }

  transferToImageBitmap() {
    const { width, height, content } = this;
    this.content = '';
    drawings.made++;
    return { width, height, content, close: () => drawings.closed++ };
  }
}

globalThis.createImageBitmap = createBitmap;
globalThis.window = { devicePixelRatio: 2 };
globalThis.OffscreenCanvas = Canvas;

let resized;
globalThis.ResizeObserver = class {
  constructor(hear) {
    resized = (width, height) => hear([{ contentRect: { width, height } }]);
  }

  observe() {}

  disconnect() {}
};

/** Runs its text with nothing of the page's modules. */
class FakeWorker {
  constructor(url) {
    const self = {
      postMessage: (data, given = []) => {
        assert.deepEqual(given, data.drawing ? [data.drawing] : [], 'a drawing is handed over, not copied');
        setImmediate(() => this.onmessage({ data }));
      },
    };
    this.postMessage = (data) => setImmediate(() => self.onmessage({ data }));
    this.begun = resolveObjectURL(url)
      .text()
      .then((text) => new Function('self', 'createImageBitmap', 'OffscreenCanvas', text)(self, createBitmap, Canvas));
  }

  terminate() {}
}

const picture = (text) => new Blob([text]);

beforeEach(() => {
  bitmaps = { made: 0, closed: 0 };
  drawn = [];
  drawings = { ...NONE };
  broken = false;
  lost = null;
  made = [];
});

for (const [place, worker] of [
  ['worker', FakeWorker],
  ['page', undefined],
]) {
  const painterOf = async (canvas) => {
    globalThis.Worker = worker;
    const { Painter } = await import(`${PAINTER}?${place}`);
    return new Painter(canvas);
  };

  test(`pictures are drawn as large as they are seen, never enlarged (${place})`, async () => {
    const canvas = new Canvas();
    const painter = await painterOf(canvas);
    resized(160, 90);
    assert.equal(await painter.draw(picture('640x360')), true);
    assert.equal(canvas.content, '320x180');
    assert.equal(await painter.draw(picture('64x36')), true);
    assert.equal(canvas.content, '64x36');
    assert.equal(painter.place, place);
    assert.deepEqual(drawn, [
      [320, 180],
      [64, 36],
    ]);
    assert.equal(painter.decoded, 2);
    assert.deepEqual(bitmaps, { made: 2, closed: 2 });
    assert.deepEqual(drawings, place === 'page' ? NONE : { made: 2, shown: 2, closed: 2 });
  });

  test(`the picture before stays until the next is there, whatever its size (${place})`, async () => {
    const canvas = new Canvas();
    const painter = await painterOf(canvas);
    await painter.draw(picture('64x36'));
    const seen = new Set();
    const look = setInterval(() => seen.add(canvas.content));
    for (const size of ['32x18', '64x36', '640x360']) {
      await painter.draw(picture(size));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    clearInterval(look);
    assert.deepEqual([...seen].filter((content) => content === ''), []);
    assert.ok(seen.size > 1);
  });

  test(`what is no picture is not drawn, and the next one is (${place})`, async () => {
    const canvas = new Canvas();
    const painter = await painterOf(canvas);
    assert.equal(await painter.draw(picture('nonsense')), false);
    assert.equal(canvas.content, '');
    assert.equal(await painter.draw(picture('64x36')), true);
    assert.equal(canvas.content, '64x36');
    assert.deepEqual(bitmaps, { made: 1, closed: 1 });
  });

  test(`a bitmap that cannot be drawn is closed all the same (${place})`, async () => {
    const painter = await painterOf(new Canvas());
    broken = true;
    assert.equal(await painter.draw(picture('64x36')), false);
    assert.deepEqual(bitmaps, { made: 1, closed: 1 });
  });

  test(`what is drawn on a canvas that is lost was not drawn (${place})`, async () => {
    const canvas = new Canvas();
    const painter = await painterOf(canvas);
    await painter.draw(picture('32x18'));
    lost = place === 'page' ? canvas : made.at(-1);
    assert.equal(await painter.draw(picture('64x36')), false);
    assert.deepEqual(bitmaps, { made: 2, closed: 2 });
    if (place === 'worker') {
      assert.equal(canvas.content, '32x18');
      assert.equal(await painter.draw(picture('64x36')), true, 'on another one');
    }
  });

  test(`a painter that is closed draws nothing, and keeps nobody waiting (${place})`, async () => {
    const canvas = new Canvas();
    const painter = await painterOf(canvas);
    await painter.draw(picture('64x36'));
    const drawing = painter.draw(picture('32x18'));
    await new Promise((resolve) => setImmediate(resolve));
    painter.close();
    assert.equal(await drawing, place === 'page');
    assert.equal(await painter.draw(picture('16x9')), false);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(bitmaps.made, bitmaps.closed);
    assert.deepEqual(drawings, place === 'page' ? NONE : { made: 2, shown: 1, closed: 2 });
    assert.ok(!drawn.some(([width]) => width === 16));
  });
}
