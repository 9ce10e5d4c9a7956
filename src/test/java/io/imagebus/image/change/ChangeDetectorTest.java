package io.imagebus.image.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeDetectorTest {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 272;
  private static final PictureInfo INFO = new PictureInfo(ImageFormat.JPEG, WIDTH, HEIGHT, 1, 8);

  private final ChangeDetector detector = new ChangeDetector();

  /** A yard with a wall and a window, and the noise of a sensor. */
  private static int[] yard() {
    int[] pixels = new int[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int wall = y < 150 ? 90 + x / 8 : 60 + (x / 40 + y / 30) % 2 * 40;
        pixels[y * WIDTH + x] = x > 300 && x < 360 && y > 40 && y < 110 ? 190 : wall;
      }
    }
    return pixels;
  }

  private static byte[] shot(int[] yard, double noise, Random random, int personX) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    byte[] row = new byte[1];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int value = yard[y * WIDTH + x];
        if (personX >= 0 && x >= personX && x < personX + 12 && y >= 140 && y < 172) {
          value = value < 80 ? value + 25 : value - 25;
        }
        value += (int) Math.round(random.nextGaussian() * noise);
        row[0] = (byte) Math.min(Math.max(value, 0), 255);
        image.getRaster().setDataElements(x, y, row);
      }
    }
    return jpeg(image);
  }

  private static byte[] jpeg(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void look_atTheSameBytes_saysSo() {
    byte[] shot = shot(yard(), 2, new Random(1), -1);
    assertThat(detector.look(shot, INFO)).isEqualTo(Change.CHANGED);
    detector.sent();
    assertThat(detector.look(shot.clone(), INFO)).isEqualTo(Change.SAME_BYTES);
    assertThat(detector.lastSent()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"0.5", "2", "4", "8"})
  void look_atStillSceneWithNoise_passesOverItButNeverOverAPerson(double noise) {
    Random random = new Random(42);
    int[] yard = yard();
    int still = 0;
    int same = 0;
    int persons = 0;
    for (int i = 0; i < 120; i++) {
      boolean person = i > 10 && i % 10 == 0;
      byte[] shot = shot(yard, noise, random, person ? 100 + i : -1);
      Change change = detector.look(shot, INFO);
      if (person) {
        persons++;
        assertThat(change).as("person in picture %d", i).isEqualTo(Change.CHANGED);
        continue;
      }
      still++;
      same += change == Change.SAME_TO_THE_EYE ? 1 : 0;
      if (change == Change.CHANGED) {
        detector.sent();
      }
    }
    assertThat(persons).isEqualTo(10);
    assertThat(same).isGreaterThanOrEqualTo(still * 97 / 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20})
  void look_whenTheLightIsSwitchedOff_aChange_howeverLittleIsKnownOfTheNoise(int picturesBefore) {
    Random random = new Random(7);
    int[] yard = yard();
    detector.look(shot(yard, 2, random, -1), INFO);
    detector.sent();
    for (int i = 0; i < picturesBefore; i++) {
      detector.look(shot(yard, 2, random, -1), INFO);
    }
    int[] dark = Arrays.stream(yard).map(level -> level / 2).toArray();
    for (int i = 0; i < 20; i++) {
      assertThat(detector.look(shot(dark, 2, random, -1), INFO)).isEqualTo(Change.CHANGED);
    }
  }

  @Test
  void look_atSlowChange_seesItAddUp() {
    Random random = new Random(3);
    int[] yard = yard();
    detector.look(shot(yard, 2, random, -1), INFO);
    detector.sent();
    int seen = 0;
    for (int i = 0; i < 100; i++) {
      if (i % 2 == 0) {
        for (int at = 0; at < yard.length / 4; at++) {
          yard[at]++;
        }
      }
      if (detector.look(shot(yard, 2, random, -1), INFO) == Change.CHANGED) {
        detector.sent();
        seen++;
      }
    }
    assertThat(seen).isBetween(8, 50);
  }

  @Test
  void look_atWhatIsNoPicture_isAChange() {
    detector.look(shot(yard(), 2, new Random(1), -1), INFO);
    detector.sent();
    assertThat(detector.look(new byte[] {1, 2, 3}, INFO)).isEqualTo(Change.CHANGED);
    detector.sent();
    assertThat(detector.lastSent()).isEmpty();
    assertThat(detector.look(new byte[] {1, 2, 3}, INFO)).isEqualTo(Change.SAME_BYTES);
  }

  @Test
  void look_atAnotherSize_isAChange() {
    detector.look(shot(yard(), 2, new Random(1), -1), INFO);
    detector.sent();
    BufferedImage small = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY);
    PictureInfo info = new PictureInfo(ImageFormat.JPEG, 64, 48, 1, 8);
    assertThat(detector.look(jpeg(small), info)).isEqualTo(Change.CHANGED);
  }
}
