package io.imagebus.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.wall.LayoutBook.Change;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayoutBookTest {

  private static final WallName LOBBY = new WallName("lobby");
  private static final WallName YARD = new WallName("yard");

  private final LayoutBook one = new LayoutBook("11111111-node");
  private final LayoutBook two = new LayoutBook("22222222-node");

  private static LayoutRecord put(LayoutBook book, WallName name, String topic) {
    return book.edit(name, Optional.of(Layouts.of(topic))).kept().get(0);
  }

  private static LayoutRecord remove(LayoutBook book, WallName name) {
    return book.edit(name, Optional.empty()).kept().get(0);
  }

  private static void assertShows(LayoutBook book, WallName name, String topic) {
    assertThat(book.find(name).flatMap(LayoutRecord::layout)).contains(Layouts.of(topic));
  }

  /** Each gets all that the other keeps. */
  private static void heal(LayoutBook left, LayoutBook right) {
    List<LayoutRecord> leftRecords = List.copyOf(left.records());
    right.records().stream().toList().forEach(left::merge);
    leftRecords.forEach(right::merge);
    // What the first meeting made anew is told in a second.
    left.records().stream().toList().forEach(right::merge);
    assertThat(left.digest()).isEqualTo(right.digest());
  }

  @Test
  void newerVersion_replacesTheOlder_inWhateverOrderTheyCome() {
    LayoutRecord first = put(one, LOBBY, "a");
    LayoutRecord second = put(one, LOBBY, "b");
    assertThat(two.merge(second).kept()).containsExactly(second);
    assertThat(two.merge(first)).isEqualTo(Change.NONE);
    assertThat(two.merge(second)).isEqualTo(Change.NONE);
    assertShows(two, LOBBY, "b");
    assertThat(two.walls()).isEqualTo(1);
  }

  @Test
  void editOnAnotherNode_followsTheOneItKnew_withoutAConflict() {
    two.merge(put(one, LOBBY, "a"));
    LayoutRecord later = put(two, LOBBY, "b");
    assertThat(one.merge(later).kept()).containsExactly(later);
    assertThat(one.records()).hasSize(1);
  }

  @Test
  void editsOfBothHalvesOfASplit_areBothKept_underTheSameNamesEverywhere() {
    two.merge(put(one, LOBBY, "before"));
    put(one, LOBBY, "left");
    LayoutRecord loser = one.find(LOBBY).orElseThrow();
    put(two, YARD, "other");
    put(two, LOBBY, "right");
    heal(one, two);
    WallName copy = LOBBY.ofConflict(loser.version());
    assertThat(copy.text()).isEqualTo("lobby.conflict-2-11111111");
    for (LayoutBook book : new LayoutBook[] {one, two}) {
      assertShows(book, LOBBY, "right");
      assertShows(book, copy, "left");
      assertThat(book.walls()).isEqualTo(3);
    }
  }

  @Test
  void sameEditInBothHalves_isNoConflict() {
    put(one, LOBBY, "a");
    put(two, LOBBY, "a");
    heal(one, two);
    assertThat(one.records()).hasSize(1);
  }

  @Test
  void removalInOneHalf_editInTheOther_neitherIsLost() {
    two.merge(put(one, LOBBY, "before"));
    LayoutRecord edited = put(one, LOBBY, "edited");
    put(two, YARD, "elsewhere");
    remove(two, LOBBY);
    heal(one, two);
    assertThat(two.find(LOBBY).orElseThrow().isRemoved()).isTrue();
    assertShows(one, LOBBY.ofConflict(edited.version()), "edited");
  }

  @Test
  void copyOfAConflict_thatWasRemoved_staysAway_whenTheLoserComesAgain() {
    put(one, LOBBY, "left");
    LayoutRecord loser = one.find(LOBBY).orElseThrow();
    put(two, LOBBY, "right");
    heal(one, two);
    WallName copy = LOBBY.ofConflict(loser.version());
    remove(two, copy);
    LayoutBook away = new LayoutBook("33333333-node");
    away.merge(loser);
    heal(two, away);
    assertThat(away.find(copy).orElseThrow().isRemoved()).isTrue();
    assertShows(away, LOBBY, "right");
    assertThat(away.walls()).isEqualTo(1);
  }

  @Test
  void removedWall_doesNotComeBack_withANodeThatWasAway() {
    LayoutRecord old = put(one, LOBBY, "a");
    remove(one, LOBBY);
    assertThat(one.merge(old)).isEqualTo(Change.NONE);
    assertThat(one.walls()).isZero();
    LayoutRecord again = put(one, LOBBY, "b");
    assertThat(again.version().knows(old.version())).isTrue();
    assertThat(one.walls()).isEqualTo(1);
  }

  @Test
  void nodeAfterARestart_writesAboveAllThatItHadKept() {
    LayoutRecord before = put(one, LOBBY, "a");
    LayoutBook restarted = new LayoutBook("00000000-node");
    restarted.merge(before);
    LayoutRecord after = put(restarted, LOBBY, "b");
    assertThat(after.version()).isGreaterThan(before.version());
    assertThat(one.merge(after).kept()).containsExactly(after);
  }

  @Test
  void removedWalls_beyondTheBound_areForgottenOldestFirst() {
    for (int i = 0; i < LayoutBook.MAX_REMOVED; i++) {
      WallName name = new WallName("wall-" + i);
      put(one, name, "a");
      remove(one, name);
    }
    assertThat(one.records()).hasSize(LayoutBook.MAX_REMOVED);
    put(one, LOBBY, "a");
    Change change = one.edit(LOBBY, Optional.empty());
    assertThat(change.forgotten()).containsExactly(new WallName("wall-0"));
    assertThat(one.records()).hasSize(LayoutBook.MAX_REMOVED);
    assertThat(one.find(new WallName("wall-1"))).isPresent();
  }

  @Test
  void olderRemoval_fromAnotherNode_isNotKept_whenThereIsNoRoom() {
    put(two, LOBBY, "a");
    LayoutRecord oldest = remove(two, LOBBY);
    for (int i = 0; i < LayoutBook.MAX_REMOVED; i++) {
      WallName name = new WallName("wall-" + i);
      put(one, name, "a");
      put(one, name, "b");
      remove(one, name);
    }
    String digest = one.digest();
    assertThat(one.merge(oldest).kept()).isEmpty();
    assertThat(one.digest()).isEqualTo(digest);
  }

  @Test
  void wallsOfOtherNodes_beyondTwiceTheBound_areLeftOut_andCounted() {
    for (int i = 0; i <= LayoutBook.MOST_WALLS; i++) {
      two.merge(put(new LayoutBook("writer-" + i), new WallName("wall-" + i), "a"));
    }
    assertThat(two.walls()).isEqualTo(LayoutBook.MOST_WALLS);
    assertThat(two.leftOut()).isEqualTo(1);
    assertThat(two.isFull()).isTrue();
  }

  @Test
  void history_beyondItsBound_forgetsTheOldestWriterOnly() {
    LayoutRecord first = put(one, LOBBY, "a");
    LayoutRecord last = first;
    for (int i = 0; i < LayoutVersion.MAX_SEEN + 1; i++) {
      LayoutBook next = new LayoutBook("writer-" + i);
      next.merge(last);
      last = put(next, LOBBY, "t" + i);
    }
    assertThat(last.version().seen()).hasSize(LayoutVersion.MAX_SEEN);
    assertThat(last.version().knows(first.version())).isFalse();
    assertThat(last.version().seen()).containsKey("writer-0");
  }
}
