/**
 * CRC32C (Castagnoli), as in RFC 3720 appendix B.4, eight bytes at a time.
 *
 * @module crc32c
 */

const POLYNOMIAL = 0x82f63b78; // reflected
const SLICES = 8;

/* Table 0 is the classic table for one byte; table i takes a byte that lies i bytes before the end. */
const TABLES = makeTables();

function makeTables() {
  const tables = new Int32Array(SLICES * 256);
  for (let value = 0; value < 256; value++) {
    let crc = value;
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    }
    tables[value] = crc;
  }
  for (let i = 256; i < tables.length; i++) {
    const before = tables[i - 256];
    tables[i] = (before >>> 8) ^ tables[before & 0xff];
  }
  return tables;
}

/**
 * The checksum of a range of bytes.
 *
 * @param {Uint8Array} bytes
 * @param {number} [start] first byte
 * @param {number} [end] one after the last byte
 * @returns {number} unsigned 32 bits
 */
export function crc32c(bytes, start = 0, end = bytes.length) {
  const t = TABLES;
  let crc = -1;
  let i = start;
  for (const last = end - (SLICES - 1); i < last; i += SLICES) {
    crc =
      t[1792 | ((crc ^ bytes[i]) & 0xff)] ^
      t[1536 | (((crc >>> 8) ^ bytes[i + 1]) & 0xff)] ^
      t[1280 | (((crc >>> 16) ^ bytes[i + 2]) & 0xff)] ^
      t[1024 | ((crc >>> 24) ^ bytes[i + 3])] ^
      t[768 | bytes[i + 4]] ^
      t[512 | bytes[i + 5]] ^
      t[256 | bytes[i + 6]] ^
      t[bytes[i + 7]];
  }
  for (; i < end; i++) {
    crc = (crc >>> 8) ^ t[(crc ^ bytes[i]) & 0xff];
  }
  return ~crc >>> 0;
}
