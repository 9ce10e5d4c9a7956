package io.imagebus.bus;

import io.imagebus.wire.LinkEnvelope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Puts link messages on the event bus as the bytes that they are: no JSON, no second copy on the
 * way out, one copy on the way in.
 */
final class LinkMessageCodec implements MessageCodec<LinkMessage, LinkMessage> {

  static final String NAME = "imagebus-link";

  /** A giant length must not make the receiver allocate: no link message is longer. */
  private static final int MAX_BYTES = 4 << 20;

  @Override
  public void encodeToWire(Buffer buffer, LinkMessage message) {
    buffer.appendInt(message.header().length + message.body().length);
    buffer.appendBytes(message.header()).appendBytes(message.body());
  }

  @Override
  public LinkMessage decodeFromWire(int position, Buffer buffer) {
    int start = position + Integer.BYTES;
    int length = start > buffer.length() ? 0 : buffer.getInt(position);
    if (length < LinkEnvelope.BYTES || length > MAX_BYTES || start + length > buffer.length()) {
      return new LinkMessage(new byte[0], new byte[0]);
    }
    int split = start + LinkEnvelope.BYTES;
    return new LinkMessage(buffer.getBytes(start, split), buffer.getBytes(split, start + length));
  }

  @Override
  public LinkMessage transform(LinkMessage message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
