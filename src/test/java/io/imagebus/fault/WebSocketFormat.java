package io.imagebus.fault;

import io.imagebus.wire.ChunkHeader;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A WebSocket in one direction: the HTTP head of the upgrade, then frames. Chunks are binary
 * frames; a mask changes nothing about where their bytes lie.
 */
final class WebSocketFormat implements MessageFormat {

  private static final int BINARY = 0x82;
  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;

  private boolean upgraded;

  @Override
  public int length(byte[] bytes, int available) {
    return upgraded ? frameLength(bytes, available) : headLength(bytes, available);
  }

  private static int headLength(byte[] bytes, int available) {
    for (int i = 3; i < available; i++) {
      if (bytes[i] == '\n'
          && bytes[i - 1] == '\r'
          && bytes[i - 2] == '\n'
          && bytes[i - 3] == '\r') {
        return i + 1;
      }
    }
    return 0;
  }

  private static int frameLength(byte[] bytes, int available) {
    return available < 2 || available < headerLength(bytes)
        ? 0
        : headerLength(bytes) + payloadLength(bytes);
  }

  private static int headerLength(byte[] frame) {
    int length = frame[1] & 0x7F;
    int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    return 2 + extended + ((frame[1] & MASKED) == 0 ? 0 : MASK_BYTES);
  }

  private static int payloadLength(byte[] frame) {
    int length = frame[1] & 0x7F;
    if (length == 126) {
      return Short.toUnsignedInt(ByteBuffer.wrap(frame).getShort(2));
    }
    return length == 127 ? Math.toIntExact(ByteBuffer.wrap(frame).getLong(2)) : length;
  }

  @Override
  public Optional<Place> chunk(byte[] message, int length) {
    if (!upgraded) {
      upgraded = true;
      return Optional.empty();
    }
    int headerAt = headerLength(message);
    boolean chunk = (message[0] & 0xFF) == BINARY && length - headerAt > ChunkHeader.BYTES;
    return chunk
        ? Optional.of(new Place(headerAt, headerAt + ChunkHeader.BYTES, length))
        : Optional.empty();
  }
}
