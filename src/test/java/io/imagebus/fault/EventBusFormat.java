package io.imagebus.fault;

import io.imagebus.wire.ChunkHeader;
import io.imagebus.wire.LinkEnvelope;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Messages between the event buses of two Vert.x nodes, from sender to receiver. Of each: length (4
 * bytes), version, codec, the codec's name if it is the user's, kind, address, reply address,
 * sender, headers (their length counts itself), body. A link message's body: length, envelope,
 * chunk.
 */
final class EventBusFormat implements MessageFormat {

  private static final int WIRE_VERSION = 2;
  private static final byte USER_CODEC = -1;
  private static final String LINK_CODEC = "imagebus-link";

  /** In the envelope. */
  private static final int KIND_AT = 1;

  private static final byte KIND_CHUNK = 1;

  @Override
  public int length(byte[] bytes, int available) {
    return available < Integer.BYTES ? 0 : Integer.BYTES + ByteBuffer.wrap(bytes).getInt();
  }

  @Override
  public Optional<Place> chunk(byte[] message, int length) {
    ByteBuffer in = ByteBuffer.wrap(message, Integer.BYTES, length - Integer.BYTES);
    if (in.remaining() < 2 || in.get() != WIRE_VERSION || in.get() != USER_CODEC) {
      return Optional.empty();
    }
    if (!LINK_CODEC.equals(text(in))) {
      return Optional.empty();
    }
    in.get();
    text(in);
    text(in);
    text(in);
    in.position(in.position() + in.getInt(in.position()));
    int bodyBytes = in.getInt();
    int envelopeAt = in.position();
    boolean chunk = message[envelopeAt + KIND_AT] == KIND_CHUNK;
    int headerAt = envelopeAt + LinkEnvelope.BYTES;
    return chunk
        ? Optional.of(new Place(headerAt, headerAt + ChunkHeader.BYTES, envelopeAt + bodyBytes))
        : Optional.empty();
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
  }
}
