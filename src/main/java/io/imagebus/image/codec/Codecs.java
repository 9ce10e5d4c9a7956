package io.imagebus.image.codec;

import io.imagebus.image.dct.DctCodec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens codecs for worker threads. What one does not take goes to the next, in this order: FFmpeg,
 * our own in Java, {@code javax.imageio}. Immutable, for all threads.
 */
public final class Codecs {
  private static final Logger LOG = LoggerFactory.getLogger(Codecs.class);

  /** With which codec the row begins. */
  public enum Choice {
    /** The fastest that works here. */
    AUTO,
    /** FFmpeg or nothing. */
    FFMPEG,
    /** No native library. */
    JAVA,
    /** Only what comes with the JDK, and its plug-ins. */
    IMAGEIO;

    /**
     * The choice of this name in any case.
     *
     * @throws IllegalArgumentException with the names there are
     */
    public static Choice parse(String name) {
      return Arrays.stream(values())
          .filter(choice -> choice.name().equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("no codec " + name + ": one of " + names()));
    }

    private static String names() {
      return Arrays.stream(values())
          .map(choice -> choice.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", "));
    }
  }

  private final Choice first;

  private Codecs(Choice first) {
    this.first = first;
  }

  /**
   * Loads what the choice needs, which may take some seconds the first time on a machine, and says
   * in the log what it costs if the fastest does not work here.
   *
   * @throws IllegalStateException if FFmpeg was chosen and does not work here
   */
  public static Codecs of(Choice choice) {
    if (choice == Choice.JAVA || choice == Choice.IMAGEIO) {
      return new Codecs(choice);
    }
    Optional<String> problem = FfmpegCodec.problem();
    if (problem.isEmpty()) {
      return new Codecs(Choice.FFMPEG);
    }
    if (choice == Choice.FFMPEG) {
      throw new IllegalStateException("FFmpeg cannot be used here: " + problem.get());
    }
    LOG.warn(
        "FFmpeg cannot be used here ({}): pictures are made in Java, at a fifth to three quarters of"
            + " its speed, and none as WebP",
        problem.get());
    return new Codecs(Choice.JAVA);
  }

  /** The codec that is asked first, such as {@code ffmpeg}. */
  public String first() {
    return first.name().toLowerCase(Locale.ROOT);
  }

  /** Opens a codec for one thread, to be closed by it. */
  public PictureCodec open() {
    return switch (first) {
      case AUTO, FFMPEG -> new HandingOn(new FfmpegCodec(), inJava());
      case JAVA -> inJava();
      case IMAGEIO -> new ImageIoCodec();
    };
  }

  private static PictureCodec inJava() {
    return new HandingOn(new DctCodec(), new ImageIoCodec());
  }
}
