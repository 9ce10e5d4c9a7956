package io.imagebus.image.quality;

import java.util.Optional;

/*
 * The aim lies below the budget by a margin that follows how wrong the predictions have been, so
 * that a calm camera fills its budget and a restless one does not burst it. What is over the budget
 * all the same is encoded again. Only a frame of whose size nothing is known, the first, is encoded
 * again for being too small.
 *
 * Below a quality of about 12, half the pixels at a better quality show more in as many bytes, so
 * the picture is made smaller then, and larger again once the smaller one is better than needed;
 * between the two there is room, so that a size stays. A frame that was made larger too early is
 * made smaller again, and the next one comes later.
 */
/** As fine as fits into a number of bytes. */
final class ByteBudget implements QualityControl {
  private static final int FIRST_QUALITY = 60;
  private static final int MAX_ATTEMPTS = 4;
  private static final double FILLED = 0.85;

  private static final double COARSEST_STEP = QualityScale.stepPercent(12);
  private static final double STEP_TO_GROW =
      0.5 * COARSEST_STEP * BytesModel.STEP_OF_HALF_THE_PIXELS;
  private static final double LATER = 0.7;
  private static final double LATEST_STEP_TO_GROW = QualityScale.stepPercent(90);

  /** A 16th of the sides: a 4K picture as large as a thumbnail. */
  private static final int MOST_HALVINGS = 8;

  private final BytesModel model = new BytesModel();
  private int budgetBytes;

  /** How often the pixels are halved. */
  private int halvings;

  private double stepToGrow = STEP_TO_GROW;

  /** Whether the frame at hand is larger than the one before. */
  private boolean grown;

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
    if (model.isEmpty()) {
      cold = true;
      quality = FIRST_QUALITY;
    } else {
      shrinkFor(model.margin());
      grown = growFor(model.margin());
      cold = model.isGuessing();
      quality = finestWithin(model.margin());
    }
    return fineness();
  }

  @Override
  public Optional<Fineness> again(int bytes) {
    model.learn(QualityScale.stepPercent(quality), bytes, attempts > 0);
    attempts++;
    boolean over = bytes > budgetBytes;
    if (over) {
      tooFine = Math.min(tooFine, quality);
      if (shrinkFor(BytesModel.MOST_MARGIN) && grown) {
        grown = false;
        stepToGrow = Math.max(LATER * stepToGrow, LATEST_STEP_TO_GROW);
      }
    }
    double margin = over ? BytesModel.MOST_MARGIN : model.margin();
    double better = Math.min(tooFine - QualityScale.GRAIN, finestWithin(margin));
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
    model.halve(times);
    forgetTooFine();
  }

  private void forgetTooFine() {
    tooFine = QualityScale.MAX_QUALITY + QualityScale.GRAIN;
  }

  private double finestWithin(double margin) {
    return QualityScale.atLeast(stepWithin(margin));
  }

  private double stepWithin(double margin) {
    return model.stepFor((1 - margin) * budgetBytes);
  }
}
