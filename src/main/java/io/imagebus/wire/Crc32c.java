package io.imagebus.wire;

import java.util.zip.CRC32C;

/** The checksum of headers and payloads: CRC32C, RFC 9260 appendix A. */
public final class Crc32c {

  private Crc32c() {}

  /** The checksum of a range of bytes. */
  public static int of(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
