package io.imagebus.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.Pictures;
import io.imagebus.image.codec.PictureException.Reason;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every codec that takes all kinds of pictures shows. */
abstract class CodecContract {
  static final PictureSize FULL = new PictureSize(320, 180);
  static final PictureSize HALF = new PictureSize(160, 90);
  static final PictureSize QUARTER = new PictureSize(80, 45);

  PictureCodec codec;

  abstract PictureCodec open();

  static String[] fullSize() {
    return TestPictures.OF_FULL_SIZE;
  }

  static String[] halfSize() {
    return TestPictures.OF_HALF_SIZE;
  }

  @BeforeEach
  void openCodec() {
    codec = open();
  }

  @AfterEach
  void closeCodec() {
    codec.close();
  }

  @ParameterizedTest
  @MethodSource("fullSize")
  void encode_everyKindAtEverySize_looksLikeTheOriginal(String name) throws PictureException {
    for (PictureSize size : new PictureSize[] {FULL, HALF, QUARTER}) {
      BufferedImage made = made(TestPictures.bytes(name), new Encoding(size, ImageFormat.JPEG, 90));
      assertLooksLikeTheOriginal(made, size, name);
    }
  }

  @ParameterizedTest
  @MethodSource("halfSize")
  void encode_palettesAndDepths_lookLikeTheOriginal(String name) throws PictureException {
    for (PictureSize size : new PictureSize[] {HALF, QUARTER}) {
      BufferedImage made = made(TestPictures.bytes(name), new Encoding(size, ImageFormat.JPEG, 95));
      assertLooksLikeTheOriginal(made, size, name);
    }
  }

  static void assertLooksLikeTheOriginal(BufferedImage made, PictureSize size, String name) {
    BufferedImage reference = TestPictures.reference(size);
    assertThat(new PictureSize(made.getWidth(), made.getHeight())).isEqualTo(size);
    double ssim = LumaSimilarity.whole(TestPictures.luma(reference), TestPictures.luma(made), size);
    assertThat(ssim).as("%s at %s", name, size).isGreaterThan(0.93);
    double[] wanted = TestPictures.meanColour(reference, 0, size.widthPixels());
    double[] seen = TestPictures.meanColour(made, 0, size.widthPixels());
    if (name.startsWith("gray")) {
      double grey = 0.299 * wanted[0] + 0.587 * wanted[1] + 0.114 * wanted[2];
      Arrays.fill(wanted, grey);
    }
    for (int band = 0; band < 3; band++) {
      assertThat(seen[band])
          .as("%s at %s band %d", name, size, band)
          .isCloseTo(wanted[band], within(2.5));
    }
  }

  @Test
  void encode_transparentPixels_areLaidOverBlack() throws PictureException {
    for (String name : alphaPictures()) {
      BufferedImage made = made(TestPictures.bytes(name), new Encoding(HALF, ImageFormat.JPEG, 95));
      BufferedImage reference = TestPictures.reference(HALF);
      double[] opaque = TestPictures.meanColour(made, 0, 76);
      double[] half = TestPictures.meanColour(made, 84, 116);
      double[] clear = TestPictures.meanColour(made, 124, 160);
      for (int band = 0; band < 3; band++) {
        assertThat(opaque[band])
            .as(name)
            .isCloseTo(TestPictures.meanColour(reference, 0, 76)[band], within(3.0));
        assertThat(half[band])
            .as(name)
            .isCloseTo(TestPictures.meanColour(reference, 84, 116)[band] / 2, within(3.0));
        assertThat(clear[band]).as(name).isCloseTo(0, within(2.0));
      }
    }
  }

  /** Pictures of which the left half is opaque, a quarter half transparent and a quarter clear. */
  String[] alphaPictures() {
    return new String[] {"alpha.png", "alpha.webp"};
  }

  /** What it writes. */
  ImageFormat[] formats() {
    return ImageFormat.values();
  }

  @Test
  void encode_eachFormat_hasTheSizeAndLooksAlike() throws PictureException {
    for (ImageFormat format : formats()) {
      encodeInThreeSizes(format);
    }
  }

  private void encodeInThreeSizes(ImageFormat format) throws PictureException {
    byte[] source = TestPictures.bytes("baseline-420.jpg");
    for (PictureSize size : new PictureSize[] {FULL, HALF, new PictureSize(97, 55)}) {
      try (DecodedPicture picture = codec.decode(source, TestPictures.info(source), FULL)) {
        EncodedPicture made = picture.encode(new Encoding(size, format, 90));
        PictureInfo info = TestPictures.info(made.bytes());
        assertThat(info.format()).isEqualTo(format);
        assertThat(info.widthPixels()).isEqualTo(size.widthPixels());
        assertThat(info.heightPixels()).isEqualTo(size.heightPixels());
        assertThat(picture.similarity(made)).isBetween(0.95, 1.0);
      }
    }
  }

  @Test
  void encode_limitedRangeAndFull_haveTheSameColours() throws PictureException {
    for (ImageFormat format : formats()) {
      BufferedImage made = made(TestPictures.bytes("lossy.webp"), new Encoding(FULL, format, 92));
      assertLooksLikeTheOriginal(made, FULL, "lossy.webp as " + format);
    }
  }

