package io.imagebus.testbed;

import io.imagebus.client.JpegSplitter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The pictures of the demo, each copy made unlike all others: its number stands in the last eight
 * bytes, behind the end of the JPEG, where decoders do not look. Immutable.
 */
public final class Footage {

  private static final List<String> SCENES = List.of("cockatoo", "night-city", "mountain", "creek");

  private final List<byte[]> pictures = new ArrayList<>();
  private final int minBytes;

  /** Pictures of at least this length; shorter ones are filled up with zeros. */
  public Footage(int minBytes) throws IOException {
    this.minBytes = minBytes;
    for (String scene : SCENES) {
      try (InputStream file = Footage.class.getResourceAsStream("/footage/" + scene + ".mjpeg")) {
        byte[] bytes = file.readAllBytes();
        new JpegSplitter(1 << 20, pictures::add).feed(bytes, 0, bytes.length);
      }
    }
  }

  /** The picture with this number. */
  public byte[] picture(long number) {
    byte[] plain = pictures.get((int) (number % pictures.size()));
    byte[] numbered = Arrays.copyOf(plain, Math.max(plain.length + Long.BYTES, minBytes));
    ByteBuffer.wrap(numbered).putLong(numbered.length - Long.BYTES, number);
    return numbered;
  }

  /** The number in a picture's last bytes. */
  public static long numberOf(byte[] picture) {
    return ByteBuffer.wrap(picture).getLong(picture.length - Long.BYTES);
  }

  /** The picture's SHA-256. */
  public static String digest(byte[] picture) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(picture);
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
