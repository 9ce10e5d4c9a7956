package io.imagebus.image.codec;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.PictureLimits;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Probed;
import io.imagebus.image.Probed.Accepted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Damages pictures by chance, asks a codec for variants of them, and looks at what it makes. */
final class Mutants {
  private static final PictureLimits LIMITS = new PictureLimits(16 << 20, 100_000_000);
  private static final int QUALITY = 85;

  private final PictureCodec codec;
  private final Random random;
  private final Map<String, byte[]> lumaOfOrigin = new HashMap<>();
  int refused;
  int damaged;
  final List<Double> similarities = new ArrayList<>();
  long slowestNanos;
  String slowest = "";

  Mutants(PictureCodec codec, long seed) {
    this.codec = codec;
    this.random = new Random(seed);
  }

  /** Damages one picture and counts what became of it. */
  void tryOne(String name) throws PictureException {
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
    long began = System.nanoTime();
    Probed probed = PictureProbe.probe(mutant, 0, mutant.length, LIMITS);
    if (!(probed instanceof Accepted accepted)) {
      refused++;
      return;
    }
    PictureInfo info = accepted.info();
    PictureSize size = new PictureSize(info.uprightWidthPixels(), info.uprightHeightPixels());
    byte[] luma;
    try {
      luma = luma(mutant, info, size);
    } catch (PictureException e) {
      if (e.reason() == PictureException.Reason.FAILED) {
        throw e;
      }
      damaged++;
      return;
    } finally {
      long took = System.nanoTime() - began;
      if (took > slowestNanos) {
        slowestNanos = took;
        slowest = name + " " + info;
      }
    }
    byte[] origin = origin(name);
    similarities.add(origin.length == luma.length ? LumaSimilarity.whole(origin, luma, size) : 0);
  }

  private byte[] origin(String name) throws PictureException {
    byte[] known = lumaOfOrigin.get(name);
    if (known == null) {
      byte[] whole = TestPictures.bytes(name);
      PictureInfo info = TestPictures.info(whole);
      PictureSize size = new PictureSize(info.uprightWidthPixels(), info.uprightHeightPixels());
      known = luma(whole, info, size);
      lumaOfOrigin.put(name, known);
    }
    return known;
  }

  private byte[] luma(byte[] picture, PictureInfo info, PictureSize size) throws PictureException {
    try (DecodedPicture decoded = codec.decode(picture, info, size)) {
      EncodedPicture made = decoded.encode(new Encoding(size, ImageFormat.JPEG, QUALITY));
      return TestPictures.luma(TestPictures.image(made.bytes()));
    }
  }

  /** How many were published that are less like their origin than this. */
  long published(double lessAlikeThan) {
    return similarities.stream().filter(ssim -> ssim < lessAlikeThan).count();
  }

  @Override
  public String toString() {
    return "probe refused %d, codec refused %d, published %d: %d below 0.98, %d below 0.9, %d below 0.7; slowest %d ms (%s)"
        .formatted(
            refused,
            damaged,
            similarities.size(),
            published(0.98),
            published(0.9),
            published(0.7),
            TimeUnit.NANOSECONDS.toMillis(slowestNanos),
            slowest);
  }
}
