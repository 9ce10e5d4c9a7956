package io.imagebus.image.quality;

/** What is wanted of the frames of a variant. A value: equal targets are the same wish. */
public sealed interface QualityTarget {

  /** A control that begins without history, for the frames of one variant. */
  QualityControl control();

  /**
   * The same quality always.
   *
   * @param quality 1 to 100 on the scale of libjpeg
   */
  record Fixed(int quality) implements QualityTarget {
    public Fixed {
      if (quality < QualityScale.MIN_QUALITY || quality > QualityScale.MAX_QUALITY) {
        throw new IllegalArgumentException("quality is " + quality + ": 1 to 100");
      }
    }

    @Override
    public QualityControl control() {
      return new FixedQuality(quality);
    }
  }

  /**
   * As fine as fits into a number of bytes, each frame by itself; smaller than asked for where that
   * looks better than the quality that is left.
   *
   * @param bytes the most that a frame may have
   */
  record FrameBytes(int bytes) implements QualityTarget {
    public FrameBytes {
      if (bytes < 1) {
        throw new IllegalArgumentException("a budget of " + bytes + " bytes for a frame");
      }
    }

    @Override
    public QualityControl control() {
      return new ByteBudget(bytes);
    }
  }

  /**
   * As fine as fits into a bandwidth, over each second; smaller where that looks better.
   *
   * @param bitsPerSecond of encoded pictures, without what the way adds
   */
  record Bandwidth(long bitsPerSecond) implements QualityTarget {
    public Bandwidth {
      if (bitsPerSecond < Byte.SIZE) {
        throw new IllegalArgumentException("a bandwidth of " + bitsPerSecond + " bits a second");
      }
    }

    @Override
    public QualityControl control() {
      return new BandwidthBudget(bitsPerSecond);
    }
  }

  /**
   * As coarse as is still this like the source.
   *
   * @param ssim mean SSIM of the luma, above 0 and below 1; 0.95 is hard to tell from the source
   */
  record Similarity(double ssim) implements QualityTarget {
    public Similarity {
      if (!(ssim > 0 && ssim < 1)) {
        throw new IllegalArgumentException("a similarity of " + ssim + ": above 0 and below 1");
      }
    }

    @Override
    public QualityControl control() {
      return new SimilarityGoal(ssim);
    }
  }
}
