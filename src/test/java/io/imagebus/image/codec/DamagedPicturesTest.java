package io.imagebus.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.image.PictureLimits;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Pictures;
import io.imagebus.image.Probed;
import io.imagebus.image.Probed.Reason;
import io.imagebus.image.Probed.Refused;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/**
 * What a node does with pictures that are not sound. All mutations: {@code mvn test
 * -Dtest=DamagedPicturesTest -Dmutants=10000}; the quick run tries fewer.
 */
class DamagedPicturesTest {
  private static final PictureLimits LIMITS = new PictureLimits(16 << 20, 100_000_000);
  private static final PictureSize FULL = new PictureSize(320, 180);
  private static final int MUTANTS = Integer.getInteger("mutants", 1_000);
  private static final long SEED = Long.getLong("mutants.seed", 20_261_122);
  private static final int KILO = 1_024;
  private static final long MEBI = 1 << 20;

  private static final String[] JPEGS = {
    "baseline-420.jpg",
    "baseline-422.jpg",
    "baseline-444.jpg",
    "restarts.jpg",
    "gray.jpg",
    "turned.jpg",
    "progressive.jpg",
    "cmyk.jpg"
  };
  private static final String[] PNGS = {
    "reference.png", "rgb16.png", "palette.png", "palette-alpha.png", "alpha.png"
  };
  private static final String[] LOSSY_WEBPS = {"lossy.webp", "alpha.webp"};
  private static final String[] LOSSLESS_WEBPS = {"lossless.webp"};

