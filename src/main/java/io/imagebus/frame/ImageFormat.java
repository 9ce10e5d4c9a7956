package io.imagebus.frame;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The encodings that the bus carries. */
public enum ImageFormat {
  /** ISO/IEC 10918. */
  JPEG("image/jpeg", "jpg"),
  /** W3C PNG. */
  PNG("image/png", "png"),
  /** RFC 9649. */
  WEBP("image/webp", "webp");

  private final String contentType;
  private final String fileExtension;

  ImageFormat(String contentType, String fileExtension) {
    this.contentType = contentType;
    this.fileExtension = fileExtension;
  }

  /** The media type, such as {@code image/jpeg}. */
  public String contentType() {
    return contentType;
  }

  /** The usual ending of a file name, without the dot. */
  public String fileExtension() {
    return fileExtension;
  }

  /** The format of a media type; parameters and case do not matter. */
  public static Optional<ImageFormat> fromContentType(String mediaType) {
    String type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(f -> f.contentType.equals(type)).findFirst();
  }
}
