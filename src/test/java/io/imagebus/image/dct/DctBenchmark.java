package io.imagebus.image.dct;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.PictureLimits;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Probed;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.PictureSize;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Races this codec against libjpeg-turbo in C: both do the same job on the same picture by turns, a
 * round each, and the ratio of their CPU times is taken round by round. So it holds on a machine
 * that is busy with other things.
 *
 * <pre>{@code
 * cc -O3 -march=native -o target/jpeg_rounds src/test/c/jpeg_rounds.c -ljpeg
 * mvn test-compile exec:exec -P bench -Dbench.class=io.imagebus.image.dct.DctBenchmark \
 *     -Dbench.arguments="target/jpeg_rounds PICTURE.jpg [WIDTH HEIGHT]"
 * }</pre>
 */
public final class DctBenchmark {
  private static final int ROUNDS = 31;
  private static final int WARM_UP_ROUNDS = 20;
  private static final long ROUND_NANOS = 60_000_000;

  private DctBenchmark() {}

  private interface Job {
    void run() throws Exception;
  }

  public static void main(String[] words) throws Exception {
    Path program = Path.of(words[0]);
    Path file = Path.of(words[1]);
    byte[] picture = Files.readAllBytes(file);
    Probed probed =
        PictureProbe.probe(picture, 0, picture.length, new PictureLimits(1 << 30, 1L << 30));
    PictureInfo info = ((Probed.Accepted) probed).info();
    System.out.printf("%s: %,d bytes%n", file.getFileName(), picture.length);

    DcDecoder dc = new DcDecoder();
    DcMap map = new DcMap();
    race(
        "eighth size, grey", program, file, List.of("eighth"), () -> dc.decode(picture, info, map));

    JpegCoefficients coefficients = new JpegCoefficients();
    race(
        "same size at quality 60",
        program,
        file,
        List.of("reencode", "60"),
        () -> {
          coefficients.load(picture, info);
          coefficients.encode(60, HuffmanMode.STANDARD);
        });

    if (words.length > 3) {
      PictureSize size = new PictureSize(Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      DctCodec codec = new DctCodec();
      race(
          "tile of " + words[2] + " x " + words[3],
          program,
          file,
          List.of("tile", words[2], words[3], "75"),
          () -> {
            try (DecodedPicture decoded = codec.decode(picture, info, size)) {
              decoded.encode(new Encoding(size, ImageFormat.JPEG, 75));
            }
          });
    }
  }

  private static void race(String name, Path program, Path file, List<String> job, Job java)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of(program.toString(), job.get(0), file.toString()));
    command.addAll(job.subList(1, job.size()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (PrintWriter to =
            new PrintWriter(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        BufferedReader from =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      int times = 1;
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        times = (int) Math.max(1, Math.min(1000, ROUND_NANOS / nanos(java, times)));
      }
      List<Double> ratios = new ArrayList<>();
      List<Long> ours = new ArrayList<>();
      List<Long> theirs = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        ours.add(nanos(java, times));
        to.println(times);
        theirs.add(Long.parseLong(from.readLine()));
        ratios.add((double) theirs.get(round) / ours.get(round));
      }
      Collections.sort(ratios);
      System.out.printf(
          Locale.ROOT,
          "  %-26s %6.2f x the speed of C (quartiles %.2f to %.2f); best %.2f ms, C %.2f ms%n",
          name,
          ratios.get(ROUNDS / 2),
          ratios.get(ROUNDS / 4),
          ratios.get(3 * ROUNDS / 4),
          Collections.min(ours) / 1e6,
          Collections.min(theirs) / 1e6);
    } finally {
      process.destroy();
    }
  }

  private static long nanos(Job job, int times) throws Exception {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) {
      job.run();
    }
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / times;
  }
}
