package io.imagebus.wire;

/**
 * A slice of a frame as it travels: header and payload in one array that nobody changes once the
 * chunk exists. Immutable; shared between event loops by reference.
 */
public final class Chunk {

  private final ChunkHeader header;
  private final byte[] bytes;
  private final int payloadStart;

  private Chunk(ChunkHeader header, byte[] bytes, int payloadStart) {
    this.header = header;
    this.bytes = bytes;
    this.payloadStart = payloadStart;
  }

  /**
   * Cuts a chunk out of a picture; the one copy on the way of a picture through its first node.
   *
   * @param header the chunk's header, its payload checksum not yet known
   * @param picture the whole frame
   * @param length payload bytes from {@code header.offset()} on
   */
  public static Chunk cut(ChunkHeader header, byte[] picture, int length) {
    byte[] bytes = new byte[ChunkHeader.BYTES + length];
    System.arraycopy(picture, header.offset(), bytes, ChunkHeader.BYTES, length);
    ChunkHeader sealed =
        new ChunkHeader(
            header.flags(),
            header.stream(),
            header.sequence(),
            header.frameNumber(),
            header.index(),
            header.count(),
            header.captureMicros(),
            header.offset(),
            Crc32c.of(bytes, ChunkHeader.BYTES, length));
    sealed.write(bytes);
    return new Chunk(sealed, bytes, ChunkHeader.BYTES);
  }

  /**
   * A copy of this chunk that says of itself that it was sent again: another flag and header
   * checksum, the same payload and payload checksum.
   */
  public Chunk sentAgain() {
    byte[] copy = new byte[ChunkHeader.BYTES + payloadLength()];
    System.arraycopy(bytes, payloadStart, copy, ChunkHeader.BYTES, payloadLength());
    ChunkHeader marked =
        new ChunkHeader(
            header.flags() | ChunkHeader.FLAG_REPAIRED,
            header.stream(),
            header.sequence(),
            header.frameNumber(),
            header.index(),
            header.count(),
            header.captureMicros(),
            header.offset(),
            header.payloadCrc());
    marked.write(copy);
    return new Chunk(marked, copy, ChunkHeader.BYTES);
  }

  /** Takes over bytes whose header {@link ChunkReader} has found good. */
  static Chunk checked(ChunkHeader header, byte[] bytes, int payloadStart) {
    return new Chunk(header, bytes, payloadStart);
  }

  /** Who the chunk is. */
  public ChunkHeader header() {
    return header;
  }

  /** Header and payload, as they go over the wire; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the payload starts in {@link #bytes()}. */
  public int payloadStart() {
    return payloadStart;
  }

  /** Bytes of the payload. */
  public int payloadLength() {
    return bytes.length - payloadStart;
  }

  /** Bytes on the wire, header and payload. */
  public int wireLength() {
    return bytes.length;
  }
}
