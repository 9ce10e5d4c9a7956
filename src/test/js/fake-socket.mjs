// A page without a browser: the socket is the test's. Importing it puts it in the place of the real one.

import { writeChunks } from '../../main/resources/webroot/chunk-writer.js';

/** The newest socket that was opened. */
export let socket;

class FakeSocket {
  static OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  sent = [];

  constructor(address) {
    this.address = address;
    socket = this;
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {}

  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }

  welcome() {
    this.say({ type: 'welcome', node: 'a', limits: {}, nodes: [] });
  }

  stream(ids, topic, stream = '00000000000000ff', first = 0) {
    this.say({ type: 'stream', ids, stream, topic, first, contentType: 'image/jpeg' });
  }

  /** A picture of one chunk. */
  picture(frame, bytes = [1, 2, 3], stream = 255n) {
    const numbers = { stream, sequence: BigInt(frame), frame, captureMicros: Date.now() * 1000 };
    const [chunk] = writeChunks(numbers, Uint8Array.from(bytes), 1024);
    this.onmessage({ data: chunk.buffer });
  }

  /** What was sent of some types, since it was last asked. */
  take(...types) {
    const taken = this.sent.filter(({ type }) => types.includes(type));
    this.sent = [];
    return taken;
  }
}

globalThis.WebSocket = FakeSocket;