  @Test
  void brokenOff_atEveryKilobyte_isNeverPublished() throws PictureException {
    try (PictureCodec codec = new FfmpegCodec()) {
      for (String[] names : new String[][] {JPEGS, PNGS, LOSSY_WEBPS, LOSSLESS_WEBPS}) {
        for (String name : names) {
          byte[] whole = TestPictures.bytes(name);
          for (int length = KILO; length < whole.length - 2; length += KILO) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThat(probe(part)).as("%s %d", name, length).isInstanceOf(Refused.class);
            assertThat(decodes(codec, part, whole)).as("%s %d", name, length).isFalse();
          }
        }
      }
    }
  }

  /** Whether the codec takes it even though the probe would not let it in. */
  private static boolean decodes(PictureCodec codec, byte[] part, byte[] whole)
      throws PictureException {
    try {
      codec.decode(part, TestPictures.info(whole), FULL).close();
      return true;
    } catch (PictureException e) {
      assertThat(e.reason()).isEqualTo(PictureException.Reason.DAMAGED);
      return false;
    }
  }

  @Test
  void bombs_areRefusedByTheirHeaders() throws IOException {
    assertRefused(withSize(Pictures.baselineJpeg(40, 30), 60_000, 60_000), Reason.TOO_MANY_PIXELS);
    assertRefused(
        withSize(Pictures.progressiveJpeg(40, 30), 60_000, 60_000), Reason.TOO_MANY_PIXELS);
    assertRefused(withSize(Pictures.baselineJpeg(40, 30), 65_535, 1), Reason.TOO_MANY_PIXELS);
    assertRefused(
        Pictures.withScans(Pictures.progressiveJpeg(40, 30), 5_000), Reason.TOO_MANY_SCANS);
    byte[] png = blackPng(20_000, 20_000);
    assertThat(png.length).isBetween(100_000, 2_000_000);
    assertRefused(png, Reason.TOO_MANY_PIXELS);
    assertRefused(new byte[0], Reason.EMPTY);
    assertRefused(new byte[5_000], Reason.NOT_A_PICTURE);
    assertRefused("not a picture".getBytes(StandardCharsets.UTF_8), Reason.NOT_A_PICTURE);
  }

  @Test
  void headerThatPromisesMoreThanThereIs_isDamagedAtOnce() throws PictureException {
    byte[] lie = withSize(Pictures.baselineJpeg(40, 30), 4_096, 4_096);
    long began = System.nanoTime();
    try (PictureCodec codec = new FfmpegCodec()) {
      assertThat(decodes(codec, lie, lie)).isFalse();
    }
    assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void mutants_ofPng_areNeverPublishedBroken() throws PictureException {
    assertThat(tried(PNGS).published(Mutants.ALIKE)).isZero();
  }

  @Test
  void mutants_ofJpeg_areSeldomPublishedBroken() throws PictureException {
    Mutants mutants = tried(JPEGS);
    assertThat(mutants.published(Mutants.BROKEN)).isLessThanOrEqualTo(MUTANTS / 1_000);
  }

  @Test
  void mutants_ofLossyWebp_areNeverPublishedBroken() throws PictureException {
    assertThat(tried(LOSSY_WEBPS).published(Mutants.BROKEN)).isZero();
  }

  @Test
  void mutants_ofLosslessWebp_areNeverPublished() throws PictureException {
    assertThat(tried(LOSSLESS_WEBPS).published(2)).isZero();
  }

  /** Their codes say nothing of what they stand for: many mutants are other sound pictures. */
  @Test
  void mutants_ofWebpThatIsTrusted_neitherCrashNorHang() throws PictureException {
    assertThat(tried(LOSSLESS_WEBPS, true).published(Mutants.BROKEN))
        .isLessThanOrEqualTo(MUTANTS * 2 / 5);
    assertThat(tried(LOSSY_WEBPS, true).published(Mutants.BROKEN))
        .isLessThanOrEqualTo(MUTANTS / 200);
  }

  private static Mutants tried(String... names) throws PictureException {
    return tried(names, false);
  }

  private static Mutants tried(String[] names, boolean trustsAll) throws PictureException {
    try (PictureCodec codec = new FfmpegCodec()) {
      Mutants mutants = new Mutants(codec, trustsAll, SEED);
      for (int i = 0; i < MUTANTS; i++) {
        mutants.tryOne(names[i % names.length]);
      }
      System.out.printf("seed %d%n%s%n", SEED, mutants);
      assertThat(mutants.slowestNanos).as(mutants.slowest).isLessThan(TimeUnit.SECONDS.toNanos(1));
      return mutants;
    }
  }

  @Test
  void mutants_roundAfterRound_keepTheMemory() throws PictureException {
    try (PictureCodec codec = new FfmpegCodec()) {
      long settled = 0;
      for (int round = 0; round < 10; round++) {
        Mutants mutants = new Mutants(codec, true, SEED + round);
        for (int i = 0; i < MUTANTS / 10; i++) {
          mutants.tryOne(JPEGS[i % JPEGS.length]);
          mutants.tryOne(PNGS[i % PNGS.length]);
          mutants.tryOne(LOSSY_WEBPS[i % LOSSY_WEBPS.length]);
          mutants.tryOne(LOSSLESS_WEBPS[i % LOSSLESS_WEBPS.length]);
        }
        if (round == 4) {
          settled = Pointer.physicalBytes();
        }
      }
      assertThat(Pointer.physicalBytes() - settled).isLessThan(64 * MEBI);
    }
  }

  private static void assertRefused(byte[] picture, Reason reason) {
    assertThat(probe(picture))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private static Probed probe(byte[] picture) {
    return PictureProbe.probe(picture, 0, picture.length, LIMITS);
  }

  private static byte[] withSize(byte[] jpeg, int width, int height) {
    byte[] lie = jpeg.clone();
    int at = 2;
    while ((lie[at + 1] & 0xF0) != 0xC0 || (lie[at + 1] & 0xFF) == 0xC4) {
      at += 2 + ((lie[at + 2] & 0xFF) << 8 | (lie[at + 3] & 0xFF));
    }
    lie[at + 5] = (byte) (height >> 8);
    lie[at + 6] = (byte) height;
    lie[at + 7] = (byte) (width >> 8);
    lie[at + 8] = (byte) width;
    return lie;
  }

  private static byte[] blackPng(int width, int height) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(Pictures.bytes(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'));
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(header);
    fields.writeInt(width);
    fields.writeInt(height);
    fields.write(Pictures.bytes(8, 2, 0, 0, 0));
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream rows =
        new DeflaterOutputStream(data, new Deflater(Deflater.BEST_COMPRESSION))) {
      byte[] row = new byte[1 + 3 * width];
      for (int y = 0; y < height; y++) {
        rows.write(row);
      }
    }
    chunk(png, "IHDR", header.toByteArray());
    chunk(png, "IDAT", data.toByteArray());
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data)
      throws IOException {
    byte[] typed = Pictures.join(type.getBytes(StandardCharsets.US_ASCII), data);
    CRC32 checksum = new CRC32();
    checksum.update(typed);
    DataOutputStream out = new DataOutputStream(png);
    out.writeInt(data.length);
    out.write(typed);
    out.writeInt((int) checksum.getValue());
  }
}
