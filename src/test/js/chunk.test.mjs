// Chunks of imagebus.v1: checksums, header, and chunks to frames.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameAssembler, readChunk } from '../../main/resources/webroot/chunk.js';
import { crc32c } from '../../main/resources/webroot/crc32c.js';

const bytes = (length, value) => Uint8Array.from({ length }, (_, i) => value(i));

/** A chunk as a node writes it. */
function write({ sequence = 0n, frame = 0n, index = 0, count = 1, offset = 0, payload }) {
  const buffer = new ArrayBuffer(52 + payload.length);
  const view = new DataView(buffer);
  const all = new Uint8Array(buffer);
  all.set(payload, 52);
  view.setUint8(0, 1);
  view.setUint16(2, 52);
  view.setBigUint64(4, 0xfedcba9876543210n);
  view.setBigUint64(12, sequence);
  view.setBigUint64(20, frame);
  view.setUint16(28, index);
  view.setUint16(30, count);
  view.setBigInt64(32, 1_700_000_000_000_000n);
  view.setUint32(40, offset);
  view.setUint32(44, crc32c(payload));
  view.setUint32(48, crc32c(all, 0, 48));
  return buffer;
}

const chunk = (fields) => readChunk(write({ payload: bytes(4, () => 7), ...fields }));

// RFC 3720 appendix B.4.
test('crc32c_ofTheVectorsOfRfc3720_isTheirs', () => {
  assert.equal(crc32c(bytes(32, () => 0)), 0x8a9136aa);
  assert.equal(crc32c(bytes(32, () => 0xff)), 0x62a8ab43);
  assert.equal(crc32c(bytes(32, (i) => i)), 0x46dd794e);
  assert.equal(crc32c(bytes(32, (i) => 31 - i)), 0x113fdb5c);
  assert.equal(crc32c(new TextEncoder().encode('123456789')), 0xe3069283);
});

test('crc32c_ofARange_isThatOfItsBytes', () => {
  const all = bytes(100, (i) => (i * 37) & 0xff);
  for (const [start, end] of [[0, 0], [3, 4], [1, 18], [9, 100]]) {
    assert.equal(crc32c(all, start, end), crc32c(all.slice(start, end)));
  }
});

test('readChunk_intact_givesItsFields', () => {
  const payload = bytes(1000, (i) => i & 0xff);
  const read = readChunk(write({ sequence: 2n ** 64n - 1n, frame: 3n, index: 1, count: 2, offset: 500, payload }));
  assert.equal(read.stream, 0xfedcba9876543210n);
  assert.equal(read.sequence, 2n ** 64n - 1n);
  assert.deepEqual([read.frame, read.index, read.count, read.offset], [3, 1, 2, 500]);
  assert.equal(read.captureMicros, 1_700_000_000_000_000);
  assert.equal(read.good, true);
  assert.deepEqual(read.payload, payload);
});

test('readChunk_damagedPayload_saysWhichChunk', () => {
  const buffer = write({ sequence: 9n, payload: bytes(20, (i) => i) });
  new Uint8Array(buffer)[60] ^= 1;
  assert.equal(readChunk(buffer).good, false);
  assert.equal(readChunk(buffer).sequence, 9n);
});

test('readChunk_damagedHeader_saysNothing', () => {
  for (let i = 0; i < 52; i++) {
    const buffer = write({ payload: bytes(20, (n) => n) });
    new Uint8Array(buffer)[i] ^= 0x10;
    const read = readChunk(buffer);
    assert.equal(read, null, `byte ${i}`);
  }
  assert.equal(readChunk(new ArrayBuffer(51)), null);
});

test('assembler_chunksInAnyOrder_giveTheFrame', () => {
  const assembler = new FrameAssembler(1000);
  const first = chunk({ index: 0, count: 2, payload: bytes(3, () => 1) });
  const second = chunk({ index: 1, count: 2, payload: bytes(3, () => 2) });
  assert.equal(assembler.add(second, 0), null);
  assert.deepEqual(assembler.add(first, 0).parts, [first.payload, second.payload]);
});

test('assembler_thirdUnfinishedFrame_endsTheOldest', () => {
  const assembler = new FrameAssembler(1000);
  for (const frame of [0n, 1n, 2n]) {
    assembler.add(chunk({ frame, index: 0, count: 2 }), 0);
  }
  assert.equal(assembler.abandoned, 1);
  assert.equal(assembler.add(chunk({ frame: 0n, index: 1, count: 2 }), 0), null);
});

test('assembler_newerFrameComplete_olderOnesAreOver', () => {
  const assembler = new FrameAssembler(1000);
  assembler.add(chunk({ frame: 4n, index: 0, count: 2 }), 0);
  assert.equal(assembler.add(chunk({ frame: 5n }), 0).number, 5);
  assert.equal(assembler.add(chunk({ frame: 4n, index: 1, count: 2 }), 0), null);
  assert.equal(assembler.add(chunk({ frame: 5n }), 0), null);
  assert.equal(assembler.abandoned, 1);
});

test('assembler_frameOverTheLimit_isGivenUp', () => {
  const assembler = new FrameAssembler(5);
  assembler.add(chunk({ index: 0, count: 2 }), 0);
  assert.equal(assembler.add(chunk({ index: 1, count: 2 }), 0), null);
  assert.equal(assembler.abandoned, 1);
});

test('assembler_unfinishedForTwoSeconds_isGivenUpByNumber', () => {
  const assembler = new FrameAssembler(1000);
  assembler.add(chunk({ frame: 7n, index: 0, count: 2 }), 100);
  assert.equal(assembler.tick(2099), null);
  assert.equal(assembler.tick(2100), 7);
});
