package io.imagebus.door;

import io.imagebus.frame.Topic;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Topics in the path of a request: slashes as they are, other characters percent-encoded. */
public final class TopicPath {

  private TopicPath() {}

  /**
   * Reads the topic between a prefix and a suffix of a raw path.
   *
   * @param rawPath the path as it came, not decoded
   * @throws IllegalArgumentException if it is no topic; says why
   */
  public static Topic parse(String rawPath, String prefix, String suffix) {
    int end = rawPath.length() - suffix.length();
    if (!rawPath.startsWith(prefix) || !rawPath.endsWith(suffix) || end < prefix.length()) {
      throw new IllegalArgumentException("topic is empty; write for example site/hall-2/gate");
    }
    return new Topic(decode(rawPath.substring(prefix.length(), end)));
  }

  /**
   * Decodes percent-encoded UTF-8; unlike in forms, {@code +} is a plus sign.
   *
   * @throws IllegalArgumentException if it is not valid UTF-8 or has a broken escape
   */
  public static String decode(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.write(hex(raw, i + 1) << 4 | hex(raw, i + 2));
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("topic is not valid UTF-8", e);
    }
  }

  private static int hex(String raw, int at) {
    int digit = at < raw.length() ? Character.digit(raw.charAt(at), 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException(
          "topic has a broken escape at position " + at + "; write %25 for a percent sign");
    }
    return digit;
  }
}
