package io.imagebus.image.quality;

import java.util.OptionalDouble;

/*
 * The frame before says what this one will come to: bytes = its bytes * (step / its step)^-e. The
 * aim lies below the budget by a margin that follows how wrong these predictions have been, so that
 * a calm camera fills its budget and a restless one does not burst it. What is over the budget all
 * the same is encoded again, and what the two encodes came to corrects e. Only the first frame, of
 * which nothing is known, is encoded again for being too small.
 */
/** As fine as fits into a number of bytes. */
final class ByteBudget implements QualityControl {
  private static final int FIRST_QUALITY = 60;
  private static final int MAX_ATTEMPTS = 4;
  private static final double FILLED = 0.85;
  private static final double USUAL_EXPONENT = 0.75;
  private static final double LEAST_EXPONENT = 0.4;
  private static final double MOST_EXPONENT = 1.6;
  private static final double LEAST_MARGIN = 0.025;
  private static final double MOST_MARGIN = 0.08;
  private static final double ERRORS_OF_MARGIN = 2.5;
  private static final double MEMORY = 0.9;

  private int budgetBytes;
  private double exponent = USUAL_EXPONENT;
  private double error = MOST_MARGIN / ERRORS_OF_MARGIN;
  private double anchorStep;
  private int anchorBytes;
  private double quality;
  private int attempts;
  private boolean cold;
  private double tooFine;

  ByteBudget(int budgetBytes) {
    this.budgetBytes = budgetBytes;
  }

  /** Changes the budget, between frames. */
  void budgetBytes(int bytes) {
    budgetBytes = bytes;
  }

  @Override
  public double next(long nowNanos) {
    attempts = 0;
    tooFine = QualityScale.MAX_QUALITY + QualityScale.GRAIN;
    cold = anchorBytes == 0;
    quality = cold ? FIRST_QUALITY : finestWithin(margin());
    return quality;
  }

  @Override
  public OptionalDouble again(int bytes) {
    learn(bytes);
    attempts++;
    boolean over = bytes > budgetBytes;
    if (over) {
      tooFine = Math.min(tooFine, quality);
    }
    double better =
        Math.min(tooFine - QualityScale.GRAIN, finestWithin(over ? MOST_MARGIN : margin()));
    boolean wanted = over || (cold && bytes < FILLED * budgetBytes && better > quality);
    if (!wanted || attempts == MAX_ATTEMPTS || better < QualityScale.MIN_QUALITY) {
      return OptionalDouble.empty();
    }
    quality = better;
    return OptionalDouble.of(better);
  }

  private void learn(int bytes) {
    double step = QualityScale.stepPercent(quality);
    if (anchorBytes > 0 && attempts == 0) {
      double wrong = Math.abs(Math.log(bytes / predictedBytes(step)));
      error = MEMORY * error + (1 - MEMORY) * Math.min(wrong, MOST_MARGIN);
    } else if (attempts > 0 && step != anchorStep) {
      double measured = -Math.log((double) bytes / anchorBytes) / Math.log(step / anchorStep);
      exponent = Math.max(LEAST_EXPONENT, Math.min(MOST_EXPONENT, (exponent + measured) / 2));
    }
    anchorStep = step;
    anchorBytes = Math.max(1, bytes);
  }

  private double margin() {
    return Math.max(LEAST_MARGIN, Math.min(MOST_MARGIN, ERRORS_OF_MARGIN * error));
  }

  private double finestWithin(double margin) {
    double aim = (1 - margin) * budgetBytes;
    return QualityScale.atLeast(anchorStep * Math.pow(anchorBytes / aim, 1 / exponent));
  }

  private double predictedBytes(double step) {
    return anchorBytes * Math.pow(step / anchorStep, -exponent);
  }
}
