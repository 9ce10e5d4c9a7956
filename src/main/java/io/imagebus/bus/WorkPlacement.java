package io.imagebus.bus;

import io.imagebus.frame.StreamId;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/*
 * One source at a time, and some seconds between two moves, so that each shows its effect before the
 * next. A node that is saturated lends; one that has had room for half a minute takes back, and
 * waits twice as long the next time if it has to lend again then. Which
 * node gets a source is the highest of their hashes with it (rendezvous hashing): the same source
 * goes to the same node again, and sources spread over all that have room.
 */
/**
 * Decides when a node lends the work on variants of one of its sources to another, and when it
 * takes it back. Owned by one event loop.
 */
final class WorkPlacement {

  private static final long SATURATED_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long FIRST_ROOM_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LONGEST_ROOM_NANOS = TimeUnit.MINUTES.toNanos(16);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(4);

  /** How much the stage that makes variants has to do. */
  enum Load {
    /** It could do more than it does. */
    ROOM,
    /** It does what comes. */
    BUSY,
    /** It leaves out pictures. */
    SATURATED
  }

  /**
   * A source that changes its place.
   *
   * @param toNode who makes its variants from now on; empty: its own node
   */
  record Move(StreamId source, Optional<String> toNode) {}

  private Load load = Load.BUSY;
  private long sinceNanos;
  private long movedNanos;
  private boolean moved;
  private long roomNanos = FIRST_ROOM_NANOS;
  private boolean tookBack;

  /** What the stage says of itself; to be called each second. */
  void load(Load now, long nowNanos) {
    if (now != load) {
      load = now;
      sinceNanos = nowNanos;
    }
  }

  Load load() {
    return load;
  }

  /**
   * Decides; to be called each second.
   *
   * @param made the sources of this node that it makes variants of
   * @param lent those that others make them of
   * @param withRoom the nodes that could do more
   */
  Optional<Move> look(
      Collection<StreamId> made,
      Collection<StreamId> lent,
      Collection<String> withRoom,
      long nowNanos) {
    if (moved && nowNanos - movedNanos < PAUSE_NANOS) {
      return Optional.empty();
    }
    long forNanos = nowNanos - sinceNanos;
    Optional<Move> move = Optional.empty();
    if (load == Load.SATURATED && forNanos >= SATURATED_NANOS) {
      move =
          made.stream()
              .min(Comparator.comparing(StreamId::value))
              .flatMap(id -> lend(id, withRoom));
    } else if (load == Load.ROOM && forNanos >= roomNanos) {
      move =
          lent.stream()
              .min(Comparator.comparing(StreamId::value))
              .map(id -> new Move(id, Optional.empty()));
    }
    move.ifPresent(each -> note(each, nowNanos));
    return move;
  }

  private void note(Move move, long nowNanos) {
    boolean takesBack = move.toNode().isEmpty();
    if (!takesBack && tookBack) {
      roomNanos = Math.min(LONGEST_ROOM_NANOS, 2 * roomNanos);
    }
    tookBack = takesBack;
    moved = true;
    movedNanos = nowNanos;
  }

  private static Optional<Move> lend(StreamId id, Collection<String> withRoom) {
    return withRoom.stream()
        .max(Comparator.comparingLong((String node) -> weight(id, node)).thenComparing(n -> n))
        .map(node -> new Move(id, Optional.of(node)));
  }

  /** A number that depends on both, and looks random: the finaliser of SplitMix64. */
  private static long weight(StreamId id, String node) {
    long mixed = id.value() ^ (node.hashCode() * 0x9E3779B97F4A7C15L);
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
