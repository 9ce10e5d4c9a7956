package io.imagebus.image.dct;

/*
 * Each target sample is the mean of the source area under it, parts of samples counted as parts.
 * Rows and columns are independent, so a target row is first summed up over its source rows, which
 * is long simple loops, and then over its columns. Weights are in units of 1/2^11 vertically and
 * 1/2^12 horizontally; those of a target sample sum up to exactly one, so that flat areas stay flat.
 */
/** Scales planes down by taking means over areas. Owned by one thread. */
final class AreaScaler {
  private static final int ROW_BITS = 11;
  private static final int COLUMN_BITS = 12;

  private final Taps rows = new Taps(ROW_BITS);
  private final Taps columns = new Taps(COLUMN_BITS);
  private int[] sums = {};

  /** Fills the target, whose size is set already. */
  void scale(Plane source, Plane target) {
    if (source.width() == target.width() && source.height() == target.height()) {
      copy(source, target);
      return;
    }
    rows.prepare(source.height(), target.height());
    columns.prepare(source.width(), target.width());
    if (sums.length < source.width()) {
      sums = new int[source.width()];
    }
    for (int y = 0; y < target.height(); y++) {
      sumRows(source, y);
      sumColumns(target, y);
    }
  }

  private static void copy(Plane source, Plane target) {
    for (int y = 0; y < source.height(); y++) {
      System.arraycopy(
          source.samples(),
          y * source.stride(),
          target.samples(),
          y * target.stride(),
          source.width());
    }
  }

  private void sumRows(Plane source, int y) {
    byte[] samples = source.samples();
    int width = source.width();
    int[] sums = this.sums;
    int first = rows.first(y);
    int count = rows.count(y);
    int row = first * source.stride();
    int weight = rows.weight(y, 0);
    for (int x = 0; x < width; x++) {
      sums[x] = (samples[row + x] & 0xFF) * weight;
    }
    for (int i = 1; i < count; i++) {
      row += source.stride();
      weight = rows.weight(y, i);
      for (int x = 0; x < width; x++) {
        sums[x] += (samples[row + x] & 0xFF) * weight;
      }
    }
  }

  private void sumColumns(Plane target, int y) {
    byte[] samples = target.samples();
    int[] sums = this.sums;
    int[] weights = columns.weights;
    int[] firsts = columns.firsts;
    int width = target.width();
    int at = y * target.stride();
    int taps = columns.most;
    int weightAt = 0;
    for (int x = 0; x < width; x++) {
      int first = firsts[x];
      int end = first + columns.counts[x];
      int sum = 1 << (ROW_BITS + COLUMN_BITS - 1);
      int w = weightAt;
      for (int i = first; i < end; i++) {
        sum += sums[i] * weights[w++];
      }
      weightAt += taps;
      samples[at + x] = (byte) (sum >>> (ROW_BITS + COLUMN_BITS));
    }
  }

  /** Which source samples each target sample lies on, and by how much. */
  private static final class Taps {
    private final int unit;
    private int sourceLength;
    private int targetLength;
    private int most;
    private int[] firsts = {};
    private int[] counts = {};
    private int[] weights = {};

    Taps(int bits) {
      unit = 1 << bits;
    }

    int first(int target) {
      return firsts[target];
    }

    int count(int target) {
      return counts[target];
    }

    int weight(int target, int tap) {
      return weights[target * most + tap];
    }

    void prepare(int from, int to) {
      if (from == sourceLength && to == targetLength) {
        return;
      }
      sourceLength = from;
      targetLength = to;
      most = from / to + 2;
      firsts = new int[to];
      counts = new int[to];
      weights = new int[to * most];
      for (int i = 0; i < to; i++) {
        prepareTarget(i);
      }
    }

    /**
     * In units of which a source sample has {@code targetLength}, a target {@code sourceLength}.
     */
    private void prepareTarget(int target) {
      long begin = (long) target * sourceLength;
      long end = begin + sourceLength;
      int first = (int) (begin / targetLength);
      int last = (int) ((end - 1) / targetLength);
      firsts[target] = first;
      counts[target] = last - first + 1;
      int at = target * most;
      int given = 0;
      for (int source = first; source <= last; source++) {
        long covered =
            Math.min(end, (long) (source + 1) * targetLength)
                - Math.max(begin, (long) source * targetLength);
        int upTo =
            source == last
                ? unit
                : given + (int) Math.round((double) covered * unit / sourceLength);
        weights[at++] = upTo - given;
        given = upTo;
      }
    }
  }
}
