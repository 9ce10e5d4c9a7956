package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.WorkPlacement.Load;
import io.imagebus.bus.WorkPlacement.Move;
import io.imagebus.frame.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WorkPlacementTest {

  private static final StreamId FIRST = new StreamId(1);
  private static final StreamId SECOND = new StreamId(2);

  private final WorkPlacement placement = new WorkPlacement();
  private final Set<StreamId> made = new HashSet<>();
  private final Map<StreamId, String> lent = new HashMap<>();
  private Set<String> withRoom = Set.of("b", "c");
  private long second;

  /** Seconds pass under a load; what was moved in each. */
  private List<Move> pass(int seconds, Load load) {
    List<Move> moves = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      second++;
      placement.load(load, second * 1_000_000_000L);
      Optional<Move> move =
          placement.look(Set.copyOf(made), lent.keySet(), withRoom, second * 1_000_000_000L);
      move.ifPresent(this::carryOut);
      move.ifPresent(moves::add);
    }
    return moves;
  }

  private void carryOut(Move move) {
    if (move.toNode().isPresent()) {
      made.remove(move.source());
      lent.put(move.source(), move.toNode().get());
    } else {
      lent.remove(move.source());
      made.add(move.source());
    }
  }

  @Test
  void look_busyOrSaturatedForAMoment_movesNothing() {
    made.add(FIRST);
    assertThat(pass(60, Load.BUSY)).isEmpty();
    assertThat(pass(2, Load.SATURATED)).isEmpty();
    assertThat(pass(1, Load.BUSY)).isEmpty();
    assertThat(pass(2, Load.SATURATED)).isEmpty();
  }

  @Test
  void look_saturated_lendsOneAfterTheOther() {
    made.add(FIRST);
    made.add(SECOND);
    assertThat(pass(3, Load.SATURATED)).hasSize(1);
    assertThat(pass(3, Load.SATURATED)).as("the first must show its effect").isEmpty();
    assertThat(pass(1, Load.SATURATED)).hasSize(1);
    assertThat(pass(60, Load.SATURATED)).as("nothing is left").isEmpty();
  }

  @Test
  void look_noNodeHasRoom_movesNothing() {
    made.add(FIRST);
    withRoom = Set.of();
    assertThat(pass(60, Load.SATURATED)).isEmpty();
  }

  @Test
  void look_roomForHalfAMinute_takesBack_andMoreSlowlyTheNextTime() {
    made.add(FIRST);
    pass(3, Load.SATURATED);
    assertThat(pass(30, Load.ROOM)).isEmpty();
    assertThat(pass(1, Load.ROOM)).containsExactly(new Move(FIRST, Optional.empty()));
    assertThat(pass(5, Load.SATURATED)).hasSize(1);
    assertThat(pass(60, Load.ROOM)).isEmpty();
    assertThat(pass(1, Load.ROOM)).hasSize(1);
  }

  @Test
  void look_manySources_spreadOverAllThatHaveRoom_andTheSameGoesToTheSame() {
    SplittableRandom random = new SplittableRandom(7);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 600; i++) {
      withRoom = Set.of("b", "c", "d");
      StreamId id = StreamId.random(random);
      made.clear();
      made.add(id);
      String node = lendOnce(id);
      counts.merge(node, 1, Integer::sum);
      withRoom = node.equals("b") ? Set.of("b", "c") : Set.of(node, "b");
      assertThat(lendOnce(id)).as("without the third").isEqualTo(node);
    }
    assertThat(counts.values()).hasSize(3).allSatisfy(n -> assertThat(n).isBetween(150, 250));
  }

  private String lendOnce(StreamId id) {
    WorkPlacement fresh = new WorkPlacement();
    fresh.load(Load.SATURATED, 1);
    return fresh
        .look(Set.of(id), Set.of(), withRoom, 3_000_000_000L)
        .orElseThrow()
        .toNode()
        .orElseThrow();
  }
}
