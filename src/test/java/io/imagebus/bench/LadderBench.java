package io.imagebus.bench;

import com.sun.management.ThreadMXBean;
import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.FfmpegCodec;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureSize;
import io.imagebus.image.codec.TestPictures;
import io.imagebus.image.dct.DctCodec;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What four variants of one picture cost beside the largest of them alone, in turns on one thread:
 * {@code mvn test-compile exec:exec -P bench -Dbench.class=io.imagebus.bench.LadderBench
 * -Dbench.arguments="PICTURE.jpg …"}.
 */
public final class LadderBench {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int[] WIDTHS = {1280, 960, 640, 320};
  private static final int ROUNDS = 21;
  private static final int PICTURES = 10;
  private static final int QUALITY = 75;

  private final PictureCodec codec;
  private final byte[] picture;
  private final PictureInfo info;

  private LadderBench(PictureCodec codec, byte[] picture) {
    this.codec = codec;
    this.picture = picture;
    this.info = TestPictures.info(picture);
  }

  /** Processor nanoseconds of one picture with the first so many variants. */
  private double run(int variants) throws PictureException {
    long began = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < PICTURES; i++) {
      try (DecodedPicture decoded = codec.decode(picture, info, size(0))) {
        for (int v = 0; v < variants; v++) {
          decoded.encode(new Encoding(size(v), ImageFormat.JPEG, QUALITY));
        }
      }
    }
    return (THREADS.getCurrentThreadCpuTime() - began) / (double) PICTURES;
  }

  private PictureSize size(int variant) {
    return new PictureSize(
        WIDTHS[variant], WIDTHS[variant] * info.heightPixels() / info.widthPixels());
  }

  private void compare(String name) throws PictureException {
    double[] one = new double[ROUNDS];
    double[] four = new double[ROUNDS];
    run(1);
    run(WIDTHS.length);
    for (int round = 0; round < ROUNDS; round++) {
      one[round] = run(1);
      four[round] = run(WIDTHS.length);
    }
    double[] ratios = new double[ROUNDS];
    Arrays.setAll(ratios, round -> four[round] / one[round]);
    Arrays.sort(ratios);
    Arrays.sort(one);
    Arrays.sort(four);
    int middle = ROUNDS / 2;
    System.out.printf(
        Locale.ROOT,
        "%-24s %-7s one %6.2f ms, four %6.2f ms, ratio %.2f (%.2f to %.2f)%n",
        name,
        codec.name(),
        one[middle] / 1e6,
        four[middle] / 1e6,
        ratios[middle],
        ratios[ROUNDS / 4],
        ratios[ROUNDS * 3 / 4]);
  }

  /** Takes pictures of at least 1280 pixels across. */
  public static void main(String[] pictures) throws Exception {
    for (String name : pictures) {
      byte[] picture = Files.readAllBytes(Path.of(name));
      for (PictureCodec codec : List.of(new FfmpegCodec(), new DctCodec())) {
        try (codec) {
          new LadderBench(codec, picture).compare(String.valueOf(Path.of(name).getFileName()));
        }
      }
    }
  }
}
