package io.imagebus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumberRangesTest {

  @Test
  void decode_whatEncodeWrote_isTheSame() {
    List<NumberRange> ranges =
        List.of(new NumberRange(0, 0), new NumberRange(7, 9), new NumberRange(-2, 1));
    assertThat(NumberRanges.decode(NumberRanges.encode(ranges))).contains(ranges);
    assertThat(NumberRanges.encode(ranges.subList(1, 2)))
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 9);
  }

  @Test
  void decode_whatIsNone_isEmpty() {
    assertThat(NumberRanges.decode(new byte[15])).isEmpty();
    assertThat(NumberRanges.decode(new byte[16 * 65])).isEmpty();
    assertThat(NumberRanges.decode(NumberRanges.encode(List.of(new NumberRange(4, 2))))).isEmpty();
  }

  @Test
  void encode_moreThanAMessageHolds_throws() {
    List<NumberRange> many = Collections.nCopies(NumberRanges.MAX + 1, new NumberRange(1, 1));
    assertThatThrownBy(() -> NumberRanges.encode(many))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
