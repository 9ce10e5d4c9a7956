package io.imagebus.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.image.Probed.Reason;
import io.imagebus.image.Probed.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PictureProbeFuzzTest {
  private static final int ROUNDS = 100_000;

  static List<byte[]> pictures() {
    return List.of(
        Pictures.baselineJpeg(40, 30),
        Pictures.progressiveJpeg(41, 31),
        Pictures.grayJpeg(42, 32),
        Pictures.jpegWithThumbnail(43, 33),
        Pictures.png8(44, 34),
        Pictures.png16(45, 35),
        Pictures.losslessWebp(),
        Pictures.lossyWebp(),
        Pictures.extendedWebp(0x10, 4, 6));
  }

  @Test
  void probe_everyStrictPrefix_isTruncated() {
    for (byte[] picture : pictures()) {
      for (int length = 1; length < picture.length; length++) {
        Probed probed = PictureProbeTest.probe(Arrays.copyOf(picture, length));
        assertThat(probed).isInstanceOf(Refused.class);
        assertThat(((Refused) probed).reason()).isEqualTo(Reason.TRUNCATED);
      }
    }
  }

  @Test
  void probe_mutatedPictures_neverThrows() {
    long seed = System.nanoTime();
    System.out.println("probe_mutatedPictures_neverThrows seed " + seed);
    Random random = new Random(seed);
    List<byte[]> pictures = pictures();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] picture = pictures.get(random.nextInt(pictures.size()));
      byte[] mutant = Arrays.copyOf(picture, 1 + random.nextInt(picture.length + 8));
      int flips = 1 + random.nextInt(6);
      for (int flip = 0; flip < flips; flip++) {
        int reach = random.nextBoolean() ? mutant.length : Math.min(mutant.length, 64);
        mutant[random.nextInt(reach)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
      }
      assertThat(PictureProbeTest.probe(mutant)).as("seed %d round %d", seed, round).isNotNull();
    }
  }

  @Test
  void probe_noiseBehindASignature_neverThrows() {
    long seed = System.nanoTime();
    System.out.println("probe_noiseBehindASignature_neverThrows seed " + seed);
    Random random = new Random(seed);
    List<byte[]> pictures = pictures();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] noise = new byte[1 + random.nextInt(200)];
      random.nextBytes(noise);
      byte[] picture = pictures.get(random.nextInt(pictures.size()));
      int kept = Math.min(noise.length, random.nextInt(40));
      System.arraycopy(picture, 0, noise, 0, Math.min(kept, picture.length));
      assertThat(PictureProbeTest.probe(noise)).as("seed %d round %d", seed, round).isNotNull();
    }
  }
}
