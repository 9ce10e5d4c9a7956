package io.imagebus.sequence;

import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Feeds the items of a case of {@code sequence-cases.txt} to a tracker. */
final class SequenceScript {

  private static final Pattern ITEM = Pattern.compile("(\\S.*?)@(\\d+)(?:\\s+|$)");
  private static final Pattern CHUNKS =
      Pattern.compile(
          "([A-Z])([\\d^+-]+)(?:\\.\\.(\\d+))?(?: k=(\\d+))?(?: bad-(payload|header))?");
  private static final Pattern SAYING =
      Pattern.compile("(HB|announce|turn)\\(([A-Z]),(?:next|first)=(\\d+)(?:,k=(\\d+))?(,EOS)?\\)");
  private static final Pattern NUMBER = Pattern.compile("(?:2\\^(\\d+))?([+-]?\\d+)?");

  private final SequenceTracker tracker;
  private final Runnable afterEachInput;

  SequenceScript(SequenceTracker tracker, Runnable afterEachInput) {
    this.tracker = tracker;
    this.afterEachInput = afterEachInput;
  }

  void play(String input) {
    Matcher items = ITEM.matcher(input);
    int end = 0;
    while (items.lookingAt()) {
      playItem(items.group(1), TimeUnit.MILLISECONDS.toNanos(Long.parseLong(items.group(2))));
      end = items.end();
      items.region(end, input.length());
    }
    if (end != input.length()) {
      throw new IllegalArgumentException("not an item: " + input.substring(end));
    }
  }

  private void playItem(String item, long nowNanos) {
    Matcher chunks = CHUNKS.matcher(item);
    Matcher saying = SAYING.matcher(item);
    if (item.equals("tick")) {
      tracker.tick(nowNanos);
    } else if (item.equals("unsub")) {
      tracker.close(nowNanos);
    } else if (saying.matches()) {
      playSaying(saying, nowNanos);
    } else if (chunks.matches()) {
      playChunks(chunks, nowNanos);
    } else {
      throw new IllegalArgumentException("not an item: " + item);
    }
    afterEachInput.run();
  }

  private void playSaying(Matcher saying, long nowNanos) {
    long epoch = saying.group(2).charAt(0);
    long number = Long.parseLong(saying.group(3));
    long skippedTotal = saying.group(4) == null ? 0 : Long.parseLong(saying.group(4));
    switch (saying.group(1)) {
      case "HB" ->
          tracker.onHeartbeat(epoch, number, skippedTotal, saying.group(5) != null, nowNanos);
      case "turn" -> tracker.turnTo(epoch, number, skippedTotal, nowNanos);
      default -> tracker.announce(epoch, number, skippedTotal, nowNanos);
    }
  }

  private void playChunks(Matcher chunks, long nowNanos) {
    long epoch = chunks.group(1).charAt(0);
    long first = number(chunks.group(2));
    long last = chunks.group(3) == null ? first : number(chunks.group(3));
    boolean told = chunks.group(4) != null;
    long skippedTotal = told ? Long.parseLong(chunks.group(4)) : 0;
    for (long seq = first; seq != last + 1; seq++) {
      if ("header".equals(chunks.group(5))) {
        tracker.onUnattributable(nowNanos);
      } else if (chunks.group(5) != null) {
        playCorrupt(epoch, seq, told, skippedTotal, nowNanos);
      } else if (told) {
        tracker.onChunk(epoch, seq, skippedTotal, nowNanos);
      } else {
        tracker.onChunk(epoch, seq, nowNanos);
      }
      afterEachInput.run();
    }
  }

  private void playCorrupt(long epoch, long seq, boolean told, long skippedTotal, long nowNanos) {
    if (told) {
      tracker.onCorrupt(epoch, seq, skippedTotal, nowNanos);
    } else {
      tracker.onCorrupt(epoch, seq, nowNanos);
    }
  }

  private static long number(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      throw new IllegalArgumentException("not a number: " + text);
    }
    int exponent = number.group(1) == null ? 64 : Integer.parseInt(number.group(1));
    long power = exponent == 64 ? 0 : 1L << exponent;
    return power + (number.group(2) == null ? 0 : Long.parseLong(number.group(2)));
  }
}
