package io.imagebus.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.imagebus.sequence.Alarm.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AlarmBoardTest {

  private final List<String> heard = new ArrayList<>();
  private final AlarmBoard board =
      new AlarmBoard(
          new AlarmBoard.Listener() {
            @Override
            public void raised(Alarm alarm) {
              heard.add("+" + alarm.kind().label());
            }

            @Override
            public void cleared(Alarm alarm) {
              heard.add("-" + alarm.kind().label());
            }
          });

  private long lost;
  private long stale;
  private long tails;
  private StreamState state = StreamState.LIVE;

  private void look(long second) {
    SequenceCounts counts =
        new SequenceCounts(lost, 0, lost, 0, 0, 0, 0, 0, 0, stale, 0, 0, 0, 0, 0, 1, tails);
    AccountLine line =
        new AccountLine(
            new Topic("site/gate"),
            Variant.SOURCE,
            Hop.NODE_TO_NODE,
            "here",
            "there",
            counts,
            0,
            Map.of(),
            FrameCounts.ZERO,
            Repairs.ZERO,
            Timing.NONE,
            List.of(),
            state,
            0);
    board.look(List.of(line), at(second));
  }

  private static Moment at(long second) {
    return new Moment(TimeUnit.SECONDS.toNanos(second), TimeUnit.SECONDS.toMicros(second));
  }

  @Test
  void losses_areRaisedOnceAndClearedAMinuteAfterTheLast() {
    look(0);
    assertThat(board.standing()).isEmpty();
    lost = 3;
    look(10);
    lost = 4;
    look(50);
    look(109);
    assertThat(heard).containsExactly("+losses");
    assertThat(board.standing())
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.sinceMicros()).isEqualTo(10_000_000))
        .satisfies(alarm -> assertThat(alarm.message()).startsWith("site/gate, node-node"));
    look(110);
    assertThat(heard).containsExactly("+losses", "-losses");
    assertThat(board.standing()).isEmpty();
  }

  @Test
  void stragglersOfATakeover_areNoFight() {
    stale = 40;
    look(0);
    look(1);
    stale = 41;
    look(2);
    assertThat(heard).isEmpty();
  }

  @Test
  void stalePieces_thatKeepComing_areAFight() {
    for (int second = 0; second < 5; second++) {
      stale++;
      look(second);
    }
    assertThat(heard).containsExactly("+" + Kind.TWO_PUBLISHERS.label());
  }

  @Test
  void silence_lastsUntilTheStreamIsHeard() {
    state = StreamState.SILENT;
    look(0);
    look(1);
    state = StreamState.LIVE;
    look(2);
    assertThat(heard).containsExactly("+silent", "-silent");
  }

  @Test
  void unknownTail_standsForAMinute() {
    tails = 1;
    look(0);
    look(59);
    look(60);
    assertThat(heard).containsExactly("+unknown-tail", "-unknown-tail");
  }

  @Test
  void line_thatIsForgotten_takesItsAlarmsAlong() {
    lost = 1;
    look(0);
    board.look(List.of(), at(1));
    assertThat(heard).containsExactly("+losses", "-losses");
    assertThat(board.standing()).isEmpty();
  }
}
