package io.imagebus.image.dct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.PictureLimits;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Probed;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureException.Reason;
import io.imagebus.image.codec.PictureSize;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What is not a sound picture for this codec is said to be so, whatever the bytes are. */
class DamagedPicturesTest {
  private static final BufferedImage SOURCE = Pictures.scene(160, 128, 9);
  private static final PictureInfo INFO = Pictures.info(160, 128);

  private final DctCodec codec = new DctCodec();

  private void transcode(byte[] picture, PictureInfo info) throws PictureException {
    PictureSize size =
        new PictureSize(Math.max(1, info.widthPixels() / 2), Math.max(1, info.heightPixels() / 2));
    try (DecodedPicture decoded = codec.decode(picture, info, size)) {
      decoded.encode(new Encoding(size, ImageFormat.JPEG, 75));
    }
  }

  private Reason reason(byte[] picture) {
    try {
      transcode(picture, INFO);
    } catch (PictureException e) {
      return e.reason();
    }
    throw new AssertionError("decoded");
  }

  @Test
  void decode_ofTruncatedPicture_saysDamagedAtEveryByte() {
    byte[] picture = SampledPictures.jpeg(SOURCE, 2, 2, 60);
    for (int length = 0; length < picture.length - 1; length++) {
      byte[] cut = Arrays.copyOf(picture, length);
      assertThat(reason(cut)).as("cut to %d bytes", length).isEqualTo(Reason.DAMAGED);
      if (length > 2) {
        cut[length - 2] = (byte) 0xFF;
        cut[length - 1] = (byte) 0xD9;
        assertThat(reason(cut)).as("ended at %d bytes", length).isNotEqualTo(Reason.FAILED);
      }
    }
  }

  @Test
  void decode_ofProgressivePicture_leavesItToAnother() {
    assertThat(reason(Pictures.jpeg(SOURCE, 0.8f, true))).isEqualTo(Reason.NOT_FOR_THIS_CODEC);
  }

  @Test
  void decode_ofAnotherSizeThanProbed_saysDamaged() {
    byte[] picture = SampledPictures.jpeg(SOURCE, 2, 2, 60);
    assertThatThrownBy(() -> transcode(picture, Pictures.info(160, 120)))
        .isInstanceOf(PictureException.class);
  }

  @Test
  void everyUse_ofMutatedPictures_throwsNothingElseAndEnds() throws PictureException {
    long seed = 20261122;
    Random random = new Random(seed);
    byte[][] origins = {
      SampledPictures.jpeg(SOURCE, 2, 2, 60),
      SampledPictures.jpeg(SOURCE, 1, 1, 90),
      SampledPictures.withRestarts(SampledPictures.jpeg(SOURCE, 2, 1, 75), 4),
      Pictures.jpeg(SOURCE, 0.97f)
    };
    JpegCoefficients coefficients = new JpegCoefficients();
    JpegCropper cropper = new JpegCropper();
    DcDecoder dc = new DcDecoder();
    DcMap map = new DcMap();
    PictureLimits limits = new PictureLimits(1 << 20, 1 << 20);
    int[] accepted = new int[1];
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < 4000; i++) {
            byte[] mutant = mutated(origins[i % origins.length], random);
            if (!(PictureProbe.probe(mutant, 0, mutant.length, limits)
                instanceof Probed.Accepted probed)) {
              continue;
            }
            PictureInfo info = probed.info();
            try {
              transcode(mutant, info);
              accepted[0]++;
              dc.decode(mutant, info, map);
              coefficients.load(mutant, info);
              Pictures.decode(coefficients.encode(1 + i % 100, HuffmanMode.OPTIMISED));
              JpegCropper.Region region =
                  new JpegCropper.Region(info.widthPixels() / 2, info.heightPixels() / 2, 1, 1);
              Pictures.decode(cropper.crop(mutant, info, region).picture());
            } catch (PictureException e) {
              assertThat(e.reason())
                  .as("mutant %d of seed %d", i, seed)
                  .isNotEqualTo(Reason.FAILED);
            }
          }
        });
    assertThat(accepted[0]).isLessThan(4000 / 3);
  }

  private static byte[] mutated(byte[] origin, Random random) {
    byte[] mutant = origin.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
    }
    if (random.nextInt(8) == 0) {
      int from = random.nextInt(mutant.length);
      Arrays.fill(mutant, from, Math.min(mutant.length, from + 40), (byte) random.nextInt(256));
    }
    return mutant;
  }
}
