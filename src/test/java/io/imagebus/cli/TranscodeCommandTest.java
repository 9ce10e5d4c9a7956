package io.imagebus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscodeCommandTest {

  @TempDir private Path directory;
  private Path source;

  @BeforeEach
  void writeSource() throws IOException {
    source = Files.write(directory.resolve("in.jpg"), TestPictures.bytes("turned.jpg"));
  }

  @Test
  void transcode_widthAndQuality_writesItAndSaysWhatItIs() throws IOException {
    Executed executed = transcode("out.jpg", "--width", "160", "--quality", "60");

    assertThat(executed.exitCode()).as(executed.err()).isZero();
    assertThat(executed.out())
        .startsWith("320x180 23,165 bytes -> 160x90 ")
        .contains("quality 60, ssim 0.9", " ms");
    PictureInfo info = TestPictures.info(Files.readAllBytes(directory.resolve("out.jpg")));
    assertThat(info.widthPixels()).isEqualTo(160);
    assertThat(info.heightPixels()).isEqualTo(90);
  }

  @Test
  void transcode_byteBudget_isFilled() throws IOException {
    assertThat(transcode("out.webp", "--bytes", "9000").exitCode()).isZero();

    byte[] made = Files.readAllBytes(directory.resolve("out.webp"));
    assertThat(made.length).isBetween(7_000, 9_000);
    assertThat(TestPictures.info(made).format()).isEqualTo(ImageFormat.WEBP);
  }

  @Test
  void transcode_byteBudgetTooSmallForTheSize_makesASmallerPicture() throws IOException {
    Executed executed = transcode("out.jpg", "--bytes", "3000");

    assertThat(executed.exitCode()).as(executed.err()).isZero();
    byte[] made = Files.readAllBytes(directory.resolve("out.jpg"));
    assertThat(made.length).isBetween(2_000, 3_000);
    PictureInfo info = TestPictures.info(made);
    assertThat(info.widthPixels()).isBetween(80, 226);
    assertThat(executed.out()).contains("-> " + info.widthPixels() + "x" + info.heightPixels());
  }

  @Test
  void transcode_similarity_isReached() {
    Executed executed = transcode("out.jpg", "--ssim", "0.9", "--format", "JPEG");

    assertThat(executed.exitCode()).isZero();
    assertThat(executed.out()).containsPattern("ssim 0\\.(8[89]|9[012])");
  }

  @Test
  void transcode_withoutNatives_makesTheSameKind() {
    for (String codec : new String[] {"java", "imageio"}) {
      Executed executed = transcode("out.png", "--width", "160", "--codec", codec);
      assertThat(executed.exitCode()).as(executed.err()).isZero();
      assertThat(executed.out()).contains("-> 160x90", "lossless");
    }
  }

  @Test
  void transcode_badUsage_endsWith2() {
    assertThat(transcode("out.jpg", "--width", "321").exitCode()).isEqualTo(2);
    assertThat(transcode("out.jpg", "--width", "321").err()).contains("not made larger");
    assertThat(transcode("out.gif").err()).contains("which format?");
    assertThat(transcode("out.jpg", "--quality", "101").err()).contains("1 to 100");
    assertThat(transcode("out.jpg", "--quality", "60", "--bytes", "9000").exitCode()).isEqualTo(2);
    assertThat(transcode("out.jpg", "--codec", "gpu").err()).contains("imageio");
    assertThat(directory.resolve("out.jpg")).doesNotExist();
  }

  @Test
  void transcode_thatCannotBe_endsWith1AndWritesNothing() throws IOException {
    assertThat(transcode("out.jpg", "--bytes", "100").err()).contains("does not fit");
    byte[] whole = TestPictures.bytes("turned.jpg");
    whole[whole.length / 2] = (byte) 0xFF;
    whole[whole.length / 2 + 1] = (byte) 0xC4;
    Files.write(source, whole);
    assertThat(transcode("out.jpg").exitCode()).isEqualTo(1);
    Files.write(source, Arrays.copyOf(whole, 1_000));
    assertThat(transcode("out.jpg").exitCode()).isEqualTo(1);
    Files.delete(source);
    assertThat(transcode("out.jpg").err()).contains("cannot read");
    assertThat(directory.resolve("out.jpg")).doesNotExist();
  }

  private Executed transcode(String out, String... more) {
    String[] fixed = {"transcode", source.toString(), directory.resolve(out).toString()};
    String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return Executed.of(all);
  }
}
