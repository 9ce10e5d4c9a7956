package io.imagebus.chunk;

import io.imagebus.wire.Chunk;
import io.imagebus.wire.ChunkReader;
import io.imagebus.wire.Crc32c;
import java.nio.ByteBuffer;

/** Chunks that no chunker makes, with checksums that hold. */
public final class Chunks {

  private Chunks() {}

  /** The chunk with another offset. */
  public static Chunk withOffset(Chunk chunk, int offset) {
    return ((ChunkReader.Good) ChunkReader.read(patched(chunk.bytes(), 40, 4, offset))).chunk();
  }

  /** A copy of header and payload with one field changed and the header sealed again. */
  public static byte[] patched(byte[] chunk, int at, int fieldBytes, long value) {
    byte[] copy = chunk.clone();
    ByteBuffer bytes = ByteBuffer.wrap(copy);
    switch (fieldBytes) {
      case 1 -> bytes.put(at, (byte) value);
      case 2 -> bytes.putShort(at, (short) value);
      case 4 -> bytes.putInt(at, (int) value);
      default -> bytes.putLong(at, value);
    }
    bytes.putInt(48, Crc32c.of(copy, 0, 48));
    return copy;
  }
}
