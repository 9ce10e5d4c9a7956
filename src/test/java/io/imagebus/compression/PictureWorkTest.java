package io.imagebus.compression;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.base.Clock;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.compression.JobResult.Made;
import io.imagebus.frame.ByTopic;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.PictureLimits;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Pictures;
import io.imagebus.image.Probed;
import io.imagebus.image.codec.TestPictures;
import io.imagebus.image.quality.QualityTarget;
import io.imagebus.testbed.PlainCodec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureWorkTest {

  private static final Topic TOPIC = new Topic("gate");
  private static final PictureLimits LIMITS = new PictureLimits(1 << 24, 100_000_000, 16_384, 64);
  private static final CompressionSettings SETTINGS = settings(false);

  private final PictureWork work = new PictureWork(new PlainCodec(), SETTINGS, Clock.system());
  private final Chunker chunker = new Chunker(new StreamId(1), 4_096);

  private static CompressionSettings settings(boolean trustsLosslessWebp) {
    return new CompressionSettings(
        1, 10, 75, ByTopic.none(), LIMITS, 4_096, trustsLosslessWebp, false);
  }

  private JobResult make(byte[] picture, String... labels) {
    return make(work, picture, labels);
  }

  private JobResult make(PictureWork work, byte[] picture, String... labels) {
    ChunkedFrame frame = chunker.cut(picture, 0);
    List<Recipe> recipes =
        Arrays.stream(labels)
            .map(Variant::parse)
            .map(
                variant ->
                    new Recipe(
                        variant,
                        SETTINGS.targetOf(TOPIC, variant),
                        SETTINGS.targetOf(TOPIC, variant).control(),
                        false))
            .toList();
    return work.make(new PictureJob(frame, recipes));
  }

  private static PictureInfo info(Made made) {
    byte[] picture = made.picture();
    return ((Probed.Accepted) PictureProbe.probe(picture, 0, picture.length, LIMITS)).info();
  }

  @Test
  void severalVariants_costOneDecode_andKeepTheShape() {
    JobResult result = make(Pictures.baselineJpeg(800, 600), "320x180", "x300", "400x-q50-png");
    assertThat(result.decoded().times()).isEqualTo(1);
    assertThat(result.made().values()).allMatch(made -> made.encoded().times() == 1);
    PictureInfo box = info(result.made().get(Variant.parse("320x180")));
    assertThat(box.widthPixels()).isEqualTo(240);
    assertThat(box.heightPixels()).isEqualTo(180);
    PictureInfo png = info(result.made().get(Variant.parse("400x-q50-png")));
    assertThat(png.format()).isEqualTo(ImageFormat.PNG);
    assertThat(png.heightPixels()).isEqualTo(300);
  }

  @Test
  void variantsThatComeOutTheSame_shareOneEncode() {
    JobResult result = make(Pictures.baselineJpeg(800, 600), "320x", "x240", "320x240-q75");
    assertThat(result.made().values().stream().mapToLong(made -> made.encoded().times()).sum())
        .isEqualTo(1);
    assertThat(result.made()).hasSize(3);
  }

  @Test
  void sourceThatIsSmallEnough_isPassedThrough_withoutADecode() {
    byte[] picture = Pictures.baselineJpeg(300, 200);
    JobResult result = make(picture, "320x", "320x-jpeg", "full-b500000");
    assertThat(result.decoded().times()).isZero();
    assertThat(result.made().values())
        .allSatisfy(made -> assertThat(made.picture()).isEqualTo(picture));
    assertThat(make(picture, "320x-png").decoded().times()).as("another format").isEqualTo(1);
    assertThat(make(picture, "320x-q35").decoded().times()).as("a quality").isEqualTo(1);
    assertThat(make(picture, "full-b1000").decoded().times()).as("a budget").isEqualTo(1);
  }

  @Test
  void budget_isKept() {
    Made made =
        make(Pictures.baselineJpeg(1280, 720), "640x-b8000")
            .made()
            .get(Variant.parse("640x-b8000"));
    assertThat(made.picture().length).isLessThanOrEqualTo(8_000);
    assertThat(made.encoded().times()).isBetween(1L, 4L);
  }

  @Test
  void budget_thatTheSizeIsTooLargeFor_isKeptByASmallerPicture() {
    Variant variant = Variant.parse("full-b5000");
    Made made = make(Pictures.baselineJpeg(1280, 720), variant.label()).made().get(variant);
    assertThat(made.picture().length).isLessThanOrEqualTo(5_000);
    PictureInfo info = info(made);
    assertThat(info.widthPixels()).isLessThan(1280);
    assertThat(info.widthPixels() / (double) info.heightPixels()).isBetween(1.75, 1.8);
    assertThat(made.pixels()).isEqualTo((long) info.widthPixels() * info.heightPixels());
    assertThat(made.quality()).isGreaterThanOrEqualTo(12);
  }

  @Test
  void png_isAsLongAsItIs_whateverTheTopicsBudget() {
    QualityTarget budget = new QualityTarget.FrameBytes(5_000);
    TopicFilter all = new TopicFilter("#");
    CompressionSettings settings =
        new CompressionSettings(
            1,
            10,
            75,
            new ByTopic<>(List.of(new ByTopic.Rule<>(all, budget))),
            LIMITS,
            4_096,
            false,
            false);
    Topic topic = new Topic("site/gate");
    assertThat(settings.targetOf(topic, Variant.parse("320x-jpeg"))).isEqualTo(budget);
    assertThat(settings.targetOf(topic, Variant.parse("320x-png")))
        .isEqualTo(new QualityTarget.Fixed(75));
  }

  @Test
  void damagedPicture_makesNothing_andSaysWhy() {
    byte[] picture = Pictures.baselineJpeg(800, 600);
    Arrays.fill(picture, picture.length / 2, picture.length - 2, (byte) 0x55);
    JobResult result = make(picture, "320x");
    assertThat(result.made()).isEmpty();
    assertThat(result.isDamaged()).isTrue();
    assertThat(make(new byte[] {1, 2, 3}, "320x").isDamaged()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless.webp", "alpha.webp"})
  void pictureThatCannotBeVerified_isPassedOnUntouched_whereThatWillDo(String name) {
    byte[] picture = TestPictures.bytes(name);
    JobResult result = make(picture, "80x", "80x-q50", "80x-webp", "80x-jpeg", "80x-b1000");
    assertThat(result.decoded().times()).isZero();
    assertThat(result.made().keySet())
        .containsExactlyInAnyOrder(
            Variant.parse("80x"), Variant.parse("80x-q50"), Variant.parse("80x-webp"));
    assertThat(result.made().values())
        .allSatisfy(made -> assertThat(made.picture()).isEqualTo(picture));
    assertThat(result.failure().orElseThrow().reason()).isEqualTo(SkipReason.UNVERIFIABLE);
    assertThat(result.isDamaged()).isFalse();
  }

  @Test
  void pictureThatCannotBeVerified_isMadeOf_ifItIsTrusted() {
    PictureWork trusting = new PictureWork(new PlainCodec(), settings(true), Clock.system());
    JobResult result = make(trusting, TestPictures.bytes("lossless.webp"), "80x", "80x-jpeg");
    assertThat(result.failure()).isEmpty();
    assertThat(result.made().values())
        .hasSize(2)
        .allSatisfy(made -> assertThat(info(made).widthPixels()).isEqualTo(80));
  }
}
