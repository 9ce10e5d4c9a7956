package io.imagebus.image.change;

import io.imagebus.image.PictureInfo;
import io.imagebus.image.PictureLimits;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Probed;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which share of the pictures of a directory, in the order of their names, need not be sent, and
 * what it costs to tell.
 *
 * <pre>{@code
 * ffmpeg -i CLIP -q:v 3 -pix_fmt yuvj420p DIRECTORY/%05d.jpg
 * ffmpeg -loop 1 -i PICTURE -vf noise=alls=12:allf=t -frames:v 300 -q:v 3 DIRECTORY/%05d.jpg
 * mvn test-compile exec:exec -P bench -Dbench.arguments=DIRECTORY \
 *     -Dbench.class=io.imagebus.image.change.ChangeBenchmark
 * }</pre>
 */
public final class ChangeBenchmark {
  private ChangeBenchmark() {}

  public static void main(String[] words) throws Exception {
    List<byte[]> pictures = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(words[0]))) {
      for (Path file : files.sorted().toList()) {
        pictures.add(Files.readAllBytes(file));
      }
    }
    PictureLimits limits = new PictureLimits(1 << 30, 1L << 30);
    long nanos = 0;
    int unchanged = 0;
    long bytes = 0;
    long savedBytes = 0;
    // The first pass warms up, the second counts.
    for (int pass = 0; pass < 2; pass++) {
      ChangeDetector detector = new ChangeDetector();
      unchanged = 0;
      bytes = 0;
      savedBytes = 0;
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (byte[] picture : pictures) {
        Probed probed = PictureProbe.probe(picture, 0, picture.length, limits);
        PictureInfo info = ((Probed.Accepted) probed).info();
        bytes += picture.length;
        if (detector.look(picture, info) == Change.CHANGED) {
          detector.sent();
        } else {
          unchanged++;
          savedBytes += picture.length;
        }
      }
      nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d pictures, %.1f %% of them and %.1f %% of the bytes unchanged, %.2f ms a picture%n",
        words[0],
        pictures.size(),
        100.0 * unchanged / pictures.size(),
        100.0 * savedBytes / bytes,
        nanos / 1e6 / pictures.size());
  }
}
