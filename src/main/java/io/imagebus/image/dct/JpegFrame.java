package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.damaged;

import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException;
import java.util.List;

/**
 * What the segments before the data of a sequential JPEG say.
 *
 * @param components as they are interleaved in the data
 * @param mcusPerRestart MCUs from restart marker to restart marker; 0 if there are none
 * @param dataAt where the entropy-coded data begins in the file
 */
record JpegFrame(
    int widthPixels,
    int heightPixels,
    List<JpegComponent> components,
    int mcusPerRestart,
    int dataAt) {

  JpegFrame {
    components = List.copyOf(components);
  }

  /** Makes sure that a picture takes the memory that its probe has allowed. */
  void requireSize(PictureInfo info) throws PictureException {
    if (widthPixels != info.widthPixels() || heightPixels != info.heightPixels()) {
      throw damaged("its size is not the one that was probed");
    }
  }

  /** Blocks of an MCU beside each other, in the component that has most. */
  int maxHorizontal() {
    int most = 1;
    for (JpegComponent component : components) {
      most = Math.max(most, component.horizontal());
    }
    return most;
  }

  /** Blocks of an MCU above each other, in the component that has most. */
  int maxVertical() {
    int most = 1;
    for (JpegComponent component : components) {
      most = Math.max(most, component.vertical());
    }
    return most;
  }

  int mcusWide() {
    return ceilDivide(widthPixels, 8 * maxHorizontal());
  }

  int mcusHigh() {
    return ceilDivide(heightPixels, 8 * maxVertical());
  }

  int mcus() {
    return mcusWide() * mcusHigh();
  }

  /** Runs of MCUs between restart markers. */
  int segments() {
    return mcusPerRestart == 0 ? 1 : ceilDivide(mcus(), mcusPerRestart);
  }

  /** Samples of a component in a row, when a block is decoded to {@code blockSide} samples. */
  int planeWidth(JpegComponent component, int blockSide) {
    return planeSide(widthPixels, component.horizontal(), maxHorizontal(), blockSide);
  }

  /** Rows of samples of a component, when a block is decoded to {@code blockSide} samples. */
  int planeHeight(JpegComponent component, int blockSide) {
    return planeSide(heightPixels, component.vertical(), maxVertical(), blockSide);
  }

  private static int planeSide(int pixels, int factor, int maxFactor, int blockSide) {
    return ceilDivide(ceilDivide(pixels * factor, maxFactor) * blockSide, 8);
  }

  static int ceilDivide(int value, int divisor) {
    return (value + divisor - 1) / divisor;
  }
}
