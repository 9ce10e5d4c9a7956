package io.imagebus.frame;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * A label says what was asked for, not what comes of it at one camera: so one wildcard interest
 * stands for cameras of every size, and who asks need not know them.
 *
 *   label  = "source" | size [ "-q" quality | "-b" bytes ] [ "-" format ]
 *   size   = [ width ] "x" [ height ] | "full"
 *
 *   640x360            fits into 640 x 360 pixels, encoded as the node sees fit
 *   640x-q60-webp      at most 640 wide, WebP of quality 60
 *   full-b40000        as large as the source, at most 40,000 bytes
 */
/**
 * The form in which a topic's frames are wanted or sent; each variant is a stream of its own.
 * Compared by label. Immutable.
 */
public final class Variant {

  /** The frames as they were published, byte for byte. */
  public static final Variant SOURCE = new Variant(0, 0, 0, 0, Optional.empty());

  /** The longest side that a label may name. */
  public static final int MAX_SIDE = 65_535;

  private static final String SOURCE_LABEL = "source";
  private static final String FULL = "full";
  private static final int MAX_LABEL = 64;
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?:full|([1-9][0-9]{0,4})?x([1-9][0-9]{0,4})?)"
              + "(?:-q([1-9][0-9]{0,2})|-b([1-9][0-9]{0,8}))?(?:-(jpeg|png|webp))?");

  private final int maxWidth;
  private final int maxHeight;
  private final int quality;
  private final int maxBytes;
  private final Optional<ImageFormat> format;
  private final String label;

  private Variant(
      int maxWidth, int maxHeight, int quality, int maxBytes, Optional<ImageFormat> format) {
    this.maxWidth = bounded("width", maxWidth, MAX_SIDE);
    this.maxHeight = bounded("height", maxHeight, MAX_SIDE);
    this.quality = bounded("quality", quality, 100);
    this.maxBytes = bounded("bytes", maxBytes, Integer.MAX_VALUE);
    this.format = format;
    this.label = write();
  }

  private static int bounded(String name, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(name + " of a variant is " + value + "; at most " + most);
    }
    return value;
  }

  /** The frames within these bounds; 0 is no bound. With none it is the source. */
  public static Variant within(int maxWidth, int maxHeight) {
    return new Variant(maxWidth, maxHeight, 0, 0, Optional.empty());
  }

  /** The same at a fixed quality, 1 to 100 on the scale of libjpeg. */
  public Variant withQuality(int percent) {
    return new Variant(maxWidth, maxHeight, percent, 0, format);
  }

  /** The same with at most so many bytes a frame. */
  public Variant withMaxBytes(int bytes) {
    return new Variant(maxWidth, maxHeight, 0, bytes, format);
  }

  /** The same in this format. */
  public Variant in(ImageFormat wanted) {
    return new Variant(maxWidth, maxHeight, quality, maxBytes, Optional.of(wanted));
  }

  /** The same within other bounds; 0 is no bound. */
  public Variant resized(int width, int height) {
    return new Variant(width, height, quality, maxBytes, format);
  }

  /**
   * Reads a label.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Variant parse(String label) {
    if (label.equals(SOURCE_LABEL)) {
      return SOURCE;
    }
    Matcher read = GRAMMAR.matcher(label);
    if (label.length() > MAX_LABEL || !read.matches()) {
      throw new IllegalArgumentException("'" + label + "' is no variant, such as 640x360-q75");
    }
    Variant parsed =
        new Variant(
            number(read.group(1)),
            number(read.group(2)),
            number(read.group(3)),
            number(read.group(4)),
            Optional.ofNullable(read.group(5))
                .map(name -> ImageFormat.valueOf(name.toUpperCase(Locale.ROOT))));
    if (!parsed.label.equals(label)) {
      throw new IllegalArgumentException("'" + label + "' is written " + parsed.label);
    }
    return parsed;
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private String write() {
    StringBuilder text = new StringBuilder();
    if (maxWidth == 0 && maxHeight == 0) {
      if (quality == 0 && maxBytes == 0 && format.isEmpty()) {
        return SOURCE_LABEL;
      }
      text.append(FULL);
    } else {
      text.append(maxWidth == 0 ? "" : maxWidth).append('x');
      text.append(maxHeight == 0 ? "" : maxHeight);
    }
    if (quality > 0) {
      text.append("-q").append(quality);
    } else if (maxBytes > 0) {
      text.append("-b").append(maxBytes);
    }
    format.ifPresent(one -> text.append('-').append(one.name().toLowerCase(Locale.ROOT)));
    return text.toString();
  }

  /** The variant's name on the wire and in metrics, such as {@code 640x360}; 1 to 64 characters. */
  public String label() {
    return label;
  }

  /** Whether these are the frames as they were published. */
  public boolean isSource() {
    return label.equals(SOURCE_LABEL);
  }

  /** The most pixels in a row; 0 if it does not matter. */
  public int maxWidth() {
    return maxWidth;
  }

  /** The most rows; 0 if it does not matter. */
  public int maxHeight() {
    return maxHeight;
  }

  /** The quality asked for, 1 to 100; 0 if the node chooses. */
  public int quality() {
    return quality;
  }

  /** The most bytes of a frame; 0 if it does not matter. */
  public int maxBytes() {
    return maxBytes;
  }

  /** The encoding asked for. */
  public Optional<ImageFormat> format() {
    return format;
  }

  /** How far a picture of this size must be scaled to be within the bounds; at most 1. */
  public double scaleOf(int widthPixels, int heightPixels) {
    double scale = 1;
    if (maxWidth > 0) {
      scale = Math.min(scale, (double) maxWidth / widthPixels);
    }
    if (maxHeight > 0) {
      scale = Math.min(scale, (double) maxHeight / heightPixels);
    }
    return scale;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Variant variant && label.equals(variant.label);
  }

  @Override
  public int hashCode() {
    return label.hashCode();
  }

  @Override
  public String toString() {
    return label;
  }
}
