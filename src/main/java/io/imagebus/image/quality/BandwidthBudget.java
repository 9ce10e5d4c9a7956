package io.imagebus.image.quality;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/*
 * A frame may have what the rate brings in the time that a frame usually takes, and never more than
 * what the second that ends with it has left. The usual time follows the frames, so a camera that
 * slows down gets finer frames. When the second has next to nothing left, a frame gets a tenth of
 * its usual share all the same: it is coarse and may be over the rate, but it is there.
 */
/** As fine as fits into a rate over each second. */
final class BandwidthBudget implements QualityControl {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final double FIRST_SHARE = 0.1;
  private static final double LEAST_SHARE = 0.1;
  private static final double MEMORY = 0.8;

  private record Sent(long atNanos, int bytes) {}

  private final double bytesPerSecond;
  private final ByteBudget frame;
  private final Deque<Sent> second = new ArrayDeque<>();
  private long bytesInSecond;
  private long beganNanos;
  private boolean begun;
  private double usualShare = FIRST_SHARE;

  BandwidthBudget(long bitsPerSecond) {
    this.bytesPerSecond = (double) bitsPerSecond / Byte.SIZE;
    this.frame = new ByteBudget(budget(bytesPerSecond * FIRST_SHARE));
  }

  @Override
  public Fineness next(long nowNanos) {
    if (begun) {
      double share = Math.min(1, (double) (nowNanos - beganNanos) / SECOND_NANOS);
      usualShare = MEMORY * usualShare + (1 - MEMORY) * share;
    }
    begun = true;
    beganNanos = nowNanos;
    forgetBefore(nowNanos - SECOND_NANOS);
    double usual = bytesPerSecond * usualShare;
    double left = Math.max(bytesPerSecond - bytesInSecond, LEAST_SHARE * usual);
    frame.budgetBytes(budget(Math.min(usual, left)));
    return frame.next(nowNanos);
  }

  @Override
  public Optional<Fineness> again(int bytes) {
    Optional<Fineness> better = frame.again(bytes);
    if (better.isEmpty()) {
      second.addLast(new Sent(beganNanos, bytes));
      bytesInSecond += bytes;
    }
    return better;
  }

  private void forgetBefore(long nanos) {
    while (!second.isEmpty() && second.getFirst().atNanos() - nanos <= 0) {
      bytesInSecond -= second.removeFirst().bytes();
    }
  }

  private static int budget(double bytes) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes));
  }
}
