package io.imagebus.wire;

import io.imagebus.frame.StreamId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Who a chunk is: the first 52 bytes of it, in network byte order.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |  version = 1  |     flags     |         header length         |  0
 * +---------------+---------------+-------------------------------+
 * |                           stream id                           |  4
 * |                                                               |
 * +---------------------------------------------------------------+
 * |                        chunk sequence                         | 12
 * |                                                               |
 * +---------------------------------------------------------------+
 * |                         frame number                          | 20
 * |                                                               |
 * +-------------------------------+-------------------------------+
 * |     chunk index in frame      |     chunk count of frame      | 28
 * +-------------------------------+-------------------------------+
 * |            capture time, microseconds since 1970              | 32
 * |                                                               |
 * +---------------------------------------------------------------+
 * |              offset of the payload in the frame               | 40
 * +---------------------------------------------------------------+
 * |                     CRC32C of the payload                     | 44
 * +---------------------------------------------------------------+
 * |                  CRC32C of header bytes 0-47                  | 48
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Two checksums, because they mean two things: a bad header says nothing about whose chunk it
 * was; a bad payload says exactly which chunk is corrupt. A reader skips header bytes beyond those
 * it knows.
 *
 * @param flags bit 0 last chunk of its frame, bit 1 sent again on request
 * @param stream whose chunk
 * @param sequence 0 for the stream's first chunk, +1 for every chunk; unsigned
 * @param frameNumber 0 for the source stream's first frame, +1 for every frame
 * @param index 0 to count − 1
 * @param count chunks of the frame, 1 to 65,535
 * @param captureMicros capture time, microseconds since 1970 UTC
 * @param offset of the payload in the frame, bytes
 * @param payloadCrc CRC32C of the payload
 */
public record ChunkHeader(
    int flags,
    StreamId stream,
    long sequence,
    long frameNumber,
    int index,
    int count,
    long captureMicros,
    int offset,
    int payloadCrc) {

  /** The layout that this class writes and reads. */
  public static final int VERSION = 1;

  /** Bytes of the header as this version writes it. */
  public static final int BYTES = 52;

  /** Flag: the last chunk of its frame. */
  public static final int FLAG_LAST = 1;

  /** Flag: sent again on request. */
  public static final int FLAG_REPAIRED = 2;

  private static final int CHECKED_BYTES = 48;
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }

  /** Writes the header with its own checksum at the start of {@code target}. */
  void write(byte[] target) {
    target[0] = VERSION;
    target[1] = (byte) flags;
    SHORT.set(target, 2, (short) BYTES);
    LONG.set(target, 4, stream.value());
    LONG.set(target, 12, sequence);
    LONG.set(target, 20, frameNumber);
    SHORT.set(target, 28, (short) index);
    SHORT.set(target, 30, (short) count);
    LONG.set(target, 32, captureMicros);
    INT.set(target, 40, offset);
    INT.set(target, 44, payloadCrc);
    INT.set(target, 48, Crc32c.of(target, 0, CHECKED_BYTES));
  }

  /** Reads the header at the start of {@code source}, which holds at least {@link #BYTES}. */
  static ChunkHeader read(byte[] source) {
    return new ChunkHeader(
        Byte.toUnsignedInt(source[1]),
        new StreamId((long) LONG.get(source, 4)),
        (long) LONG.get(source, 12),
        (long) LONG.get(source, 20),
        Short.toUnsignedInt((short) SHORT.get(source, 28)),
        Short.toUnsignedInt((short) SHORT.get(source, 30)),
        (long) LONG.get(source, 32),
        (int) INT.get(source, 40),
        (int) INT.get(source, 44));
  }

  static int headerLength(byte[] source) {
    return Short.toUnsignedInt((short) SHORT.get(source, 2));
  }

  static boolean headerChecksumHolds(byte[] source) {
    return (int) INT.get(source, 48) == Crc32c.of(source, 0, CHECKED_BYTES);
  }

  /** Whether this copy was sent again because the first one did not arrive whole. */
  public boolean isRepaired() {
    return (flags & FLAG_REPAIRED) != 0;
  }

  /** Whether this is the last chunk of its frame. */
  public boolean isLast() {
    return (flags & FLAG_LAST) != 0;
  }
}
