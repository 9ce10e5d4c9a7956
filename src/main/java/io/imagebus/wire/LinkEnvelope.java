package io.imagebus.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What goes before every message between two nodes, in network byte order.
 *
 * <pre>
 * +---------------+---------------+-------------------------------+
 * |  version = 1  |     kind      |       header length = 64      |  0
 * +---------------+---------------+-------------------------------+
 * |   CRC32C of bytes 0-3, 8-63 and, but for chunks, the body     |  4
 * +---------------------------------------------------------------+
 * |                   sending node, a UUID (128)                  |  8
 * +---------------------------------------------------------------+
 * |                         link epoch (64)                       | 24
 * +---------------------------------------------------------------+
 * |    offset in the link after this message, 0 = unfinished (64) | 32
 * +---------------------------------------------------------------+
 * |              sender's monotonic clock, nanoseconds (64)       | 40
 * +---------------------------------------------------------------+
 * |   numbers of the stream skipped on purpose so far (64)        | 48
 * +---------------------------------------------------------------+
 * |                         stream id (64)                        | 56
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>A chunk in the body has checksums of its own: if they fail while this header holds, the loss
 * is still put down to the right link.
 *
 * @param epoch a random number of the sender's link object; offsets count within it
 * @param endOffset acknowledged by the receiver once the message is consumed; 0 in the middle of a
 *     frame
 * @param sentNanos only differences of one sender's values mean anything
 */
public record LinkEnvelope(
    Kind kind,
    UUID node,
    long epoch,
    long endOffset,
    long sentNanos,
    long skippedTotal,
    long stream) {

  /** Bytes of the header as this version writes it. */
  public static final int BYTES = 64;

  private static final int VERSION = 1;
  private static final int CHECKSUM_AT = 4;
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  /** What the body is. */
  public enum Kind {
    /** A chunk. */
    CHUNK(1),
    /** Another event of a stream, as JSON. */
    EVENT(2),
    /** Nothing: the sender asks how far the receiver is. */
    PROBE(3),
    /** Nothing: the receiver has consumed up to {@code endOffset} of {@code epoch}. */
    ACK(4),
    /** {@link NumberRanges} of the stream that the receiver misses and asks for. */
    REQUEST(5),
    /** {@link NumberRanges} that were asked for and cannot be sent again. */
    REFUSAL(6);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    private static Optional<Kind> of(byte code) {
      return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }

  /** The header's bytes, sealed over the body. */
  public byte[] encode(byte[] body) {
    byte[] header = new byte[BYTES];
    header[0] = VERSION;
    header[1] = kind.code;
    SHORT.set(header, 2, (short) BYTES);
    LONG.set(header, 8, node.getMostSignificantBits());
    LONG.set(header, 16, node.getLeastSignificantBits());
    LONG.set(header, 24, epoch);
    LONG.set(header, 32, endOffset);
    LONG.set(header, 40, sentNanos);
    LONG.set(header, 48, skippedTotal);
    LONG.set(header, 56, stream);
    INT.set(header, CHECKSUM_AT, checksum(header, kind, body));
    return header;
  }

  private static int checksum(byte[] header, Kind kind, byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(header, 0, CHECKSUM_AT);
    crc.update(header, CHECKSUM_AT + Integer.BYTES, BYTES - CHECKSUM_AT - Integer.BYTES);
    if (kind != Kind.CHUNK) {
      crc.update(body, 0, body.length);
    }
    return (int) crc.getValue();
  }

  /** Reads a header; empty if its checksum does not hold or its version is not known. */
  public static Optional<LinkEnvelope> decode(byte[] header, byte[] body) {
    if (header.length != BYTES || header[0] != VERSION) {
      return Optional.empty();
    }
    return Kind.of(header[1]).flatMap(kind -> decode(kind, header, body));
  }

  private static Optional<LinkEnvelope> decode(Kind kind, byte[] header, byte[] body) {
    if ((int) INT.get(header, CHECKSUM_AT) != checksum(header, kind, body)) {
      return Optional.empty();
    }
    return Optional.of(
        new LinkEnvelope(
            kind,
            new UUID((long) LONG.get(header, 8), (long) LONG.get(header, 16)),
            (long) LONG.get(header, 24),
            (long) LONG.get(header, 32),
            (long) LONG.get(header, 40),
            (long) LONG.get(header, 48),
            (long) LONG.get(header, 56)));
  }
}