  @Test
  void encode_lowerQuality_isSmallerAndLessAlike() throws PictureException {
    byte[] source = TestPictures.bytes("baseline-420.jpg");
    try (DecodedPicture picture = codec.decode(source, TestPictures.info(source), FULL)) {
      double alike = 1;
      int bytes = Integer.MAX_VALUE;
      for (int quality : new int[] {95, 85, 75, 60, 45, 30, 15, 5}) {
        EncodedPicture made = picture.encode(new Encoding(FULL, ImageFormat.JPEG, quality));
        assertThat(made.bytes().length).isLessThan(bytes);
        double similarity = picture.similarity(made);
        assertThat(similarity).isLessThan(alike);
        bytes = made.bytes().length;
        alike = similarity;
      }
    }
  }

  @Test
  void encode_everyOrientation_standsUpright() throws PictureException {
    byte[] plain = TestPictures.bytes("baseline-444.jpg");
    BufferedImage stored = TestPictures.image(plain);
    for (int value = 1; value <= 8; value++) {
      byte[] source = Pictures.jpegWithExif(plain, Pictures.exif(value, false));
      PictureInfo info = TestPictures.info(source);
      PictureSize size = new PictureSize(info.uprightWidthPixels(), info.uprightHeightPixels());
      BufferedImage made = made(source, new Encoding(size, ImageFormat.JPEG, 95));
      byte[] expected = TestPictures.luma(turned(stored, value));
      assertThat(LumaSimilarity.whole(expected, TestPictures.luma(made), size))
          .as("orientation %d", value)
          .isGreaterThan(0.97);
    }
  }

  /** The table of the EXIF standard: where row 0 and column 0 of the stored picture are shown. */
  private static BufferedImage turned(BufferedImage stored, int orientation) {
    int width = stored.getWidth();
    int height = stored.getHeight();
    boolean swapped = orientation >= 5;
    BufferedImage upright =
        new BufferedImage(
            swapped ? height : width, swapped ? width : height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int right = width - 1 - column;
        int up = height - 1 - row;
        int x =
            switch (orientation) {
              case 1, 4 -> column;
              case 2, 3 -> right;
              case 5, 8 -> row;
              default -> up;
            };
        int y =
            switch (orientation) {
              case 1, 2 -> row;
              case 3, 4 -> up;
              case 5, 6 -> column;
              default -> right;
            };
        upright.setRGB(x, y, stored.getRGB(column, row));
      }
    }
    return upright;
  }

  @Test
  void encode_sourceWithMetadata_keepsNone() throws PictureException {
    byte[] source = TestPictures.bytes("turned.jpg");
    assertThat(contains(source, "Exif")).isTrue();
    for (ImageFormat format : formats()) {
      try (DecodedPicture picture = codec.decode(source, TestPictures.info(source), FULL)) {
        byte[] made = picture.encode(new Encoding(FULL, format, 80)).bytes();
        for (String mark : new String[] {"Exif", "EXIF", "eXIf", "ICC_PROFILE", "Lavc"}) {
          assertThat(contains(made, mark)).as("%s in a %s", mark, format).isFalse();
        }
      }
    }
  }

  private static boolean contains(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
  }

  @Test
  void decode_brokenOff_isDamaged() {
    for (String name : TestPictures.OF_FULL_SIZE) {
      byte[] whole = TestPictures.bytes(name);
      byte[] half = Arrays.copyOf(whole, whole.length / 2);
      assertThatThrownBy(() -> codec.decode(half, TestPictures.info(whole), FULL).close())
          .as(name)
          .isInstanceOfSatisfying(
              PictureException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
    }
  }

  @Test
  void decode_afterADamagedPicture_isAsBefore() throws PictureException {
    byte[] whole = TestPictures.bytes("baseline-420.jpg");
    Encoding wanted = new Encoding(HALF, ImageFormat.JPEG, 80);
    byte[] before;
    try (DecodedPicture picture = codec.decode(whole, TestPictures.info(whole), HALF)) {
      before = picture.encode(wanted).bytes();
    }
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertThatThrownBy(() -> codec.decode(half, TestPictures.info(whole), HALF))
        .isInstanceOf(PictureException.class);
    try (DecodedPicture picture = codec.decode(whole, TestPictures.info(whole), HALF)) {
      assertThat(picture.encode(wanted).bytes()).isEqualTo(before);
    }
  }

  @Test
  void decode_otherSizeThanTheProbeSaid_isDamaged() {
    byte[] source = TestPictures.bytes("baseline-420.jpg");
    PictureInfo lie = new PictureInfo(ImageFormat.JPEG, 322, 180, 3, 8);
    assertThatThrownBy(() -> codec.decode(source, lie, FULL))
        .isInstanceOfSatisfying(
            PictureException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
  }

  BufferedImage made(byte[] source, Encoding wanted) throws PictureException {
    try (DecodedPicture picture = codec.decode(source, TestPictures.info(source), wanted.size())) {
      EncodedPicture made = picture.encode(wanted);
      assertThat(made.encoding()).isEqualTo(wanted);
      return wanted.format() == ImageFormat.WEBP
          ? made(made.bytes(), new Encoding(wanted.size(), ImageFormat.PNG, 75))
          : TestPictures.image(made.bytes());
    }
  }
}
