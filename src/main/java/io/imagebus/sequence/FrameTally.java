package io.imagebus.sequence;

/**
 * What became of the frames of a stream, found from their numbers and from the fates of the chunks'
 * numbers.
 *
 * <p>Owned by one {@link TopicAccount}. Not thread-safe. Allocates nothing per frame.
 */
final class FrameTally {

  /*
   * A frame that came whole is good at once. The others are known by their absence: frames have
   * numbers without a hole, so of all frames between two moments those that are not good were left
   * out or failed. Which of the two it was, the numbers of the chunks tell: if none of them was lost,
   * all were left out; if none was left out, all failed. Only when both happened at the same time do
   * the announcements decide, and where one of those is missing, the length of the frames.
   *
   * "Between two moments" is between two marks. A mark is set at the newest frame, when nothing
   * behind it is known yet, and passed when every chunk number below it is settled; then the next is
   * set. So there are never more than two batches to count for: the frames below the mark and those
   * above it.
   */

  /** A wider leap is a publisher that numbers its frames anew. */
  private static final long MAX_JUMP = 1L << 20;

  private long good;
  private long failed;
  private long skipped;

  private Batch below = new Batch();
  private Batch above = new Batch();
  private long first;
  private boolean known;
  private boolean marked;
  private long settledFrame;
  private long markFrame;
  private long markNumber;
  private long topFrame;
  private long topNumber;
  private int chunksOfFrame = 1;

  /** What happened between two marks. */
  private static final class Batch {
    long good;
    long lostNumbers;
    long skippedNumbers;
    long announcedFrames;
    long announcedNumbers;

    void clear() {
      good = 0;
      lostNumbers = 0;
      skippedNumbers = 0;
      announcedFrames = 0;
      announcedNumbers = 0;
    }

    void add(Batch other) {
      good += other.good;
      lostNumbers += other.lostNumbers;
      skippedNumbers += other.skippedNumbers;
      announcedFrames += other.announcedFrames;
      announcedNumbers += other.announcedNumbers;
    }
  }

  FrameCounts counts() {
    return new FrameCounts(good, failed, skipped);
  }

  /** A stream begins at this chunk number; the one before has been ended. */
  void begin(long firstNumber) {
    first = firstNumber;
    known = false;
    marked = false;
    below.clear();
    above.clear();
  }

  /** A chunk of a frame came, damaged or not; its frame is this long and begins there. */
  void chunk(long frame, long firstNumber, int chunks) {
    if (!Accounting.ON) {
      return;
    }
    if (!known || Math.abs(frame - topFrame) > MAX_JUMP) {
      meet(frame, firstNumber, chunks);
    }
    if (SequenceOrder.isBefore(frame, topFrame)) {
      return;
    }
    topFrame = frame + 1;
    topNumber = firstNumber + chunks;
    chunksOfFrame = Math.max(1, chunks);
    mark(topFrame, topNumber);
  }

  private void meet(long frame, long firstNumber, int chunks) {
    long before = known ? 0 : ceil(Math.max(0, firstNumber - first), Math.max(1, chunks));
    known = true;
    marked = false;
    settledFrame = frame - (Long.compareUnsigned(before, frame) > 0 ? frame : before);
    topFrame = settledFrame;
    topNumber = firstNumber;
  }

  private void mark(long frame, long number) {
    if (!marked) {
      marked = true;
      markFrame = frame;
      markNumber = number;
    }
  }

  /** The sender's newest frame, and the number that comes after it and all that was left out. */
  void newest(long frame, long nextNumber) {
    long newer = frame + 1 - topFrame;
    boolean plausible = known && newer >= 0 && newer <= MAX_JUMP;
    if (plausible && (newer > 0 || nextNumber == topNumber)) {
      topFrame = frame + 1;
      topNumber = nextNumber;
      mark(topFrame, topNumber);
    }
  }

  /** A frame came whole. */
  void whole(long frame) {
    if (!Accounting.ON) {
      return;
    }
    if (known && SequenceOrder.isBefore(frame, settledFrame)) {
      return;
    }
    good++;
    boolean behindMark = marked && !SequenceOrder.isBefore(frame, markFrame);
    (behindMark ? above : below).good++;
  }

  /** Frames were announced as left out. */
  void announced(long from, long numbers, long frames) {
    Batch batch = batchOf(from);
    batch.announcedFrames += frames;
    batch.announcedNumbers += numbers;
  }

  /** Numbers of chunks were given up. */
  void settled(long from, long numbers, NumberFates.Fate fate) {
    if (fate == NumberFates.Fate.SKIPPED) {
      batchOf(from).skippedNumbers += numbers;
    } else if (fate != NumberFates.Fate.HEALED) {
      batchOf(from).lostNumbers += numbers;
    }
  }

  private Batch batchOf(long number) {
    return marked && !SequenceOrder.isBefore(number, markNumber) ? above : below;
  }

  /** Every chunk number below {@code floor} is settled. */
  void settle(long floor) {
    if (!marked || SequenceOrder.isBefore(floor, markNumber)) {
      return;
    }
    count(below, markFrame - settledFrame);
    settledFrame = markFrame;
    marked = false;
    below.clear();
    Batch cleared = below;
    below = above;
    above = cleared;
  }

  /** The stream is over, every number below {@code next} is settled. */
  void end(long next) {
    below.add(above);
    if (known) {
      long tail = Math.max(0, next - topNumber);
      count(below, topFrame - settledFrame + ceil(tail, chunksOfFrame));
    } else {
      count(below, below.announcedFrames + (below.lostNumbers > 0 ? 1 : 0));
    }
    begin(next);
  }

  private void count(Batch batch, long frames) {
    long missing = Math.min(frames - batch.good, batch.lostNumbers + batch.skippedNumbers);
    if (missing <= 0) {
      return;
    }
    long leftOut = batch.lostNumbers == 0 ? missing : leftOut(batch, missing);
    skipped += leftOut;
    failed += missing - leftOut;
  }

  private long leftOut(Batch batch, long missing) {
    long untold = Math.max(0, batch.skippedNumbers - batch.announcedNumbers);
    long told = batch.skippedNumbers == 0 ? 0 : batch.announcedFrames;
    return Math.min(missing - 1, told + ceil(untold, chunksOfFrame));
  }

  private static long ceil(long numbers, int chunks) {
    return (numbers + chunks - 1) / chunks;
  }
}
