package io.imagebus.wall;

import io.imagebus.wire.Crc32c;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The text of a file that keeps one record:
 *
 * <pre>
 * imagebus-wall 1 e3069283        format, its version, CRC32C of all after this line
 * {"name":"control-room",…}       the record
 * </pre>
 *
 * Stateless.
 */
final class LayoutFile {

  private static final String FORMAT = "imagebus-wall ";
  private static final String VERSION = "1 ";

  private LayoutFile() {}

  static byte[] write(LayoutRecord record) {
    byte[] body = (LayoutJson.write(record).encode() + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] head = (FORMAT + VERSION + checksum(body) + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  /**
   * Reads a file's text.
   *
   * @throws IllegalArgumentException if it is damaged; says how
   * @throws UnsupportedOperationException if a newer version of this program wrote it
   */
  static LayoutRecord read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    if (!text.startsWith(FORMAT) || end < 0) {
      throw new IllegalArgumentException("does not begin with " + FORMAT.strip());
    }
    if (!text.startsWith(FORMAT + VERSION)) {
      throw new UnsupportedOperationException(
          "is of a format that this version does not know: " + text.substring(0, end));
    }
    String body = text.substring(end + 1);
    if (!text.substring(0, end)
        .equals(FORMAT + VERSION + checksum(body.getBytes(StandardCharsets.UTF_8)))) {
      throw new IllegalArgumentException("its checksum does not hold");
    }
    try {
      return LayoutJson.read(new JsonObject(body));
    } catch (DecodeException e) {
      throw new IllegalArgumentException("is no JSON", e);
    }
  }

  private static String checksum(byte[] bytes) {
    return HexFormat.of().toHexDigits(Crc32c.of(bytes, 0, bytes.length));
  }
}
