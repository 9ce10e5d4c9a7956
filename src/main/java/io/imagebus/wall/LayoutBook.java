package io.imagebus.wall;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/*
 * Of each wall the book keeps the greatest version it has met. That is a join: whatever comes in
 * whatever order and however often, nodes that have met the same versions keep the same. The one
 * thing a join would lose, a version that was made apart from the winner, is kept beside it as a
 * wall of its own, under a name and with a version that every node makes up alike.
 */
/**
 * All walls as one node knows them. Removed ones leave a record behind, so that a node that was
 * away does not bring them back; of these the book keeps the newest {@link #MAX_REMOVED}. Owned by
 * one event loop. Not thread-safe.
 */
final class LayoutBook {

  /** Walls that can be made; what a split made twice may come on top. */
  static final int MAX_WALLS = 200;

  /** Walls kept whatever comes from other nodes: a whole further set of conflicts. */
  static final int MOST_WALLS = 2 * MAX_WALLS;

  static final int MAX_REMOVED = 1_000;

  /**
   * What a change did.
   *
   * @param kept records that are new or newer, in order
   * @param forgotten names of which nothing is kept any more, perhaps also one of the kept
   */
  record Change(List<LayoutRecord> kept, List<WallName> forgotten) {

    static final Change NONE = new Change(List.of(), List.of());

    Change {
      kept = List.copyOf(kept);
      forgotten = List.copyOf(forgotten);
    }

    boolean isNone() {
      return kept.isEmpty();
    }
  }

  private final String writer;
  private final Map<WallName, LayoutRecord> records = new TreeMap<>();
  private long newestEdit;
  private int walls;
  private long leftOut;

  /**
   * An empty book.
   *
   * @param writer this node's id, never used before a restart
   */
  LayoutBook(String writer) {
    this.writer = writer;
  }

  /** The record of a wall, also of one that was removed. */
  Optional<LayoutRecord> find(WallName name) {
    return Optional.ofNullable(records.get(name));
  }

  /** All records, removed walls included, by name. */
  Collection<LayoutRecord> records() {
    return Collections.unmodifiableCollection(records.values());
  }

  /** Walls that are there. */
  int walls() {
    return walls;
  }

  /** Records from other nodes for which there was no room. */
  long leftOut() {
    return leftOut;
  }

  /** Whether no further wall can be made. */
  boolean isFull() {
    return walls >= MAX_WALLS;
  }

  /** Makes a wall's next version. */
  Change edit(WallName name, Optional<Layout> layout) {
    long edit = newestEdit + 1;
    LayoutRecord known = records.get(name);
    LayoutVersion version =
        known == null ? LayoutVersion.first(edit, writer) : known.version().next(edit, writer);
    LayoutRecord made = new LayoutRecord(name, version, layout);
    keep(made);
    return new Change(List.of(made), forgetOldest());
  }

  /** Takes in what another node, or this node before a restart, kept. */
  Change merge(LayoutRecord other) {
    LayoutRecord known = records.get(other.name());
    int order = known == null ? 1 : other.version().compareTo(known.version());
    if (order == 0 || (known == null && isTooOld(other))) {
      return Change.NONE;
    }
    if (known == null && !other.isRemoved() && walls >= MOST_WALLS) {
      leftOut++;
      return Change.NONE;
    }
    List<LayoutRecord> kept = new ArrayList<>();
    if (order > 0) {
      keep(other);
      kept.add(other);
    }
    if (known != null) {
      kept.addAll(order > 0 ? copyOfLoser(known, other) : copyOfLoser(other, known));
    }
    return new Change(kept, forgetOldest());
  }

  /** Whether a removal would be the first to be forgotten again. */
  private boolean isTooOld(LayoutRecord other) {
    return other.isRemoved()
        && records.size() - walls >= MAX_REMOVED
        && records.values().stream()
            .filter(LayoutRecord::isRemoved)
            .allMatch(record -> record.version().compareTo(other.version()) > 0);
  }

  private List<LayoutRecord> copyOfLoser(LayoutRecord loser, LayoutRecord winner) {
    if (loser.isRemoved()
        || winner.version().knows(loser.version())
        || loser.layout().equals(winner.layout())) {
      return List.of();
    }
    LayoutVersion version = LayoutVersion.first(loser.version().edit(), loser.version().writer());
    WallName name = loser.name().ofConflict(loser.version());
    return merge(new LayoutRecord(name, version, loser.layout())).kept();
  }

  private void keep(LayoutRecord record) {
    LayoutRecord before = records.put(record.name(), record);
    walls += (record.isRemoved() ? 0 : 1) - (before == null || before.isRemoved() ? 0 : 1);
    newestEdit = Math.max(newestEdit, record.version().edit());
  }

  private List<WallName> forgetOldest() {
    if (records.size() - walls <= MAX_REMOVED) {
      return List.of();
    }
    List<WallName> forgotten =
        records.values().stream()
            .filter(LayoutRecord::isRemoved)
            .sorted(Comparator.comparing(LayoutRecord::version).reversed())
            .skip(MAX_REMOVED)
            .map(LayoutRecord::name)
            .toList();
    forgotten.forEach(records::remove);
    return forgotten;
  }

  /** The version of each record, removed walls included. */
  Map<WallName, LayoutVersion> versions() {
    Map<WallName, LayoutVersion> versions = new TreeMap<>();
    records.forEach((name, record) -> versions.put(name, record.version()));
    return versions;
  }

  /** A short text that two books have in common only if they keep the same versions. */
  String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      records.forEach(
          (name, record) -> {
            LayoutVersion version = record.version();
            String line = name + " " + version.edit() + " " + version.writer() + "\n";
            sha.update(line.getBytes(StandardCharsets.UTF_8));
          });
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
