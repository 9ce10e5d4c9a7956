package io.imagebus.image.quality;

import java.util.Optional;

/*
 * The frame before says what this one will come to: bytes = its bytes * (step / its step)^-e. The
 * aim lies below the budget by a margin that follows how wrong these predictions have been, so that
 * a calm camera fills its budget and a restless one does not burst it. What is over the budget all
 * the same is encoded again, and what the two encodes came to corrects e. Only a frame of whose size
 * nothing is known, the first, is encoded again for being too small.
 *
 * Below a quality of about 12, half the pixels at a better quality show more in as many bytes, so
 * the picture is made smaller then, and larger again once the smaller one is better than needed;
 * between the two there is room, so that a size stays. Half the pixels take as many bytes with a
 * step 0.4 times as coarse: 0.3 to 0.4 was measured at 1080p, less where most blocks are empty. A
 * frame that was made larger too early is made smaller again, and the next one comes later.
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

  private static final double COARSEST_STEP = QualityScale.stepPercent(12);
  private static final double STEP_OF_HALF_THE_PIXELS = 0.4;
  private static final double STEP_TO_GROW = 0.5 * COARSEST_STEP * STEP_OF_HALF_THE_PIXELS;
  private static final double LATER = 0.7;
  private static final double LATEST_STEP_TO_GROW = QualityScale.stepPercent(90);

  /** A 16th of the sides: a 4K picture as large as a thumbnail. */
  private static final int MOST_HALVINGS = 8;

  private int budgetBytes;
  private double exponent = USUAL_EXPONENT;
  private double error = MOST_MARGIN / ERRORS_OF_MARGIN;

  /** How often the pixels are halved. */
  private int halvings;

  private double stepToGrow = STEP_TO_GROW;

  /** Whether the frame at hand is larger than the one before. */
  private boolean grown;

  private double anchorStep;
  private int anchorBytes;

  /** Whether the anchor is of another size, its step what would come to as many bytes. */
  private boolean anchorIsGuessed;

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
  public Fineness next(long nowNanos) {
    attempts = 0;
    forgetTooFine();
    if (grown) {
      stepToGrow = STEP_TO_GROW;
      grown = false;
    }
    if (anchorBytes == 0) {
      cold = true;
      quality = FIRST_QUALITY;
    } else {
      shrinkFor(margin());
      grown = growFor(margin());
      cold = anchorIsGuessed;
      quality = finestWithin(margin());
    }
    return fineness();
  }

  @Override
  public Optional<Fineness> again(int bytes) {
    learn(bytes);
    attempts++;
    boolean over = bytes > budgetBytes;
    if (over) {
      tooFine = Math.min(tooFine, quality);
      if (shrinkFor(MOST_MARGIN) && grown) {
        grown = false;
        stepToGrow = Math.max(LATER * stepToGrow, LATEST_STEP_TO_GROW);
      }
    }
    double better =
        Math.min(tooFine - QualityScale.GRAIN, finestWithin(over ? MOST_MARGIN : margin()));
    boolean wanted = over || (cold && bytes < FILLED * budgetBytes && better > quality);
    if (!wanted || attempts == MAX_ATTEMPTS || better < QualityScale.MIN_QUALITY) {
      return Optional.empty();
    }
    quality = better;
    return Optional.of(fineness());
  }

  private Fineness fineness() {
    return new Fineness(Math.pow(0.5, halvings / 2.0), quality);
  }

  private boolean shrinkFor(double margin) {
    int before = halvings;
    while (halvings < MOST_HALVINGS && stepWithin(margin) > COARSEST_STEP) {
      halve(1);
    }
    return halvings > before;
  }

  private boolean growFor(double margin) {
    int before = halvings;
    while (halvings > 0 && stepWithin(margin) < stepToGrow) {
      halve(-1);
    }
    return halvings < before;
  }

  private void halve(int times) {
    halvings += times;
    anchorStep *= Math.pow(STEP_OF_HALF_THE_PIXELS, times);
    anchorIsGuessed = true;
    forgetTooFine();
  }

  private void forgetTooFine() {
    tooFine = QualityScale.MAX_QUALITY + QualityScale.GRAIN;
  }

  private void learn(int bytes) {
    double step = QualityScale.stepPercent(quality);
    if (anchorBytes > 0 && !anchorIsGuessed && attempts == 0) {
      double wrong = Math.abs(Math.log(bytes / predictedBytes(step)));
      error = MEMORY * error + (1 - MEMORY) * Math.min(wrong, MOST_MARGIN);
    } else if (attempts > 0 && !anchorIsGuessed && step != anchorStep) {
      double measured = -Math.log((double) bytes / anchorBytes) / Math.log(step / anchorStep);
      exponent = Math.max(LEAST_EXPONENT, Math.min(MOST_EXPONENT, (exponent + measured) / 2));
    }
    anchorStep = step;
    anchorBytes = Math.max(1, bytes);
    anchorIsGuessed = false;
  }

  private double margin() {
    return Math.max(LEAST_MARGIN, Math.min(MOST_MARGIN, ERRORS_OF_MARGIN * error));
  }

  private double finestWithin(double margin) {
    return QualityScale.atLeast(stepWithin(margin));
  }

  /** The step with which the budget is filled but for a margin. */
  private double stepWithin(double margin) {
    double aim = (1 - margin) * budgetBytes;
    return anchorStep * Math.pow(anchorBytes / aim, 1 / exponent);
  }

  private double predictedBytes(double step) {
    return anchorBytes * Math.pow(step / anchorStep, -exponent);
  }
}
