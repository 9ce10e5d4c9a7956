/**
 * Decodes pictures and draws them: in a worker where the browser can, in the page where not.
 *
 * A worker may be given a canvas of the page, to draw on by itself. What it draws there comes to the
 * screen by a way of its own, some time after the worker has done it, while what the page says of
 * the picture comes with the page: a tile could say LIVE and be black. So the worker draws on a
 * canvas of its own and hands the drawing over; the page puts it on its canvas in the same breath in
 * which it speaks of it, and the screen gets both or neither.
 *
 * @module painter
 */

/** A worker that does not start in this time is not allowed here, or not possible. */
const START_MILLIS = 2000;

/**
 * Draws a bitmap as large as it is seen, but never enlarged, and closes it. Nothing is seen in
 * between: a new size empties the canvas, and the bitmap fills it before the screen can follow. Runs
 * in the page and in the worker, so it knows nothing but its arguments.
 *
 * @param {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} context of the canvas, asked
 *   for once: Firefox refuses to give it again to a worker
 * @param {ImageBitmap} bitmap
 * @param {{width: number, height: number}} box what there is room for, in device pixels
 * @returns {boolean} false if the canvas is lost, with the graphics card's memory
 */
function paint(context, bitmap, box) {
  try {
    const { canvas } = context;
    const fit = Math.min(box.width / bitmap.width, box.height / bitmap.height);
    const scale = fit > 0 ? Math.min(1, fit) : 1;
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      context.imageSmoothingQuality = 'medium';
    }
    context.drawImage(bitmap, 0, 0, width, height);
    return !context.isContextLost?.();
  } finally {
    bitmap.close();
  }
}

/**
 * Decodes a picture and draws it. Runs in both places too.
 *
 * @param {(canvas: OffscreenCanvas) => ?ImageBitmap} [take] takes the drawing off the canvas
 * @returns {Promise<{drawn: boolean, decoded: number, drawing?: ?ImageBitmap}>} whether it was drawn:
 *   not what is no picture, and not on a canvas that is lost; and how many bitmaps were made for it
 */
async function show(context, blob, box, take = () => null) {
  let decoded = 0;
  try {
    const bitmap = await createImageBitmap(blob);
    decoded = 1;
    const drawn = paint(context, bitmap, box);
    return { drawn, decoded, drawing: drawn ? take(context.canvas) : null };
  } catch {
    return { drawn: false, decoded };
  }
}

/** The worker's program: its text goes there, so it knows nothing of this module but `show`. */
function paintInWorker() {
  const contexts = new Map();
  self.onmessage = async ({ data: { id, gone, blob, box } }) => {
    if (gone) {
      contexts.delete(id);
      return;
    }
    if (!contexts.has(id)) {
      contexts.set(id, new OffscreenCanvas(1, 1).getContext('2d', { alpha: false }));
    }
    const done = await show(contexts.get(id), blob, box, (canvas) => canvas.transferToImageBitmap());
    if (!done.drawn) {
      // The canvas may be lost: the next picture has another.
      contexts.delete(id);
    }
    self.postMessage({ id, ...done }, done.drawing ? [done.drawing] : []);
  };
  self.postMessage({ ready: true });
}

/** The page's one worker. */
class Workshop {
  #worker;
  #lastId = 0;
  /** @type {Map<number, (answer: object) => void>} by painter: it has one picture at a time */
  #waiting = new Map();

  constructor(worker) {
    this.#worker = worker;
    worker.onerror = null;
    worker.onmessage = ({ data }) => {
      const done = this.#waiting.get(data.id) ?? (({ drawing }) => drawing?.close());
      this.#waiting.delete(data.id);
      done(data);
    };
  }

  /** @returns {Promise<?Workshop>} null if there can be none */
  static open() {
    if (!globalThis.Worker || !globalThis.OffscreenCanvas) {
      return Promise.resolve(null);
    }
    const text = `${paint}\n${show}\n(${paintInWorker})();`;
    const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    return new Promise((resolve) => {
      // A policy of the page may forbid it: then there is an error, or silence.
      const worker = new Worker(url);
      const refused = () => {
        clearTimeout(timer);
        worker.terminate();
        resolve(null);
      };
      const timer = setTimeout(refused, START_MILLIS);
      worker.onerror = refused;
      worker.onmessage = () => {
        clearTimeout(timer);
        URL.revokeObjectURL(url);
        resolve(new Workshop(worker));
      };
    }).catch(() => null);
  }

  /** @returns {number} what a painter is called here */
  nextId() {
    return ++this.#lastId;
  }

  /** @returns {Promise<{drawn: boolean, decoded: number, drawing?: ?ImageBitmap}>} */
  draw(id, blob, box) {
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#worker.postMessage({ id, blob, box });
    });
  }

  release(id) {
    this.#worker.postMessage({ id, gone: true });
    this.#waiting.get(id)?.({ drawn: false, decoded: 0 });
    this.#waiting.delete(id);
  }
}

/** @type {?Promise<?Workshop>} */
let workshop = null;

/**
 * Draws on one canvas, in the size that it has on the screen. To be given one picture at a time.
 * What was drawn is on the page when the promise of {@link #draw} is kept.
 */
export class Painter {
  #canvas;
  /** @type {?CanvasRenderingContext2D} */
  #context = null;
  #ready;
  /** @type {?Workshop} */
  #workshop = null;
  #id = 0;
  #closed = false;
  #box = { width: 0, height: 0 };
  #sizes;
  /** Where pictures are decoded: `worker` or `page`, `none` before that is known. */
  place = 'none';
  /** Bitmaps that were made; each was closed before the next. */
  decoded = 0;

  /** @param {HTMLCanvasElement} canvas that has no context yet */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#sizes = new ResizeObserver(([entry]) => (this.#box = entry.contentRect));
    this.#sizes.observe(canvas);
    this.#ready = this.#begin();
  }

  async #begin() {
    workshop ??= Workshop.open();
    this.#workshop = await workshop;
    this.#id = this.#workshop?.nextId() ?? 0;
    this.#context = this.#canvas.getContext('2d', { alpha: false });
    this.place = this.#workshop ? 'worker' : 'page';
  }

  /** What the canvas has room for, in device pixels. */
  get #room() {
    const { devicePixelRatio } = window;
    return { width: this.#box.width * devicePixelRatio, height: this.#box.height * devicePixelRatio };
  }

  /**
   * @param {Blob} blob
   * @returns {Promise<boolean>} whether it was drawn; false if it is no picture
   */
  async draw(blob) {
    await this.#ready;
    if (this.#closed) {
      return false;
    }
    const { drawn, decoded, drawing } = this.#workshop
      ? await this.#workshop.draw(this.#id, blob, this.#room)
      : await show(this.#context, blob, this.#room);
    this.decoded += decoded;
    return drawing ? paint(this.#context, drawing, drawing) : drawn;
  }

  close() {
    this.#closed = true;
    this.#sizes.disconnect();
    this.#workshop?.release(this.#id);
  }
}
