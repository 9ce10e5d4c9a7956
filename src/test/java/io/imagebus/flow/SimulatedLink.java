package io.imagebus.flow;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;

/**
 * A display behind a first-in first-out link: ten frames a second of a 1080p camera, a kernel that
 * buffers, a display that acknowledges what it shows, for two minutes.
 */
final class SimulatedLink {

  static final int SECONDS = 120;

  private static final double[] WIDTHS = {1920, 1280, 960, 640, 320, 160};
  private static final long[] FRAME_BYTES = {250_000, 120_000, 75_000, 38_000, 12_000, 4_000};
  private static final long MILLI = 1_000_000;
  private static final int STEP_MILLIS = 5;
  private static final int FRAME_MILLIS = 100;
  private static final long UNSENT_BYTES = 128 * 1024;

  private record Frame(long number, long bytes, int bornMillis, int begunMillis) {}

  private record Ack(Frame frame, int atMillis) {}

  private final LongToDoubleFunction megabitsAt;
  private final int roundTripMillis;
  private final LadderPolicy policy = new LadderPolicy(costs());
  private final AckWindow window = new AckWindow(8, 1000);
  private final SplittableRandom random = new SplittableRandom(11);
  private final SimulatedRun run = new SimulatedRun(STEP_MILLIS);
  private final ArrayDeque<Frame> onTheWay = new ArrayDeque<>();
  private final ArrayDeque<Frame> unacknowledged = new ArrayDeque<>();
  private final ArrayDeque<Ack> acks = new ArrayDeque<>();
  private final LatestFrameSlot<Frame> slot = new LatestFrameSlot<>();
  private double sentOfFirst;
  private long queuedBytes;
  private long number;

  private SimulatedLink(LongToDoubleFunction megabitsAt, int roundTripMillis) {
    this.megabitsAt = megabitsAt;
    this.roundTripMillis = roundTripMillis;
  }

  /**
   * Runs for {@link #SECONDS}.
   *
   * @param megabitsAt what the link carries a second, by milliseconds since the start
   */
  static SimulatedRun run(LongToDoubleFunction megabitsAt, int roundTripMillis) {
    SimulatedLink link = new SimulatedLink(megabitsAt, roundTripMillis);
    for (int millis = 0; millis < SECONDS * 1000; millis += STEP_MILLIS) {
      link.step(millis);
    }
    return link.run;
  }

  /** The width of the pictures on a rung. */
  static int width(int rung) {
    return (int) WIDTHS[rung];
  }

  /** The mean bytes a second of a rung. */
  static long bytesPerSecond(int rung) {
    return FRAME_BYTES[rung] * 1000 / FRAME_MILLIS;
  }

  /** What the policy is told that pictures cost, which is not quite what they do. */
  private static double[] costs() {
    double[] costs = new double[WIDTHS.length];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = WIDTHS[i] * WIDTHS[i];
    }
    return costs;
  }

  private void step(int millis) {
    long now = millis * MILLI;
    carry(millis);
    while (!acks.isEmpty() && acks.getFirst().atMillis() <= millis) {
      Frame done = acks.removeFirst().frame();
      unacknowledged.remove(done);
      window.acknowledged(done.number(), now);
      policy.acknowledged(done.bytes(), (millis - done.begunMillis()) * MILLI, now);
    }
    if (millis % FRAME_MILLIS == 0) {
      double jitter = 0.85 + 0.3 * random.nextDouble();
      long bytes = (long) (FRAME_BYTES[policy.steps()] * jitter);
      if (slot.offer(new Frame(number++, bytes, millis, millis)) != null) {
        policy.skipped(now);
      }
    }
    begin(millis);
    long oldest =
        unacknowledged.isEmpty() ? 0 : (millis - unacknowledged.getFirst().begunMillis()) * MILLI;
    policy.look(unacknowledged.stream().mapToLong(Frame::bytes).sum(), oldest, now);
    run.onRung(policy.steps());
  }

  private void carry(int millis) {
    double room = megabitsAt.applyAsDouble(millis) * 1e6 / 8 * STEP_MILLIS / 1000;
    run.carriable(Math.min(room, bytesPerSecond(0) / 1000.0 * STEP_MILLIS));
    while (room > 0 && !onTheWay.isEmpty()) {
      Frame first = onTheWay.getFirst();
      double part = Math.min(room, first.bytes() - sentOfFirst);
      room -= part;
      sentOfFirst += part;
      if (sentOfFirst >= first.bytes()) {
        onTheWay.removeFirst();
        sentOfFirst = 0;
        queuedBytes -= first.bytes();
        int shown = millis + roundTripMillis / 2;
        run.shown(first.bytes(), shown, shown - first.bornMillis());
        acks.addLast(new Ack(first, millis + roundTripMillis));
      }
    }
  }

  private void begin(int millis) {
    Frame waiting = slot.peek();
    if (waiting == null || !window.isOpen() || queuedBytes - sentOfFirst >= UNSENT_BYTES) {
      return;
    }
    slot.take();
    Frame begun = new Frame(waiting.number(), waiting.bytes(), waiting.bornMillis(), millis);
    window.sent(begun.number(), millis * MILLI);
    policy.sent(begun.bytes(), millis * MILLI);
    onTheWay.addLast(begun);
    unacknowledged.addLast(begun);
    queuedBytes += begun.bytes();
  }
}
