package io.imagebus.cli;

import io.imagebus.base.Clock;
import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.PictureLimits;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Probed;
import io.imagebus.image.codec.Codecs;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.EncodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureSize;
import io.imagebus.image.quality.QualityTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes another size, format or quality of one picture, as a node does it for its displays. */
@Command(
    name = "transcode",
    mixinStandardHelpOptions = true,
    description = {
      "Make a variant of one picture, with the codecs and the quality control of a node, to try a"
          + " setting.",
      "Prints what came of it: size, bytes, share of the source's, quality, similarity, time."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imagebus transcode gate.jpg tile.jpg --width 640 --quality 75",
      "  imagebus transcode gate.jpg tile.jpg --width 1280 --bytes 40000",
      "  imagebus transcode gate.png gate.webp --ssim 0.95"
    })
final class TranscodeCommand implements Callable<Integer> {
  private static final PictureLimits LIMITS = new PictureLimits(256 << 20, 1_000_000_000);

  @Spec private CommandSpec spec;
  @Mixin private VerboseOption verbose;

  @Parameters(index = "0", paramLabel = "IN", description = "A JPEG, PNG or WebP.")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "The file that is written.")
  private Path out;

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "Width in pixels. Default: the source's, or what --height makes of it.")
  private int widthPixels;

  @Option(
      names = "--height",
      paramLabel = "N",
      description = "Height in pixels. Default: the source's, or what --width makes of it.")
  private int heightPixels;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "jpg, png or webp. Default: what OUT ends in.")
  private String format;

  @Option(
      names = "--codec",
      paramLabel = "CODEC",
      defaultValue = "auto",
      description = "auto, ffmpeg, java or imageio. Default: ${DEFAULT-VALUE}.")
  private String codec;

  @ArgGroup private Wish wish = new Wish();

  /** At most one of them. */
  private static final class Wish {
    @Option(
        names = "--quality",
        paramLabel = "Q",
        description = "1 to 100 on the scale of libjpeg. Default: 75.")
    private Integer quality;

    @Option(
        names = "--bytes",
        paramLabel = "N",
        description =
            "As fine as fits into N bytes; smaller than asked for where that looks better.")
    private Integer bytes;

    @Option(
        names = "--ssim",
        paramLabel = "S",
        description = "As coarse as is this like the source, for example 0.95.")
    private Double ssim;

    QualityTarget target() {
      if (bytes != null) {
        return new QualityTarget.FrameBytes(bytes);
      }
      return ssim != null
          ? new QualityTarget.Similarity(ssim)
          : new QualityTarget.Fixed(quality == null ? 75 : quality);
    }
  }

  @Override
  public Integer call() {
    verbose.configureLog();
    QualityTarget target = checked(wish::target);
    ImageFormat wanted = wantedFormat();
    Codecs codecs = checked(() -> Codecs.of(Codecs.Choice.parse(codec)));
    byte[] source = read();
    PictureInfo info = probed(source);
    PictureSize size = size(info);
    try (PictureCodec opened = codecs.open()) {
      long beganNanos = Clock.system().nanoTime();
      try (DecodedPicture picture = opened.decode(source, info, size)) {
        EncodedPicture made = new Trials(picture, size, wanted).until(target.control());
        long nanos = Clock.system().nanoTime() - beganNanos;
        checkFits(made);
        double ssim = picture.similarity(made);
        write(made);
        report(info, source, made, ssim, nanos);
      }
    } catch (PictureException e) {
      throw new CommandFailedException(in + ": " + e.getMessage(), e);
    }
    return ExitCode.OK;
  }

  private interface Reading<T> {
    T read();
  }

  private <T> T checked(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private ImageFormat wantedFormat() {
    String name = out.getFileName().toString();
    String ending =
        (format != null ? format : name.substring(name.lastIndexOf('.') + 1))
            .toLowerCase(Locale.ROOT)
            .replace("jpeg", "jpg");
    return Arrays.stream(ImageFormat.values())
        .filter(known -> known.fileExtension().equals(ending))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "which format? Name one with --format, or an OUT that ends in .jpg, .png or"
                        + " .webp"));
  }

  private byte[] read() {
    try {
      return Files.readAllBytes(in);
    } catch (IOException e) {
      throw new CommandFailedException("cannot read " + in + " (" + e.getMessage() + ")", e);
    }
  }

  private PictureInfo probed(byte[] source) {
    Probed probed = PictureProbe.probe(source, 0, source.length, LIMITS);
    if (probed instanceof Probed.Refused refused) {
      throw new CommandFailedException(in + ": " + refused.message());
    }
    return ((Probed.Accepted) probed).info();
  }

  private PictureSize size(PictureInfo info) {
    int width = info.uprightWidthPixels();
    int height = info.uprightHeightPixels();
    if (widthPixels < 0 || heightPixels < 0 || widthPixels > width || heightPixels > height) {
      throw new ParameterException(
          spec.commandLine(),
          "--width and --height are 1 to %d and %d here: pictures are not made larger"
              .formatted(width, height));
    }
    double ratio = (double) width / height;
    int wide =
        widthPixels > 0 ? widthPixels : heightPixels > 0 ? round(heightPixels * ratio) : width;
    int high =
        heightPixels > 0 ? heightPixels : widthPixels > 0 ? round(widthPixels / ratio) : height;
    return new PictureSize(wide, high);
  }

  private static int round(double pixels) {
    return (int) Math.max(1, Math.round(pixels));
  }

  private void checkFits(EncodedPicture made) {
    if (wish.bytes != null && made.bytes().length > wish.bytes) {
      throw new CommandFailedException(
          "%,d bytes at quality %d: it does not fit into %,d; choose a smaller --width"
              .formatted(made.bytes().length, made.encoding().wholeQuality(), wish.bytes));
    }
  }

  private void write(EncodedPicture made) {
    try {
      Files.write(out, made.bytes());
    } catch (IOException e) {
      throw new CommandFailedException("cannot write " + out + " (" + e.getMessage() + ")", e);
    }
  }

  private void report(
      PictureInfo info, byte[] source, EncodedPicture made, double ssim, long nanos) {
    Encoding encoding = made.encoding();
    String quality =
        encoding.format() == ImageFormat.PNG ? "lossless" : "quality " + encoding.wholeQuality();
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                "%dx%d %,d bytes -> %dx%d %,d bytes (%.1f %%), %s, ssim %.4f, %.1f ms",
                info.uprightWidthPixels(),
                info.uprightHeightPixels(),
                source.length,
                encoding.size().widthPixels(),
                encoding.size().heightPixels(),
                made.bytes().length,
                100.0 * made.bytes().length / source.length,
                quality,
                ssim,
                nanos / (double) TimeUnit.MILLISECONDS.toNanos(1)));
    spec.commandLine().getOut().flush();
  }
}
