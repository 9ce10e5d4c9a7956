package io.imagebus.wire;

/** Reads chunks from bytes that may be anything. Stateless. */
public final class ChunkReader {

  private ChunkReader() {}

  /** What the bytes were. */
  public sealed interface Read {}

  /** A chunk whose two checksums hold. */
  public record Good(Chunk chunk) implements Read {}

  /** A chunk that is known by its header, with a payload that was changed on the way. */
  public record CorruptPayload(ChunkHeader header) implements Read {}

  /** Bytes of which nothing may be believed. */
  public record Unattributable(String why) implements Read {}

  /**
   * Checks and reads one chunk.
   *
   * @param bytes header and payload; taken over, not to be changed by the caller afterwards
   */
  public static Read read(byte[] bytes) {
    if (bytes.length < ChunkHeader.BYTES) {
      return new Unattributable(
          "a chunk has at least " + ChunkHeader.BYTES + " bytes, this one " + bytes.length);
    }
    if (bytes[0] != ChunkHeader.VERSION) {
      return new Unattributable(
          "chunk version "
              + Byte.toUnsignedInt(bytes[0])
              + " is not known; this node speaks version 1");
    }
    if (!ChunkHeader.headerChecksumHolds(bytes)) {
      return new Unattributable("the header's checksum (CRC32C of bytes 0-47) does not hold");
    }
    int headerLength = ChunkHeader.headerLength(bytes);
    if (headerLength < ChunkHeader.BYTES || headerLength > bytes.length) {
      return new Unattributable(
          "header length " + headerLength + " in a message of " + bytes.length + " bytes");
    }
    ChunkHeader header = ChunkHeader.read(bytes);
    int payloadLength = bytes.length - headerLength;
    if (Crc32c.of(bytes, headerLength, payloadLength) != header.payloadCrc()) {
      return new CorruptPayload(header);
    }
    return new Good(Chunk.checked(header, bytes, headerLength));
  }
}
