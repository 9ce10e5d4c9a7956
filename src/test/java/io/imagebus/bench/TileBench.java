package io.imagebus.bench;

import com.sun.management.ThreadMXBean;
import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.FfmpegCodec;
import io.imagebus.image.codec.ImageIoCodec;
import io.imagebus.image.codec.LumaSimilarity;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureSize;
import io.imagebus.image.codec.TestPictures;
import io.imagebus.image.dct.DctCodec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Wall tiles by every codec and by plain C, in turns on one thread; see {@code docs/codecs.md}.
 * Prints processor time as the ratio of C's to the candidate's (above 1: faster than C), SSIM
 * against Lanczos 3 of the whole picture, bytes, and heap of one tile as a multiple of its bytes.
 */
public final class TileBench {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int QUALITY = 75;

  /** Of processor time; the JVM compiles beside it, and slowly where others want the processor. */
  private static final long WARM_UP_NANOS = 4_000_000_000L;

  private final Path source;
  private final byte[] bytes;
  private final PictureInfo info;
  private final PictureSize size;
  private final Path directory;
  private final int rounds;
  private final int tiles;

  private TileBench(Path source, int rounds, Path directory) throws IOException {
    this.source = source;
    this.bytes = Files.readAllBytes(source);
    this.info = TestPictures.info(bytes);
    boolean small = info.widthPixels() < 1_280;
    int part = small ? 2 : 3;
    this.size = new PictureSize(info.widthPixels() / part, info.heightPixels() / part);
    this.rounds = rounds;
    this.tiles = (int) Math.max(3, 40_000_000 / info.pixels());
    this.directory = directory;
  }

  /** One way to make a tile. */
  private interface Candidate extends AutoCloseable {
    String name();

    /** Makes so many tiles and gives the processor nanoseconds of one; the last is kept. */
    double run(int tiles) throws Exception;

    byte[] tile() throws IOException;

    /** Runs until it is as fast as it gets. */
    default void warmUp(int tiles) throws Exception {
      run(tiles);
    }

    default double heapPerTile() throws Exception {
      return Double.NaN;
    }

    @Override
    default void close() {}
  }

  private final class Program implements Candidate {
    private final String name;
    private final List<String> command;

    Program(String name, String... command) {
      this.name = name;
      this.command = List.of(command);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public double run(int tiles) throws Exception {
      List<String> all = new ArrayList<>(command);
      all.addAll(
          List.of(
              source.toString(),
              "" + size.widthPixels(),
              "" + size.heightPixels(),
              "" + tiles,
              out().toString()));
      Process process =
          new ProcessBuilder(all)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .directory(directory.toFile())
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(name + " failed");
      }
      return Double.parseDouble(said.strip());
    }

    private Path out() {
      return directory.resolve("tile-" + name + ".jpg");
    }

    @Override
    public byte[] tile() throws IOException {
      return Files.readAllBytes(out());
    }
  }

  private final class InProcess implements Candidate {
    private final PictureCodec codec;
    private byte[] last = {};

    InProcess(PictureCodec codec) {
      this.codec = codec;
    }

    @Override
    public String name() {
      return codec.name();
    }

    @Override
    public double run(int tiles) throws PictureException {
      long began = THREADS.getCurrentThreadCpuTime();
      make(tiles);
      return (THREADS.getCurrentThreadCpuTime() - began) / (double) tiles;
    }

    @Override
    public void warmUp(int tiles) throws PictureException {
      long end = THREADS.getCurrentThreadCpuTime() + WARM_UP_NANOS;
      while (THREADS.getCurrentThreadCpuTime() < end) {
        make(tiles);
      }
    }

    private void make(int tiles) throws PictureException {
      for (int i = 0; i < tiles; i++) {
        try (DecodedPicture picture = codec.decode(bytes, info, size)) {
          last = picture.encode(new Encoding(size, ImageFormat.JPEG, QUALITY)).bytes();
        }
      }
    }

    @Override
    public byte[] tile() {
      return last;
    }

    @Override
    public double heapPerTile() throws PictureException {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      make(tiles);
      return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) tiles / last.length;
    }

    @Override
    public void close() {
      codec.close();
    }
  }

  private void compare() throws Exception {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(new Program("C", directory.resolve("tile").toString()));
    for (PictureCodec codec : List.of(new FfmpegCodec(), new DctCodec(), new ImageIoCodec())) {
      candidates.add(new InProcess(codec));
    }
    if (Files.isDirectory(directory.resolve("node_modules/sharp"))) {
      Path script = Path.of("src/test/c/tile-sharp.mjs").toAbsolutePath();
      candidates.add(new Program("sharp", "node", script.toString()));
    }
    double[][] nanos = new double[candidates.size()][rounds];
    for (Candidate candidate : candidates) {
      candidate.warmUp(tiles);
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < candidates.size(); i++) {
        nanos[i][round] = candidates.get(i).run(tiles);
      }
    }
    byte[] wanted = wanted();
    System.out.printf(
        Locale.ROOT,
        "%n%s %dx%d, %,d bytes -> %dx%d%n",
        source.getFileName(),
        info.widthPixels(),
        info.heightPixels(),
        bytes.length,
        size.widthPixels(),
        size.heightPixels());
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      byte[] luma = TestPictures.luma(TestPictures.image(candidate.tile()));
      System.out.printf(
          Locale.ROOT,
          "  %-8s %6.2f ms  ratio %.3f  ssim %.4f  %,7d bytes  heap %.2f%n",
          candidate.name(),
          median(nanos[i]) / 1e6,
          medianRatio(nanos[0], nanos[i]),
          LumaSimilarity.whole(wanted, luma, size),
          candidate.tile().length,
          candidate.heapPerTile());
      candidate.close();
    }
  }

  private byte[] wanted() {
    BufferedImage whole = TestPictures.image(bytes);
    PictureSize from = new PictureSize(whole.getWidth(), whole.getHeight());
    return Lanczos.scale(TestPictures.luma(whole), from, size);
  }

  private static double medianRatio(double[] limit, double[] candidate) {
    double[] ratios = new double[limit.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = limit[i] / candidate[i];
    }
    return median(ratios);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Arguments: rounds, directory for what is built and made, pictures. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of(arguments[1]).toAbsolutePath());
    new ProcessBuilder(
            "cc",
            "-O3",
            "-march=native",
            "-o",
            directory.resolve("tile").toString(),
            "src/test/c/tile.c",
            "-lturbojpeg",
            "-lm")
        .inheritIO()
        .start()
        .waitFor();
    for (int i = 2; i < arguments.length; i++) {
      new TileBench(
              Path.of(arguments[i]).toAbsolutePath(), Integer.parseInt(arguments[0]), directory)
          .compare();
    }
  }
}
