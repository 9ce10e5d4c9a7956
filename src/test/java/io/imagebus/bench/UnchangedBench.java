package io.imagebus.bench;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.change.Change;
import io.imagebus.image.change.ChangeDetector;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.FfmpegCodec;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureSize;
import io.imagebus.image.codec.TestPictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Which share of pictures and bytes need not be sent, and what it costs to tell beside making one
 * variant of the picture, by turns; see {@code docs/codecs.md}. A picture is taken for a still
 * scene: noise of a sensor is added to it anew for each frame, before it is encoded at quality 85.
 * A directory is a clip, JPEGs in the order of their names. Prints the rows of a table.
 */
public final class UnchangedBench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Standard deviations of red, green and blue, in grey levels of 255. */
  private static final double[] NOISE = {0.5, 1, 2, 4, 8, 16};

  private static final int STILL_FRAMES = 100;
  private static final float QUALITY = 0.85f;

  /** Narrower pictures are halved for a variant, others made a third as wide. */
  private static final int SMALL_WIDTH_PIXELS = 1_280;

  private static final int VARIANT_QUALITY = 75;
  private static final int WARM_UP_FRAMES = 50;
  private static final long SEED = 7;

  private UnchangedBench() {}

  /** Arguments: pictures and directories. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(
        "| pictures | noise | frames | unchanged | of the bytes | cost | of a variant |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String argument : arguments) {
      Path path = Path.of(argument);
      if (Files.isDirectory(path)) {
        measure(path.getFileName() + "", "its own", clip(path));
      } else {
        for (double deviation : NOISE) {
          measure(path.getFileName() + "", "" + deviation, still(path, deviation));
        }
      }
    }
  }

  private static List<byte[]> clip(Path directory) throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jpg")).sorted().toList()) {
        pictures.add(Files.readAllBytes(file));
      }
    }
    return pictures;
  }

  private static List<byte[]> still(Path picture, double deviation) throws IOException {
    BufferedImage scene = ImageIO.read(picture.toFile());
    Random random = new Random(SEED);
    double[] noise =
        DoubleStream.generate(() -> random.nextGaussian() * deviation).limit(1 << 16).toArray();
    BufferedImage shot =
        new BufferedImage(scene.getWidth(), scene.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[scene.getWidth()];
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < STILL_FRAMES; i++) {
      for (int y = 0; y < scene.getHeight(); y++) {
        scene.getRGB(0, y, row.length, 1, row, 0, row.length);
        for (int x = 0; x < row.length; x++) {
          int at = random.nextInt();
          row[x] =
              noisy(row[x] >> 16, noise[at & 0xFFFF]) << 16
                  | noisy(row[x] >> 8, noise[at >>> 16]) << 8
                  | noisy(row[x], noise[(at ^ at >>> 7) & 0xFFFF]);
        }
        shot.setRGB(0, y, row.length, 1, row, 0, row.length);
      }
      pictures.add(jpeg(shot));
    }
    return pictures;
  }

  private static int noisy(int level, double noise) {
    return (int) Math.max(0, Math.min(255, Math.round((level & 0xFF) + noise)));
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static void measure(String name, String noise, List<byte[]> pictures)
      throws PictureException {
    ChangeDetector warm = new ChangeDetector();
    ChangeDetector detector = new ChangeDetector();
    int unchanged = 0;
    long bytes = 0;
    long savedBytes = 0;
    long lookNanos = 0;
    long variantNanos = 0;
    try (PictureCodec codec = new FfmpegCodec()) {
      for (int i = 0; i < WARM_UP_FRAMES; i++) {
        byte[] picture = pictures.get(i % pictures.size());
        warm.look(picture, TestPictures.info(picture));
        warm.sent();
        variant(codec, picture);
      }
      for (byte[] picture : pictures) {
        PictureInfo info = TestPictures.info(picture);
        bytes += picture.length;
        long began = THREADS.getCurrentThreadCpuTime();
        boolean changed = detector.look(picture, info) == Change.CHANGED;
        if (changed) {
          detector.sent();
        }
        long looked = THREADS.getCurrentThreadCpuTime();
        variant(codec, picture);
        lookNanos += looked - began;
        variantNanos += THREADS.getCurrentThreadCpuTime() - looked;
        unchanged += changed ? 0 : 1;
        savedBytes += changed ? 0 : picture.length;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %d of %,d B | %.1f %% | %.1f %% | %.2f ms | %.2f |%n",
        name,
        noise,
        pictures.size(),
        bytes / pictures.size(),
        100.0 * unchanged / pictures.size(),
        100.0 * savedBytes / bytes,
        lookNanos / 1e6 / pictures.size(),
        (double) lookNanos / variantNanos);
  }

  private static void variant(PictureCodec codec, byte[] picture) throws PictureException {
    PictureInfo info = TestPictures.info(picture);
    int part = info.widthPixels() < SMALL_WIDTH_PIXELS ? 2 : 3;
    PictureSize size = new PictureSize(info.widthPixels() / part, info.heightPixels() / part);
    try (DecodedPicture decoded = codec.decode(picture, info, size)) {
      decoded.encode(new Encoding(size, ImageFormat.JPEG, VARIANT_QUALITY));
    }
  }
}
