package io.imagebus.image.codec;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.PictureLimits;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Probed;
import io.imagebus.image.Probed.Accepted;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Damages pictures by chance, asks a codec for variants of them, and looks at what it makes: now at
 * the full size, now at half of it, which are different ways through a codec.
 */
final class Mutants {
  private static final PictureLimits LIMITS = new PictureLimits(16 << 20, 100_000_000);
  private static final int QUALITY = 85;

  /** SSIM at which no difference is seen. */
  static final double ALIKE = 0.98;

  /** SSIM below which a picture is visibly broken. */
  static final double BROKEN = 0.9;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final PictureCodec codec;
  private final boolean trustsAll;
  private final Random random;
  private final Map<String, byte[]> lumaOfOrigin = new HashMap<>();
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private int tried;

  /** Processor time, so that other programs do not count. */
  long slowestNanos;

  String slowest = "";

  /**
   * Mutants by this seed.
   *
   * @param trustsAll whether variants are made of pictures, too, that cannot be verified
   */
  Mutants(PictureCodec codec, boolean trustsAll, long seed) {
    this.codec = codec;
    this.trustsAll = trustsAll;
    this.random = new Random(seed);
  }

  /** What became of the mutants of one picture. */
  private static final class Row {
    int refused;
    int passedOn;
    final List<Double> similarities = new ArrayList<>();

    long published(double from, double below) {
      return similarities.stream().filter(ssim -> ssim >= from && ssim < below).count();
    }
  }

  /** Damages one picture and counts what became of it. */
  void tryOne(String name) throws PictureException {
    tried++;
    byte[] mutant = TestPictures.bytes(name).clone();
    int hits = 1 + random.nextInt(random.nextBoolean() ? 3 : 30);
    int start = random.nextInt(mutant.length);
    for (int hit = 0; hit < hits; hit++) {
      int at = random.nextBoolean() ? random.nextInt(mutant.length) : (start + hit) % mutant.length;
      mutant[at] =
          (byte) (random.nextBoolean() ? random.nextInt() : mutant[at] ^ 1 << random.nextInt(8));
    }
    look(name, mutant);
  }

  private void look(String name, byte[] mutant) throws PictureException {
    Row row = rows.computeIfAbsent(name, unknown -> new Row());
    boolean half = random.nextBoolean();
    long began = THREADS.getCurrentThreadCpuTime();
    Probed probed = PictureProbe.probe(mutant, 0, mutant.length, LIMITS);
    if (!(probed instanceof Accepted accepted)) {
      row.refused++;
      return;
    }
    PictureInfo info = accepted.info();
    if (!info.isVerifiable() && !trustsAll) {
      row.passedOn++;
      return;
    }
    PictureSize size = size(info, half);
    byte[] variant;
    try {
      variant = variant(mutant, info, size);
    } catch (PictureException e) {
      if (e.reason() == PictureException.Reason.FAILED) {
        throw e;
      }
      row.refused++;
      return;
    } finally {
      long took = THREADS.getCurrentThreadCpuTime() - began;
      if (took > slowestNanos) {
        slowestNanos = took;
        slowest = "%s, mutant %d: %s".formatted(name, tried, info);
      }
    }
    byte[] luma = TestPictures.luma(TestPictures.image(variant));
    byte[] origin = origin(name, half);
    boolean comparable = origin.length == luma.length;
    row.similarities.add(comparable ? LumaSimilarity.whole(origin, luma, size) : 0);
  }

  private static PictureSize size(PictureInfo info, boolean half) {
    int part = half ? 2 : 1;
    return new PictureSize(
        Math.max(1, info.uprightWidthPixels() / part),
        Math.max(1, info.uprightHeightPixels() / part));
  }

  private byte[] origin(String name, boolean half) throws PictureException {
    String key = name + (half ? " at half" : "");
    byte[] known = lumaOfOrigin.get(key);
    if (known == null) {
      byte[] whole = TestPictures.bytes(name);
      PictureInfo info = TestPictures.info(whole);
      known = TestPictures.luma(TestPictures.image(variant(whole, info, size(info, half))));
      lumaOfOrigin.put(key, known);
    }
    return known;
  }

  private byte[] variant(byte[] picture, PictureInfo info, PictureSize size)
      throws PictureException {
    try (DecodedPicture decoded = codec.decode(picture, info, size)) {
      return decoded.encode(new Encoding(size, ImageFormat.JPEG, QUALITY)).bytes();
    }
  }

  /** How many were published that are less like their origin than this. */
  long published(double lessAlikeThan) {
    return rows.values().stream().mapToLong(row -> row.published(-1, lessAlikeThan)).sum();
  }

  /** A line for each picture, and the slowest of all. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    rows.forEach(
        (name, row) ->
            table.append(
                "%-18s %,7d mutants: refused %,7d, passed on %,7d; published and alike %,6d, changed %,5d, broken %,5d%n"
                    .formatted(
                        name,
                        row.refused + row.passedOn + row.similarities.size(),
                        row.refused,
                        row.passedOn,
                        row.published(ALIKE, 2),
                        row.published(BROKEN, ALIKE),
                        row.published(-1, BROKEN))));
    return table
        .append("slowest %d ms: ".formatted(TimeUnit.NANOSECONDS.toMillis(slowestNanos)))
        .append(slowest)
        .toString();
  }
}
