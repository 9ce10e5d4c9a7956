package io.imagebus.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagebus.frame.StreamId;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ReportedCountsTest {

  private static final StreamId STREAM = new StreamId(1);

  private final ReportedCounts reported = new ReportedCounts();

  private static DisplayReport report(long received, long lost) {
    return DisplayReport.of(new JsonObject().put("received", received).put("lost", lost));
  }

  @Test
  void totals_ofOneStream_replaceEachOther() {
    reported.take(STREAM, report(5, 1));
    reported.take(STREAM, report(9, 1));
    assertThat(reported.total().received()).isEqualTo(9);
    assertThat(reported.total().expected()).isEqualTo(10);
  }

  @Test
  void totals_ofTheNextStream_areAdded() {
    reported.take(STREAM, report(5, 1));
    reported.take(new StreamId(2), report(2, 0));
    assertThat(reported.total().received()).isEqualTo(7);
    assertThat(reported.total().lost()).isEqualTo(1);
  }

  @Test
  void totals_thatFall_areRefused() {
    reported.take(STREAM, report(5, 1));
    assertThatThrownBy(() -> reported.take(STREAM, report(6, 0)))
        .hasMessageContaining("never fall");
    assertThat(reported.total().received()).isEqualTo(5);
  }

  @Test
  void numbers_beyondBelief_areRefused() {
    assertThatThrownBy(() -> report(Long.MAX_VALUE, 0)).hasMessageContaining("received");
    assertThatThrownBy(() -> report(0, -1)).hasMessageContaining("lost");
  }
}
