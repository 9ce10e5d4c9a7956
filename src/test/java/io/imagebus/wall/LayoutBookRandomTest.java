package io.imagebus.wall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes that edit, forget to tell, restart, and tell each other anything in any order: once all
 * have met, all keep the same, and nothing that was the last word of somebody is gone.
 */
class LayoutBookRandomTest {

  private static final int NODES = 4;
  private static final int STEPS = 300;

  private final List<LayoutBook> books = new ArrayList<>();
  private final List<LayoutRecord> told = new ArrayList<>();
  private int starts;

  private LayoutBook newBook() {
    return new LayoutBook("writer-" + starts++);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void books_thatHaveMet_areTheSame(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < NODES; i++) {
      books.add(newBook());
    }
    for (int step = 0; step < STEPS; step++) {
      int node = random.nextInt(NODES);
      int what = random.nextInt(10);
      if (what < 4) {
        edit(books.get(node), random, step);
      } else if (what < 9) {
        if (!told.isEmpty()) {
          books.get(node).merge(told.get(random.nextInt(told.size())));
        }
      } else {
        restart(node);
      }
    }
    meet();
    meet();
    for (LayoutBook book : books) {
      assertThat(book.digest()).as("seed %s", seed).isEqualTo(books.get(0).digest());
      assertThat(List.copyOf(book.records())).isEqualTo(List.copyOf(books.get(0).records()));
    }
    assertNothingIsLost(seed);
  }

  private void edit(LayoutBook book, SplittableRandom random, int step) {
    WallName name = new WallName("wall-" + random.nextInt(3));
    Optional<Layout> layout =
        random.nextInt(5) == 0 ? Optional.empty() : Optional.of(Layouts.of("topic/" + step));
    told.addAll(book.edit(name, layout).kept());
  }

  private void restart(int node) {
    LayoutBook after = newBook();
    books.get(node).records().forEach(after::merge);
    books.set(node, after);
  }

  private void meet() {
    for (LayoutBook from : books) {
      for (LayoutBook to : books) {
        List.copyOf(from.records()).forEach(to::merge);
      }
    }
  }

  /** A layout is found again, unless somebody who knew it wrote over it. */
  private void assertNothingIsLost(long seed) {
    LayoutBook book = books.get(0);
    for (LayoutRecord each : told) {
      boolean isReplaced =
          told.stream()
              .anyMatch(
                  other ->
                      other != each
                          && other.name().equals(each.name())
                          && other.version().knows(each.version()));
      if (!isReplaced && !each.isRemoved()) {
        assertThat(book.records().stream().flatMap(record -> record.layout().stream()))
            .as("seed %s: %s", seed, each)
            .contains(each.layout().orElseThrow());
      }
    }
  }
}
