package io.imagebus.wall;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/*
 * A Lamport number orders all edits of the cluster so that an edit is above everything that its
 * writer knew; the writer's id decides between equals. That is a total order without a clock, and
 * "the greatest wins" gives the same result in whatever order versions arrive.
 *
 * The order alone cannot tell a newer version from one that was made without knowledge of the
 * other. Hence `seen`: for each writer in the history of this version, the number of its newest
 * edit there. A writer's own edits follow one another, so one number covers all before it.
 */
/**
 * Which edit of a layout this is, and which edits went before it. Immutable.
 *
 * @param edit 1 or more, greater than that of any edit its writer knew
 * @param writer the node that took the edit; an id that is never used again after a restart
 * @param seen the newest edit of each writer before this one, at most {@link #MAX_SEEN} writers
 */
record LayoutVersion(long edit, String writer, SortedMap<String, Long> seen)
    implements Comparable<LayoutVersion> {

  /**
   * Writers remembered. Beyond it the oldest are forgotten; an edit of theirs that turns up again
   * then counts as unseen, and is kept as a conflict that was none, rather than thrown away.
   */
  static final int MAX_SEEN = 32;

  private static final int TAG_WRITER_CHARACTERS = 8;

  private static final Comparator<LayoutVersion> ORDER =
      Comparator.comparingLong(LayoutVersion::edit).thenComparing(LayoutVersion::writer);

  LayoutVersion {
    if (edit < 1 || writer.isEmpty() || seen.size() > MAX_SEEN) {
      throw new IllegalArgumentException("version " + edit + " of '" + writer + "' is none");
    }
    seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
  }

  /** The first version of a layout. */
  static LayoutVersion first(long edit, String writer) {
    return new LayoutVersion(edit, writer, new TreeMap<>());
  }

  /** The version that replaces this one. */
  LayoutVersion next(long nextEdit, String nextWriter) {
    SortedMap<String, Long> history = new TreeMap<>(seen);
    history.merge(writer, edit, Math::max);
    while (history.size() > MAX_SEEN) {
      history.entrySet().stream()
          .min(Map.Entry.comparingByValue())
          .ifPresent(oldest -> history.remove(oldest.getKey()));
    }
    return new LayoutVersion(nextEdit, nextWriter, history);
  }

  /** Whether this version was made with knowledge of the other one, or is it. */
  boolean knows(LayoutVersion other) {
    return (writer.equals(other.writer) && edit >= other.edit)
        || seen.getOrDefault(other.writer, 0L) >= other.edit;
  }

  /** Short, for people and for {@code ETag}; unique among the versions of a layout. */
  String tag() {
    return edit + "-" + writer.substring(0, Math.min(TAG_WRITER_CHARACTERS, writer.length()));
  }

  @Override
  public int compareTo(LayoutVersion other) {
    return ORDER.compare(this, other);
  }
}
