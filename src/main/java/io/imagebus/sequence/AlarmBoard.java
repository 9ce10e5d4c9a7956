package io.imagebus.sequence;

import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.imagebus.sequence.Alarm.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Raises alarms from what the lines of one keeper say from one look to the next, and clears them
 * when the cause has been gone for a minute. Owned by one event loop. Not thread-safe. Bound: as
 * many entries as the keeper has lines.
 */
public final class AlarmBoard {

  /** Hears of each alarm when it is raised and when it is cleared. */
  public interface Listener {
    /** Something is wrong now. */
    void raised(Alarm alarm);

    /** It is not any more. */
    void cleared(Alarm alarm);
  }

  /** What grew last longer ago than this is over. */
  private static final long LASTS_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** One publisher that takes over from another leaves stragglers once; two that fight go on. */
  private static final int FIGHT_LOOKS = 3;

  private final Listener listener;
  private final Map<Key, Watch> watches = new HashMap<>();

  private record Key(Topic topic, Variant variant, Hop hop, String peer) {
    static Key of(AccountLine line) {
      return new Key(line.topic(), line.variant(), line.hop(), line.peer());
    }
  }

  /** A counter that should stand still. */
  private static final class Growth {
    private long value;
    private int looks;
    private long grewNanos;

    /** Looks at it again; returns for how many looks it has grown, with pauses below a minute. */
    int look(long newer, long nowNanos) {
      if (looks > 0 && nowNanos - grewNanos >= LASTS_NANOS) {
        looks = 0;
      }
      if (newer > value) {
        value = newer;
        grewNanos = nowNanos;
        looks++;
      }
      return looks;
    }
  }

  /** What is known of one line. */
  private static final class Watch {
    final Growth failed = new Growth();
    final Growth stale = new Growth();
    final Growth tails = new Growth();
    final Map<Kind, Alarm> standing = new EnumMap<>(Kind.class);
  }

  /** A board on which nothing stands. */
  public AlarmBoard(Listener listener) {
    this.listener = listener;
  }

  /** Looks at all lines of the keeper; to be called about once a second. */
  public void look(List<AccountLine> lines, Moment now) {
    Set<Key> there = new HashSet<>();
    for (AccountLine line : lines) {
      Key key = Key.of(line);
      there.add(key);
      look(line, watches.computeIfAbsent(key, any -> new Watch()), now);
    }
    watches
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !there.contains(entry.getKey());
              if (gone) {
                entry.getValue().standing.values().forEach(listener::cleared);
              }
              return gone;
            });
  }

  private void look(AccountLine line, Watch watch, Moment now) {
    SequenceCounts counts = line.counts();
    long nanos = now.nanos();
    boolean fight = watch.stale.look(counts.stale(), nanos) >= FIGHT_LOOKS;
    boolean losses = watch.failed.look(counts.lost() + counts.corrupt(), nanos) > 0;
    boolean tail = watch.tails.look(counts.unknownTails(), nanos) > 0;
    boolean silent = line.state() == StreamState.SILENT;
    set(watch, Kind.TWO_PUBLISHERS, fight, line, now);
    set(watch, Kind.LOSSES, losses, line, now);
    set(watch, Kind.UNKNOWN_TAIL, tail, line, now);
    set(watch, Kind.SILENT, silent, line, now);
  }

  private void set(Watch watch, Kind kind, boolean wrong, AccountLine line, Moment now) {
    Alarm standing = watch.standing.get(kind);
    if (wrong && standing == null) {
      Alarm alarm =
          new Alarm(
              kind,
              line.topic(),
              line.hop(),
              line.node(),
              line.peer(),
              now.epochMicros(),
              message(kind, line));
      watch.standing.put(kind, alarm);
      listener.raised(alarm);
    } else if (!wrong && standing != null) {
      watch.standing.remove(kind);
      listener.cleared(standing);
    }
  }

  private static String message(Kind kind, AccountLine line) {
    String where = line.topic().name() + ", " + line.hop().label() + " from " + line.peer() + ": ";
    return where
        + switch (kind) {
          case TWO_PUBLISHERS -> "two publishers fight over the topic";
          case LOSSES -> "chunks were lost or damaged in the last minute";
          case UNKNOWN_TAIL -> "a stream ended without saying where; what is missing is not known";
          case SILENT -> "nothing is heard of a stream that has not ended";
        };
  }

  /** What is wrong now. */
  public List<Alarm> standing() {
    List<Alarm> all = new ArrayList<>();
    watches.values().forEach(watch -> all.addAll(watch.standing.values()));
    return all;
  }
}
