package io.imagebus.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagebus.image.Pictures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JpegSplitterTest {
  private static final int MAX_PICTURE_BYTES = 1 << 20;
  private static final byte[] PLAIN = Pictures.baselineJpeg(16, 16);
  private static final byte[] WITH_THUMBNAIL = Pictures.jpegWithThumbnail(20, 12);
  private static final byte[] PROGRESSIVE = Pictures.progressiveJpeg(24, 24);

  /** A JPEG in structure only, small enough for every split: fill bytes, stuffing, restarts. */
  private static final byte[] TINY =
      Pictures.bytes(
          0xFF, 0xD8, 0xFF, 0xFF, 0xE1, 0, 6, 0xFF, 0xD8, 0xFF, 0xD9, 0xFF, 0xDB, 0, 2, 0xFF, 0xDA,
          0, 3, 1, 7, 0xFF, 0, 0xFF, 0xD3, 9, 0xFF, 0xC4, 0, 4, 0xFF, 0xD9, 0xFF, 0xDA, 0, 2, 5,
          0xFF, 0xFF, 0xD9);

  private final List<byte[]> pictures = new ArrayList<>();
  private JpegSplitter splitter = new JpegSplitter(MAX_PICTURE_BYTES, pictures::add);

  @Test
  void feed_everySplitOfTwoTinyPictures_givesBoth() {
    byte[] row = Pictures.join(TINY, TINY);
    for (int first = 0; first <= row.length; first++) {
      for (int second = first; second <= row.length; second++) {
        begin(MAX_PICTURE_BYTES);
        splitter.feed(row, 0, first);
        splitter.feed(row, first, second - first);
        splitter.feed(row, second, row.length - second);
        assertPictures(TINY, TINY);
      }
    }
  }

  @Test
  void feed_oneByteAtATime_givesEveryPicture() {
    byte[] row = Pictures.join(PLAIN, WITH_THUMBNAIL, PROGRESSIVE, TINY);
    for (int at = 0; at < row.length; at++) {
      splitter.feed(row, at, 1);
    }
    assertPictures(PLAIN, WITH_THUMBNAIL, PROGRESSIVE, TINY);
    assertThat(splitter.wholePictures()).isEqualTo(4);
    assertThat(splitter.brokenPictures()).isZero();
  }

  @Test
  void feed_randomSplits_giveTheSamePictures() {
    long seed = System.nanoTime();
    System.out.println("feed_randomSplits_giveTheSamePictures seed " + seed);
    Random random = new Random(seed);
    byte[] row = Pictures.join(PLAIN, new byte[5], WITH_THUMBNAIL, PROGRESSIVE, PLAIN);
    for (int round = 0; round < 500; round++) {
      begin(MAX_PICTURE_BYTES);
      for (int at = 0; at < row.length; ) {
        int next = Math.min(row.length, at + random.nextInt(1500));
        splitter.feed(row, at, next - at);
        at = next;
      }
      assertPictures(PLAIN, WITH_THUMBNAIL, PROGRESSIVE, PLAIN);
    }
  }

  @Test
  void feed_bytesBetweenPictures_areSkipped() {
    byte[] between = Pictures.bytes(0xD8, 0xFF, 0, 0xFF, 0xD9, 0xFF);
    byte[] row = Pictures.join(between, PLAIN, between, TINY, between);
    splitter.feed(row, 0, row.length);
    assertPictures(PLAIN, TINY);
    assertThat(splitter.brokenPictures()).isZero();
  }

  @Test
  void feed_pictureCutShort_isCountedAndTheNextIsWhole() {
    byte[] row = Pictures.join(Arrays.copyOf(PLAIN, PLAIN.length - 2), WITH_THUMBNAIL);
    splitter.feed(row, 0, row.length);
    assertPictures(WITH_THUMBNAIL);
    assertThat(splitter.brokenPictures()).isEqualTo(1);
  }

  @Test
  void feed_damagedSegmentLength_isCountedAndTheNextIsWhole() {
    byte[] row = Pictures.join(Pictures.bytes(0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 3, 4), PLAIN);
    splitter.feed(row, 0, row.length);
    assertPictures(PLAIN);
    assertThat(splitter.brokenPictures()).isEqualTo(1);
  }

  @Test
  void feed_pictureAboveTheLimit_isLeftOutWholeAndCounted() {
    begin(WITH_THUMBNAIL.length - 1);
    byte[] row = Pictures.join(WITH_THUMBNAIL, TINY, WITH_THUMBNAIL, TINY);
    for (int at = 0; at < row.length; at += 10) {
      splitter.feed(row, at, Math.min(10, row.length - at));
    }
    assertPictures(TINY, TINY);
    assertThat(splitter.oversizedPictures()).isEqualTo(2);
    assertThat(splitter.brokenPictures()).isZero();
  }

  @Test
  void feed_pictureOfExactlyTheLimit_isHandedOn() {
    begin(PLAIN.length);
    splitter.feed(PLAIN, 0, PLAIN.length);
    assertPictures(PLAIN);
  }

  @Test
  void end_withinAPicture_countsItAsBroken() {
    splitter.feed(PLAIN, 0, PLAIN.length - 1);
    splitter.end();
    splitter.end();
    assertThat(pictures).isEmpty();
    assertThat(splitter.brokenPictures()).isEqualTo(1);
  }

  @Test
  void feed_mutatedRows_neverThrows() {
    long seed = System.nanoTime();
    System.out.println("feed_mutatedRows_neverThrows seed " + seed);
    Random random = new Random(seed);
    byte[] row = Pictures.join(PLAIN, WITH_THUMBNAIL, PROGRESSIVE);
    for (int round = 0; round < 5_000; round++) {
      begin(700 + random.nextInt(1000));
      byte[] mutant = row.clone();
      for (int flip = 0; flip < 20; flip++) {
        mutant[random.nextInt(mutant.length)] = (byte) (random.nextBoolean() ? 0xFF : 0xD8);
      }
      int split = random.nextInt(mutant.length);
      splitter.feed(mutant, 0, split);
      splitter.feed(mutant, split, mutant.length - split);
      splitter.end();
      assertThat(splitter.wholePictures())
          .as("seed %d round %d", seed, round)
          .isEqualTo(pictures.size());
    }
  }

  @Test
  void feed_rangeOutsideTheArray_throws() {
    assertThatThrownBy(() -> splitter.feed(PLAIN, 1, PLAIN.length))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private void begin(int maxPictureBytes) {
    pictures.clear();
    splitter = new JpegSplitter(maxPictureBytes, pictures::add);
  }

  private void assertPictures(byte[]... expected) {
    assertThat(pictures.toArray(byte[][]::new)).isDeepEqualTo(expected);
  }
}
