package io.imagebus.image.quality;

/*
 * bytes = the last bytes * (step / the last step)^-e. How wrong that was makes the margin, and what
 * two encodes of one frame came to corrects e.
 *
 * Half the pixels take as many bytes with a step 0.4 times as coarse: 0.3 to 0.4 was measured at
 * 1080p, less where most blocks are empty.
 */
/** What a frame will come to, by what the frames before it came to. */
final class BytesModel {

  /** The step with which half the pixels take as many bytes, as a share of what it was. */
  static final double STEP_OF_HALF_THE_PIXELS = 0.4;

  /** The largest margin: what a prediction is not expected to be wrong by. */
  static final double MOST_MARGIN = 0.08;

  private static final double LEAST_MARGIN = 0.025;
  private static final double ERRORS_OF_MARGIN = 2.5;
  private static final double MEMORY = 0.9;
  private static final double USUAL_EXPONENT = 0.75;
  private static final double LEAST_EXPONENT = 0.4;
  private static final double MOST_EXPONENT = 1.6;

  private double exponent = USUAL_EXPONENT;
  private double error = MOST_MARGIN / ERRORS_OF_MARGIN;
  private double lastStep;
  private int lastBytes;
  private boolean guesses;

  /** Whether it has seen no frame yet. */
  boolean isEmpty() {
    return lastBytes == 0;
  }

  /** Whether it has seen no frame of this size. */
  boolean isGuessing() {
    return guesses;
  }

  /**
   * Learns what an encode came to.
   *
   * @param isRepeat whether it is of the same frame as the one before
   */
  void learn(double step, int bytes, boolean isRepeat) {
    if (isEmpty() || guesses) {
      guesses = false;
    } else if (!isRepeat) {
      double wrong = Math.abs(Math.log(bytes / bytesWith(step)));
      error = MEMORY * error + (1 - MEMORY) * Math.min(wrong, MOST_MARGIN);
    } else if (step != lastStep) {
      double measured = -Math.log((double) bytes / lastBytes) / Math.log(step / lastStep);
      exponent = Math.max(LEAST_EXPONENT, Math.min(MOST_EXPONENT, (exponent + measured) / 2));
    }
    lastStep = step;
    lastBytes = Math.max(1, bytes);
  }

  /** The next frames have half the pixels so many times; negative, twice as many. */
  void halve(int times) {
    lastStep *= Math.pow(STEP_OF_HALF_THE_PIXELS, times);
    guesses = true;
  }

  /** The share of a budget that is left free, so that a wrong prediction does not burst it. */
  double margin() {
    return Math.max(LEAST_MARGIN, Math.min(MOST_MARGIN, ERRORS_OF_MARGIN * error));
  }

  /** The step that comes to so many bytes. */
  double stepFor(double bytes) {
    return lastStep * Math.pow(lastBytes / bytes, 1 / exponent);
  }

  private double bytesWith(double step) {
    return lastBytes * Math.pow(step / lastStep, -exponent);
  }
}
