package io.imagebus.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.imagebus.sequence.GapRecord.Outcome;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GapLogTest {

  private static final long EPOCH = 7;

  private final TopicAccount account = new TopicAccount();

  GapLogTest() {
    account.tracker().announce(EPOCH, 0, 0, 0);
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void chunk(long number, long atMillis) {
    account.tracker().onChunk(EPOCH, number, 0, millis(atMillis));
  }

  private List<GapRecord> gaps(long atMillis) {
    account.tick(millis(atMillis));
    Moment now = new Moment(millis(atMillis), 1_000_000 + 1_000 * atMillis);
    TopicAccount.Place place =
        new TopicAccount.Place(new Topic("t"), Variant.SOURCE, Hop.NODE_TO_NODE, "here", "there");
    return account.line(place, now).gaps();
  }

  @Test
  void gap_neighbouringNumbers_isOneAndToldWhenItIsFinal() {
    chunk(0, 0);
    chunk(4, 10);
    assertThat(gaps(100)).isEmpty();
    assertThat(gaps(510))
        .containsExactly(
            new GapRecord(
                new StreamId(EPOCH), 1, 3, 0, 1_010_000, 1_510_000, Outcome.LOST, "unknown"));
  }

  @Test
  void gap_closedInTime_isHealed() {
    chunk(0, 0);
    chunk(3, 10);
    chunk(1, 20);
    chunk(2, 30);
    assertThat(gaps(40))
        .singleElement()
        .satisfies(gap -> assertThat(gap.outcome()).isEqualTo(Outcome.HEALED))
        .satisfies(gap -> assertThat(gap.healed()).isEqualTo(2))
        .satisfies(gap -> assertThat(gap.isPartlyHealed()).isFalse());
  }

  @Test
  void gap_closedInPart_saysSo() {
    chunk(0, 0);
    chunk(4, 10);
    chunk(2, 20);
    assertThat(gaps(600))
        .singleElement()
        .satisfies(gap -> assertThat(gap.outcome()).isEqualTo(Outcome.LOST))
        .satisfies(gap -> assertThat(gap.healed()).isEqualTo(1))
        .satisfies(gap -> assertThat(gap.isPartlyHealed()).isTrue());
  }

  @Test
  void gap_announcedAsItIsNoticed_isNone() {
    chunk(0, 0);
    account.tracker().onHeartbeat(EPOCH, 4, 3, false, millis(10));
    assertThat(gaps(1_000)).isEmpty();
    assertThat(account.counts().skipped()).isEqualTo(3);
  }

  @Test
  void gap_ofADamagedChunk_namesTheCause() {
    chunk(0, 0);
    account.tracker().onCorrupt(EPOCH, 1, 0, millis(10));
    chunk(2, 20);
    assertThat(gaps(600))
        .singleElement()
        .satisfies(gap -> assertThat(gap.outcome()).isEqualTo(Outcome.CORRUPT))
        .satisfies(gap -> assertThat(gap.cause()).isEqualTo("damaged chunk"));
  }

  @Test
  void gap_thatTheOwnerCanExplain_hasThatCauseAndTheNextHasNot() {
    chunk(0, 0);
    account.blame("link down");
    chunk(2, 10);
    assertThat(gaps(600)).singleElement().extracting(GapRecord::cause).isEqualTo("link down");
    chunk(4, 700);
    assertThat(gaps(1_300)).extracting(GapRecord::cause).containsExactly("unknown", "link down");
  }

  @Test
  void gaps_manyOfThem_theLastAreKeptNewestFirst() {
    for (int i = 0; i <= 100; i++) {
      chunk(2L * i, 1_000L * i);
    }
    List<GapRecord> gaps = gaps(200_000);
    assertThat(gaps).hasSize(AccountLine.MAX_GAPS);
    assertThat(gaps).first().extracting(GapRecord::from).isEqualTo(199L);
    assertThat(gaps).last().extracting(GapRecord::from).isEqualTo(199L - 2 * 31);
  }
}
