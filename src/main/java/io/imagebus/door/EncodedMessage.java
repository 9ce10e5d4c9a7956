package io.imagebus.door;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One binary WebSocket message for any number of sockets, encoded once in a direct buffer. Whoever
 * made it releases it; each socket holds it only until its bytes are with the kernel. Owned by one
 * event loop. Not thread-safe.
 */
public final class EncodedMessage {

  private final ByteBuf frame;
  private final int headerBytes;
  private @Nullable Buffer payload;

  private EncodedMessage(ByteBuf frame, int headerBytes) {
    this.frame = frame;
    this.headerBytes = headerBytes;
  }

  /** A message of which {@link #append} still has to give the payload, to the byte. */
  public static EncodedMessage ofLength(int payloadBytes) {
    int headerBytes = WebSocketHeader.bytes(payloadBytes);
    int bytes = headerBytes + payloadBytes;
    ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(bytes, bytes);
    WebSocketHeader.write(frame, WebSocketHeader.BINARY, payloadBytes);
    return new EncodedMessage(frame, headerBytes);
  }

  /** A message with this payload. */
  public static EncodedMessage of(byte[] payload) {
    return ofLength(payload.length).append(payload, 0, payload.length);
  }

  /** Adds to the payload. */
  public EncodedMessage append(byte[] bytes, int offset, int length) {
    frame.writeBytes(bytes, offset, length);
    return this;
  }

  /** Gives the owner's hold up. */
  public void release() {
    frame.release();
  }

  /** How many hold it: its owner, and the sockets that have not sent it yet. */
  public int holders() {
    return frame.refCnt();
  }

  /** Bytes on the wire. */
  public int bytes() {
    return frame.writerIndex();
  }

  /** Header and payload for one more socket, which releases it. */
  ByteBuf share() {
    return frame.retainedDuplicate();
  }

  /** The payload on the heap, copied at the first call. */
  public Buffer payload() {
    if (payload == null) {
      payload =
          Buffer.buffer(
              ByteBufUtil.getBytes(frame, headerBytes, frame.writerIndex() - headerBytes));
    }
    return payload;
  }
}
