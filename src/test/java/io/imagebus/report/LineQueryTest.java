package io.imagebus.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagebus.sequence.Hop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineQueryTest {

  @Test
  void parse_nothing_wantsAllButSingleDisplays() {
    LineFilter filter = LineQuery.parse(null);

    assertThat(filter.wants(Lines.link("a/b", 1, 0))).isTrue();
    assertThat(filter.wants(Lines.line("a/b", Hop.DELIVERY_TO_DISPLAY, "displays", 1, 0))).isTrue();
    assertThat(filter.wants(Lines.line("a/b", Hop.DELIVERY_TO_DISPLAY, "77-1", 1, 0))).isFalse();
    assertThat(filter.gaps()).isZero();
    assertThat(filter.history()).isFalse();
  }

  @Test
  void parse_everything_survivesTheWayToOtherNodes() {
    LineFilter filter =
        LineQuery.parse(
            "topic=site/%2B/gate&node=a&hop=node-node&window=1m&displays=true&gaps=5&history=true");

    assertThat(LineFilter.of(filter.toJson())).isEqualTo(filter);
    assertThat(filter.wants(Lines.link("site/hall/gate", 1, 0))).isTrue();
    assertThat(filter.wants(Lines.link("site/hall/door", 1, 0))).isFalse();
    assertThat(filter.wants(Window.MINUTE)).isTrue();
    assertThat(filter.wants(Window.QUARTER_HOUR)).isFalse();
  }

  @Test
  void parse_plusSignAsItIs_isAWildcardAndNoSpace() {
    assertThat(LineQuery.parse("topic=a/+").wants(Lines.link("a/b", 1, 0))).isTrue();
  }

  @Test
  void parse_otherNodeOrHop_isNotWanted() {
    assertThat(LineQuery.parse("node=z").wants(Lines.link("a", 1, 0))).isFalse();
    assertThat(LineQuery.parse("hop=delivery-display").wants(Lines.link("a", 1, 0))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topic=a/%23/b | # stands alone as the last level",
        "topic=%zz | write %25 for a percent sign",
        "hop=x | write publisher-ingest or node-node or delivery-display",
        "window=2m | write 1m or 15m or start",
        "gaps=33 | write a whole number from 0 to 32",
        "gaps=-1 | write a whole number from 0 to 32",
        "gaps=few | write a whole number from 0 to 32",
        "displays=yes | write displays=true or leave it out",
        "node= | write the id of a node",
        "topics=a | there are topic, node, hop, window, displays, gaps, history",
        "gaps=1&gaps=2 | give it once"
      })
  void parse_wrong_saysWhatMayBeWritten(String query, String advice) {
    assertThatThrownBy(() -> LineQuery.parse(query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(advice);
  }
}
