package io.imagebus.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Hop;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AccountBookTest {

  private final AccountBook book = new AccountBook();

  private static long at(long seconds) {
    return TimeUnit.SECONDS.toNanos(1_000 + seconds);
  }

  private Totals onlyTotal() {
    List<Totals> totals = new ArrayList<>();
    book.forEach((line, kept) -> totals.add(kept.total()));
    assertThat(totals).hasSize(1);
    return totals.get(0);
  }

  private JsonObject only(LineFilter filter, long seconds) {
    List<JsonObject> lines = new ArrayList<>();
    LineJson json = new LineJson(filter, at(seconds), TimeUnit.SECONDS.toMicros(seconds));
    book.forEach((line, kept) -> lines.add(json.encode(line, kept)));
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }

  @Test
  void take_twoKeepersOfALine_areOneLine() {
    book.take(Lines.account("delivery-0", Lines.link("t", 10, 1)), at(0));
    book.take(Lines.account("delivery-1", Lines.link("t", 5, 0)), at(0));

    assertThat(only(LineQuery.parse(null), 0).getLong("received")).isEqualTo(15);
  }

  @Test
  void take_keeperCountsFromZeroAgain_totalGoesOn() {
    book.take(Lines.account("bus", Lines.link("t", 10, 4)), at(0));
    book.take(Lines.account("bus", Lines.link("t", 3, 0)), at(1));

    assertThat(onlyTotal().counts().received()).isEqualTo(13);
    assertThat(onlyTotal().counts().lost()).isEqualTo(4);
  }

  @Test
  void take_oneOfTwoKeepersTellsItNoLonger_windowsAndTotalDoNotFall() {
    book.take(Lines.account("delivery-0", Lines.link("t", 10, 1)), at(0));
    book.take(Lines.account("delivery-1", Lines.link("t", 5, 0)), at(0));

    assertThat(book.take(Lines.account("delivery-0"), at(1))).isEmpty();
    book.take(Lines.account("delivery-1", Lines.link("t", 6, 0)), at(1));

    assertThat(onlyTotal().counts().received()).isEqualTo(16);
    assertThat(
            only(LineQuery.parse("window=1m"), 1)
                .getJsonObject("windows")
                .getJsonObject("1m")
                .getLong("received"))
        .isEqualTo(16);
  }

  @Test
  void take_nobodyTellsItAnyMore_isOverWithItsTotal() {
    book.take(Lines.account("bus", Lines.link("t", 10, 1)), at(0));

    List<AccountBook.Ended> ended = book.take(Lines.account("bus"), at(1));

    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).total().counts().received()).isEqualTo(10);
    book.forEach((line, kept) -> assertThat(line).as("no line is left").isNull());
  }

  @Test
  void encode_historyOfAnHour_hasSixtyStepsThatAddUpToTheQuarterHour() {
    for (int second = 0; second <= 3_600; second++) {
      book.take(Lines.account("bus", Lines.link("t", 10L * second, second / 60)), at(second));
    }

    JsonObject line = only(LineQuery.parse("history=true"), 3_600);
    JsonArray history = line.getJsonArray("history");

    assertThat(history).hasSize(60);
    assertThat(sum(history, "received"))
        .isEqualTo(line.getJsonObject("windows").getJsonObject("15m").getLong("received"))
        .isEqualTo(9_000);
    assertThat(sum(history, "lost")).isEqualTo(15);
    assertThat(history.getJsonObject(59).getLong("at")).isEqualTo(3_600_000_000L);
    assertThat(history.getJsonObject(58).getLong("at")).isEqualTo(3_585_000_000L);
  }

  private static long sum(JsonArray steps, String key) {
    return steps.stream().mapToLong(step -> ((JsonObject) step).getLong(key)).sum();
  }

  @Test
  void encode_gapsAndFields_areAsAskedFor() {
    book.take(Lines.account("bus", Lines.link("t", 10, 1)), at(0));

    assertThat(only(LineQuery.parse(null), 0).containsKey("gaps")).isFalse();
    JsonObject line = only(LineQuery.parse("gaps=1"), 0);
    assertThat(line.getJsonArray("gaps").getJsonObject(0).getString("cause"))
        .isEqualTo("never came");
    assertThat(line.getJsonArray("gaps").getJsonObject(0).getString("outcome")).isEqualTo("lost");
    assertThat(line.getJsonObject("frames").getLong("good")).isEqualTo(5);
    assertThat(line.getLong("jitterMicros")).isEqualTo(1_500);
    assertThat(line.getJsonObject("ageMicros").getLong("p95")).isEqualTo(30_000);
    assertThat(line.getLong("repaired")).isEqualTo(3);
    assertThat(line.containsKey("unverifiedSince")).isFalse();
  }

  @Test
  void encode_oneDisplay_hasNoWindows() {
    AccountLine display = Lines.line("t", Hop.DELIVERY_TO_DISPLAY, "session", 5, 0);
    book.take(Lines.account("delivery-0", display), at(0));

    assertThat(only(LineQuery.parse("displays=true&history=true"), 0).fieldNames())
        .contains("received")
        .doesNotContain("windows", "history");
  }
}
