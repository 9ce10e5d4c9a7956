package io.imagebus.image.quality;

import java.util.Optional;

/*
 * What is lost grows with the quantiser's step: 1 - ssim ~ step^k, with k near 0.8. A measurement
 * moves the step by this rule, at most to the half or the double. It costs a decode, so it is made
 * of every tenth frame while the similarity is near the goal, of every frame while it is not, and of
 * a frame whose size is unlike that of the frame before at the same quality: another scene.
 */
/** As coarse as is still this like the source. */
final class SimilarityGoal implements QualityControl {
  private static final int FIRST_QUALITY = 75;
  private static final int CALM_INTERVAL_FRAMES = 10;
  private static final double EXPONENT = 0.8;
  private static final double NEAR = 0.15;
  private static final double MOST_FACTOR = 2;
  private static final double SCENE_CHANGE = 0.2;
  private static final double LEAST_LOSS = 1e-4;

  private final double goalLoss;
  private double quality = FIRST_QUALITY;
  private int anchorBytes;
  private double anchorQuality;
  private int sinceMeasured = CALM_INTERVAL_FRAMES;
  private boolean settled;
  private boolean otherScene;

  SimilarityGoal(double ssim) {
    this.goalLoss = 1 - ssim;
  }

  @Override
  public Fineness next(long nowNanos) {
    return Fineness.ofQuality(quality);
  }

  @Override
  public Optional<Fineness> again(int bytes) {
    otherScene =
        anchorQuality == quality
            && Math.abs(bytes - anchorBytes) > SCENE_CHANGE * Math.max(1, anchorBytes);
    anchorQuality = quality;
    anchorBytes = bytes;
    sinceMeasured++;
    return Optional.empty();
  }

  @Override
  public boolean wantsSimilarity() {
    return !settled || otherScene || sinceMeasured >= CALM_INTERVAL_FRAMES;
  }

  @Override
  public void similarity(double ssim) {
    sinceMeasured = 0;
    double lost = Math.max(LEAST_LOSS, 1 - ssim) / goalLoss;
    settled = Math.abs(lost - 1) <= NEAR;
    if (settled) {
      return;
    }
    double factor = Math.max(1 / MOST_FACTOR, Math.min(MOST_FACTOR, Math.pow(lost, -1 / EXPONENT)));
    double before = quality;
    quality = QualityScale.nearest(QualityScale.stepPercent(quality) * factor);
    settled = quality == before;
  }
}
