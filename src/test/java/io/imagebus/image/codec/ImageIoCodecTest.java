package io.imagebus.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.codec.PictureException.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImageIoCodecTest extends CodecContract {

  @Override
  PictureCodec open() {
    return new ImageIoCodec();
  }

  @Test
  void encode_webp_isForAnotherCodec() throws PictureException {
    byte[] source = TestPictures.bytes("baseline-420.jpg");
    try (DecodedPicture picture = codec.decode(source, TestPictures.info(source), FULL)) {
      assertThatThrownBy(() -> picture.encode(new Encoding(FULL, ImageFormat.WEBP, 80)))
          .isInstanceOfSatisfying(
              PictureException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOR_THIS_CODEC));
    }
  }

  @Override
  ImageFormat[] formats() {
    return new ImageFormat[] {ImageFormat.JPEG, ImageFormat.PNG};
  }

  @Test
  void chain_whatIsNotForTheFirst_goesOnAndWhatIsDamagedDoesNot() throws PictureException {
    byte[] source = TestPictures.bytes("baseline-420.jpg");
    try (PictureCodec chain = new HandingOn(new ImageIoCodec(), new FfmpegCodec());
        DecodedPicture picture = chain.decode(source, TestPictures.info(source), HALF)) {
      assertThat(chain.name()).isEqualTo("imageio");
      EncodedPicture webp = picture.encode(new Encoding(HALF, ImageFormat.WEBP, 80));
      assertThat(TestPictures.info(webp.bytes()).format()).isEqualTo(ImageFormat.WEBP);
      byte[] half = Arrays.copyOf(source, source.length / 2);
      assertThatThrownBy(() -> chain.decode(half, TestPictures.info(source), HALF))
          .isInstanceOfSatisfying(
              PictureException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
    }
  }

  @Test
  void codecs_byChoice_beginWithTheRightOne() {
    assertThat(Codecs.of(Codecs.Choice.parse("auto")).first()).isEqualTo("ffmpeg");
    assertThat(Codecs.of(Codecs.Choice.parse("FFmpeg")).first()).isEqualTo("ffmpeg");
    assertThat(Codecs.of(Codecs.Choice.parse("java")).first()).isEqualTo("java");
    try (PictureCodec codec = Codecs.of(Codecs.Choice.IMAGEIO).open()) {
      assertThat(codec.name()).isEqualTo("imageio");
    }
    assertThatThrownBy(() -> Codecs.Choice.parse("gpu")).hasMessageContaining("auto, ffmpeg");
  }
}
