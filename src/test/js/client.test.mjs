// The embeddable client: one file from its modules, its types, and its parts that need no browser.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { chunkCount, writeChunks } from '../../main/resources/webroot/chunk-writer.js';
import { FrameAssembler, readChunk } from '../../main/resources/webroot/chunk.js';
import { isPattern, matches, topicPath } from '../../main/resources/webroot/client/filter.js';
import * as modules from '../../main/resources/webroot/client/main.js';
import { MultipartReader } from '../../main/resources/webroot/client/multipart.js';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const client = 'main/resources/webroot/client';
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
const folder = mkdtempSync(join(tmpdir(), 'client-'));
const file = join(folder, 'imagebus.mjs');

after(() => rmSync(folder, { recursive: true }));

test('the one file exports what the modules export, and imports nothing', async () => {
  execFileSync(java, [at('build/JoinModules.java'), at(`${client}/main.js`), file]);
  const joined = await import(pathToFileURL(file).href);
  assert.deepEqual(Object.keys(joined), Object.keys(modules));
  assert.doesNotMatch(readFileSync(file, 'utf8'), /^import\b/m);
});

test('the types name the exports, all of them', () => {
  const types = readFileSync(at(`${client}/imagebus.d.ts`), 'utf8');
  const named = [...types.matchAll(/^export (?:function|class|const) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(named.sort(), Object.keys(modules).sort());
});

test('the types name the members of a bus, a subscription, a publication and a status', async () => {
  const types = readFileSync(at(`${client}/imagebus.d.ts`), 'utf8');
  globalThis.WebSocket = class {
    close() {}
  };
  const bus = modules.connect('http://127.0.0.1:9');
  const subscription = bus.subscribe('a');
  const [status] = subscription.status();
  const made = { Bus: bus, Subscription: subscription, Publication: bus.publish('b'), TopicStatus: status };
  for (const [name, object] of Object.entries(made)) {
    const text = types.match(new RegExp(`^export interface ${name} \\{([^]*?)^\\}`, 'm'))[1];
    const members = [...text.matchAll(/^ {2}(?:readonly )?(\w+)[(:]/gm)].map(([, member]) => member);
    assert.ok(members.length > 3);
    members.forEach((member) => assert.ok(member in object, `${name}.${member}`));
    if (object === status) {
      assert.deepEqual(members.sort(), Object.keys(status).sort());
    }
  }
  bus.close();
});

test('the package names files that are there', () => {
  const about = JSON.parse(readFileSync(at(`${client}/package.json`), 'utf8'));
  assert.equal(about.exports['.'].default, './imagebus.js');
  assert.equal(about.exports['.'].types, './imagebus.d.ts');
  assert.deepEqual(about.files, ['imagebus.js', 'imagebus.d.ts']);
});

test('filters match as on the node', () => {
  const yes = [['a/b', 'a/b'], ['a/+', 'a/b'], ['a/#', 'a'], ['a/#', 'a/b/c'], ['#', 'a/b'], ['+/b', 'a/b']];
  const no = [['a/b', 'a'], ['a/+', 'a'], ['a/+', 'a/b/c'], ['a/#', 'ab'], ['+', 'a/b'], ['a', 'a/b']];
  yes.forEach(([filter, topic]) => assert.ok(matches(filter, topic), `${filter} ${topic}`));
  no.forEach(([filter, topic]) => assert.ok(!matches(filter, topic), `${filter} ${topic}`));
  assert.ok(isPattern('a/+/c') && isPattern('#') && !isPattern('a/b+c'));
  assert.equal(topicPath('site/hall 2/gate'), 'site/hall%202/gate');
});

test('what is cut into chunks comes out whole', () => {
  const picture = Uint8Array.from({ length: 1000 }, (_, i) => i * 7);
  const numbers = { stream: 0xfedcba9876543210n, sequence: 41n, frame: 9, captureMicros: 1767225600250000 };
  const chunks = writeChunks(numbers, picture, 352);
  assert.equal(chunks.length, 4);
  assert.equal(chunkCount(1000, 352), 4);
  const assembler = new FrameAssembler(4096);
  const read = chunks.map((bytes) => readChunk(bytes.buffer));
  assert.deepEqual(read.map(({ sequence }) => sequence), [41n, 42n, 43n, 44n]);
  assert.ok(read.every(({ stream, good }) => stream === numbers.stream && good));
  assert.deepEqual(chunks.map((bytes) => bytes[1]), [0, 0, 0, 1]);
  const frames = read.map((chunk) => assembler.add(chunk, 0));
  assert.deepEqual(frames.slice(0, 3), [null, null, null]);
  assert.equal(frames[3].captureMicros, numbers.captureMicros);
  assert.deepEqual(Buffer.concat(frames[3].parts), Buffer.from(picture));
});

test('parts come out whole, however the bytes are cut', () => {
  const text =
    '--imagebus-frame\r\nContent-Type: image/jpeg\r\nContent-Length: 5\r\nX-Timestamp: 1.5\r\n\r\n' +
    'a\r\n-b\r\n--imagebus-frame\r\nContent-Length: 3\r\nX-Timestamp: 2.5\r\n\r\nxyz\r\n--imagebus-frame\r\n';
  const bytes = new TextEncoder().encode(text);
  for (let step = 1; step <= bytes.length; step++) {
    const reader = new MultipartReader(100);
    const parts = [];
    for (let from = 0; from < bytes.length; from += step) {
      parts.push(...reader.push(bytes.slice(from, from + step)));
    }
    assert.deepEqual(parts.map(({ body }) => new TextDecoder().decode(body)), ['a\r\n-b', 'xyz']);
    assert.deepEqual(parts.map(({ headers }) => headers.get('x-timestamp')), ['1.5', '2.5']);
  }
});

test('a part that is too long, or does not say how long it is, is an error', () => {
  const push = (text) => new MultipartReader(10).push(new TextEncoder().encode(text));
  assert.throws(() => push('--x\r\nContent-Length: 11\r\n\r\n'));
  assert.throws(() => push('--x\r\nContent-Type: image/jpeg\r\n\r\n'));
  assert.throws(() => push('no multipart'.repeat(1000)));
});
