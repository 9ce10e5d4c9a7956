package io.imagebus.image.dct;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/*
 * Each target sample is the mean of the source area under it, parts of samples counted as parts.
 * Rows and columns are independent, so a target row is first summed up over its source rows, eight
 * samples at a time: every other byte of a long has the byte above it free, so four samples in lanes
 * of 16 bits can be multiplied by a weight in one step. The weights of a target sample sum up to
 * exactly 256, so lanes never overflow and flat areas stay flat. Then its columns are summed up, in
 * units of 1/2^12.
 */
/** Scales planes down by taking means over areas. Owned by one thread. */
final class AreaScaler {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int ROW_BITS = 8;
  private static final int COLUMN_BITS = 12;
  private static final long LANES = 0x00FF00FF00FF00FFL;
  private static final long HALVES = 0x0080008000800080L;

  private final Taps rows = new Taps(ROW_BITS);
  private final Taps columns = new Taps(COLUMN_BITS);
  private byte[] means = {};

  /** Fills the target, whose size is set already. */
  void scale(Plane source, Plane target) {
    if (source.width() == target.width() && source.height() == target.height()) {
      copy(source, target);
      return;
    }
    rows.prepare(source.height(), target.height());
    columns.prepare(source.width(), target.width());
    // Beyond the width there may be read as far as the longest row of taps, with weights of 0.
    if (means.length < source.width() + columns.most + Long.BYTES) {
      means = new byte[source.width() + columns.most + Long.BYTES];
    }
    for (int y = 0; y < target.height(); y++) {
      meansOfRows(source, y);
      meansOfColumns(target, y);
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

  private void meansOfRows(Plane source, int y) {
    byte[] samples = source.samples();
    byte[] means = this.means;
    int width = source.width();
    int stride = source.stride();
    int[] weights = rows.weights;
    int firstTap = y * rows.most;
    int endTap = firstTap + rows.counts[y];
    int top = rows.firsts[y] * stride;
    int x = 0;
    for (; x <= width - Long.BYTES; x += Long.BYTES) {
      long even = HALVES;
      long odd = HALVES;
      int at = top + x;
      for (int tap = firstTap; tap < endTap; tap++) {
        long eight = (long) LONGS.get(samples, at);
        even += (eight & LANES) * weights[tap];
        odd += (eight >>> 8 & LANES) * weights[tap];
        at += stride;
      }
      LONGS.set(means, x, (even >>> 8 & LANES) | (odd & ~LANES));
    }
    for (; x < width; x++) {
      int sum = 1 << (ROW_BITS - 1);
      int at = top + x;
      for (int tap = firstTap; tap < endTap; tap++) {
        sum += (samples[at] & 0xFF) * weights[tap];
        at += stride;
      }
      means[x] = (byte) (sum >> ROW_BITS);
    }
  }

  private void meansOfColumns(Plane target, int y) {
    int at = y * target.stride();
    switch (columns.widest) {
      case 1, 2 -> meansOfTwo(target.samples(), at, target.width());
      case 3 -> meansOfThree(target.samples(), at, target.width());
      default -> meansOfMany(target.samples(), at, target.width());
    }
  }

  private void meansOfTwo(byte[] samples, int at, int width) {
    byte[] means = this.means;
    int[] firsts = columns.firsts;
    int[] weights = columns.weights;
    int most = columns.most;
    int tap = 0;
    for (int x = 0; x < width; x++) {
      int first = firsts[x];
      int sum = (means[first] & 0xFF) * weights[tap] + (means[first + 1] & 0xFF) * weights[tap + 1];
      samples[at + x] = (byte) ((sum + (1 << (COLUMN_BITS - 1))) >> COLUMN_BITS);
      tap += most;
    }
  }

  private void meansOfThree(byte[] samples, int at, int width) {
    byte[] means = this.means;
    int[] firsts = columns.firsts;
    int[] weights = columns.weights;
    int most = columns.most;
    int tap = 0;
    for (int x = 0; x < width; x++) {
      int first = firsts[x];
      int sum =
          (means[first] & 0xFF) * weights[tap]
              + (means[first + 1] & 0xFF) * weights[tap + 1]
              + (means[first + 2] & 0xFF) * weights[tap + 2];
      samples[at + x] = (byte) ((sum + (1 << (COLUMN_BITS - 1))) >> COLUMN_BITS);
      tap += most;
    }
  }

  private void meansOfMany(byte[] samples, int at, int width) {
    byte[] means = this.means;
    int[] weights = columns.weights;
    for (int x = 0; x < width; x++) {
      int tap = x * columns.most;
      int end = columns.firsts[x] + columns.counts[x];
      int sum = 1 << (COLUMN_BITS - 1);
      for (int i = columns.firsts[x]; i < end; i++) {
        sum += (means[i] & 0xFF) * weights[tap++];
      }
      samples[at + x] = (byte) (sum >> COLUMN_BITS);
    }
  }

  /** Which source samples each target sample lies on, and by how much. */
  private static final class Taps {
    private final int unit;
    private int sourceLength;
    private int targetLength;
    private int most;
    private int widest;
    private int[] firsts = {};
    private int[] counts = {};
    private int[] weights = {};

    Taps(int bits) {
      unit = 1 << bits;
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
      widest = Arrays.stream(counts).max().orElse(1);
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
                : (int) Math.min(unit, given + Math.round((double) covered * unit / sourceLength));
        weights[at++] = Math.max(upTo, given) - given;
        given = Math.max(upTo, given);
      }
    }
  }
}
