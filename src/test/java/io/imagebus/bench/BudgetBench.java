package io.imagebus.bench;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.FfmpegCodec;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.image.codec.PictureSize;
import io.imagebus.image.codec.TestPictures;
import io.imagebus.image.quality.Fineness;
import io.imagebus.image.quality.QualityControl;
import io.imagebus.image.quality.QualityTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Byte budgets over the frames of a clip, a directory of JPEGs in the order of their names, at its
 * full size or a part of it. Prints for each budget the share of frames within -15 % and +0 %, over
 * it, and encodes a frame.
 */
public final class BudgetBench {
  private static final int[] BUDGETS = {20_000, 40_000, 80_000};
  private static final long FRAME_NANOS = 100_000_000;
  private static final Pattern PART = Pattern.compile("/(\\d)$");

  private BudgetBench() {}

  /** Arguments: directories; {@code DIRECTORY/2} for half the sides, and so on. */
  public static void main(String[] arguments) throws Exception {
    for (String argument : arguments) {
      Matcher parts = PART.matcher(argument);
      String directory = parts.replaceFirst("");
      int part = parts.reset().find() ? Integer.parseInt(parts.group(1)) : 1;
      List<Path> frames;
      try (Stream<Path> files = Files.list(Path.of(directory))) {
        frames = files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
      }
      for (int budget : BUDGETS) {
        run(argument, frames, part, budget);
      }
    }
  }

  private static void run(String clip, List<Path> frames, int part, int budget) throws Exception {
    QualityControl control = new QualityTarget.FrameBytes(budget).control();
    int within = 0;
    int over = 0;
    int encodes = 0;
    long bytes = 0;
    double qualities = 0;
    long widths = 0;
    try (PictureCodec codec = new FfmpegCodec()) {
      for (int i = 0; i < frames.size(); i++) {
        byte[] source = Files.readAllBytes(frames.get(i));
        PictureInfo info = TestPictures.info(source);
        PictureSize size = new PictureSize(info.widthPixels() / part, info.heightPixels() / part);
        int made;
        Optional<Fineness> fineness = Optional.of(control.next(i * FRAME_NANOS));
        try (DecodedPicture picture = codec.decode(source, info, size)) {
          do {
            PictureSize scaled = size.scaled(fineness.get().scale());
            double quality = fineness.get().quality();
            made = picture.encode(new Encoding(scaled, ImageFormat.JPEG, quality)).bytes().length;
            qualities += quality;
            widths += scaled.widthPixels();
            encodes++;
            fineness = control.again(made);
          } while (fineness.isPresent());
        }
        bytes += made;
        over += made > budget ? 1 : 0;
        within += made <= budget && made >= 0.85 * budget ? 1 : 0;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s, %d frames, %,d bytes: within %.1f %%, over %d, %.3f encodes a frame, filled %.1f %%,"
            + " quality %.0f, %d wide%n",
        clip,
        frames.size(),
        budget,
        100.0 * within / frames.size(),
        over,
        (double) encodes / frames.size(),
        100.0 * bytes / frames.size() / budget,
        qualities / encodes,
        widths / encodes);
  }
}
