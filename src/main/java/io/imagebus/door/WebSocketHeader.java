package io.imagebus.door;

import io.netty.buffer.ByteBuf;

/**
 * The header of a whole WebSocket message from server to client: FIN set, not masked, RFC 6455
 * §5.2.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-----+-------+-+-------------+-------------------------------+
 * |1|0 0 0| opcode|0| length, 126 | length if 126, 8 bytes of it  |
 * | |     |       | |   or 127    | if 127                        |
 * +-+-----+-------+-+-------------+-------------------------------+
 * </pre>
 */
final class WebSocketHeader {

  static final int TEXT = 0x81;
  static final int BINARY = 0x82;

  private static final int TWO_MORE = 126;
  private static final int EIGHT_MORE = 127;

  private WebSocketHeader() {}

  static int bytes(int payloadBytes) {
    if (payloadBytes < TWO_MORE) {
      return 2;
    }
    return payloadBytes <= 0xFFFF ? 4 : 10;
  }

  static void write(ByteBuf target, int firstByte, int payloadBytes) {
    target.writeByte(firstByte);
    if (payloadBytes < TWO_MORE) {
      target.writeByte(payloadBytes);
    } else if (payloadBytes <= 0xFFFF) {
      target.writeByte(TWO_MORE).writeShort(payloadBytes);
    } else {
      target.writeByte(EIGHT_MORE).writeLong(payloadBytes);
    }
  }
}
