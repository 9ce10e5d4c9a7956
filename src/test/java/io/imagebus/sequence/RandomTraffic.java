package io.imagebus.sequence;

import io.imagebus.sequence.TrafficEvent.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A sender's random life and what a bad network makes of it.
 *
 * <p>One to four streams follow each other, each with its own rates of skips, drops, damage,
 * duplicates, small and large delays; some end properly, some just stop.
 */
final class RandomTraffic {

  private static final long[] BASES = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1, 1L << 40};

  private final Random random;
  private final boolean allTold;
  private final List<TrafficEvent> events = new ArrayList<>();
  private final List<boolean[]> skipped = new ArrayList<>();
  private final long firstBase;
  private int firstHeard;

  RandomTraffic(long seed) {
    random = new Random(seed);
    allTold = random.nextInt(3) > 0;
    firstBase = BASES[random.nextInt(BASES.length)] - random.nextInt(60);
    long startMillis = 0;
    int streams = 1 + random.nextInt(4);
    for (int stream = 0; stream < streams; stream++) {
      startMillis = addStream(stream, startMillis);
    }
    events.sort(Comparator.comparingLong(TrafficEvent::atNanos));
    addAnnouncements();
  }

  /** In the order of arrival. */
  List<TrafficEvent> events() {
    return events;
  }

  /** Whether every chunk carries the total of skips. */
  boolean allTold() {
    return allTold;
  }

  /** Any number for a stream that is heard first of all; a stream that replaces one begins at 0. */
  long base(int stream) {
    return stream == firstHeard ? firstBase : 0;
  }

  /** Whether the sender left this number out on purpose. */
  boolean isSkipped(int stream, long ordinal) {
    return skipped.get(stream)[(int) ordinal];
  }

  private long addStream(int stream, long startMillis) {
    int offered = 1 + random.nextInt(250);
    boolean[] skips = new boolean[offered];
    skipped.add(skips);
    double skipRate = rate(0.3);
    double dropRate = rate(0.3);
    double faultRate = rate(0.6);
    int joinedAt = stream == 0 ? random.nextInt(offered) / 2 : 0;
    long nowMillis = startMillis;
    long skippedTotal = 0;
    for (int ordinal = 0; ordinal < offered; ordinal++) {
      nowMillis += random.nextInt(25);
      skips[ordinal] = chance(ordinal > 0 && skips[ordinal - 1] ? 0.6 : skipRate);
      boolean here = ordinal >= joinedAt;
      if (here && !skips[ordinal] && !chance(dropRate)) {
        send(stream, ordinal, skippedTotal, nowMillis, chance(faultRate));
      }
      skippedTotal += skips[ordinal] ? 1 : 0;
      if (here && chance(0.1)) {
        add(Kind.HEARTBEAT, nowMillis + delayMillis(), stream, ordinal + 1, skippedTotal);
      }
      if (chance(0.05)) {
        add(Kind.TICK, nowMillis, stream, 0, 0);
      }
    }
    if (random.nextBoolean()) {
      add(Kind.END, nowMillis + delayMillis(), stream, offered, skippedTotal);
    }
    return nowMillis + random.nextInt(50);
  }

  private void send(int stream, long ordinal, long skippedTotal, long nowMillis, boolean faulty) {
    if (!faulty) {
      add(Kind.GOOD, nowMillis + 1, stream, ordinal, skippedTotal);
      return;
    }
    Kind kind =
        switch (random.nextInt(6)) {
          case 0 -> Kind.UNATTRIBUTABLE;
          case 1 -> Kind.DAMAGED;
          default -> Kind.GOOD;
        };
    long atMillis = nowMillis + delayMillis();
    add(kind, atMillis, stream, ordinal, skippedTotal);
    for (int copy = random.nextInt(3); copy > 0; copy--) {
      atMillis += random.nextInt(150);
      Kind copyKind = chance(0.2) ? Kind.DAMAGED : Kind.GOOD;
      add(copyKind, atMillis, stream, ordinal, skippedTotal);
    }
  }

  /** Mostly none, sometimes enough to be overtaken, rarely more than any limit. */
  private long delayMillis() {
    return switch (random.nextInt(8)) {
      case 0 -> 100 + random.nextInt(900);
      case 1, 2, 3 -> 1 + random.nextInt(90);
      default -> 1;
    };
  }

  private void add(Kind kind, long atMillis, int stream, long ordinal, long skippedTotal) {
    boolean told = allTold || kind == Kind.HEARTBEAT || kind == Kind.END || chance(0.5);
    long atNanos = TimeUnit.MILLISECONDS.toNanos(atMillis);
    events.add(new TrafficEvent(kind, atNanos, stream, ordinal, skippedTotal, told));
  }

  /** The first thing heard tells the total of skips, or is announced by something that does. */
  private void addAnnouncements() {
    for (int i = 0; i < events.size(); i++) {
      TrafficEvent event = events.get(i);
      if (event.isChunk() || event.kind() == Kind.HEARTBEAT || event.kind() == Kind.END) {
        events.set(i, event.toldSkips());
        firstHeard = event.stream();
        if (random.nextBoolean()) {
          TrafficEvent first = events.get(i);
          events.add(
              i,
              new TrafficEvent(
                  Kind.ANNOUNCE,
                  first.atNanos(),
                  first.stream(),
                  first.ordinal(),
                  first.skippedTotal(),
                  true));
        }
        return;
      }
    }
  }

  private double rate(double most) {
    return random.nextBoolean() ? 0 : random.nextDouble() * most;
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
