package io.imagebus.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicFilterTest {

  @ParameterizedTest
  @CsvSource({
    "a, a, true",
    "a, b, false",
    "a, a/b, false",
    "a/b, a, false",
    "+, a, true",
    "+, a/b, false",
    "+/+, a/b, true",
    "a/+, a, false",
    "a/+, a/b, true",
    "a/+/c, a/b/c, true",
    "a/+/c, a/b/d, false",
    "#, a, true",
    "#, a/b/c, true",
    "a/#, a, true",
    "a/#, a/b/c, true",
    "a/#, b/c, false",
    "a/+/#, a, false",
    "a/+/#, a/b, true",
    "a/+/#, a/b/c/d, true",
  })
  void matches_filterAndTopic_followMqtt(String filter, String topic, boolean wanted) {
    assertThat(new TopicFilter(filter).matches(new Topic(topic))).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({
    "a+, + stands for a whole level",
    "a/+b/c, + stands for a whole level",
    "++, + stands for a whole level",
    "a/#/b, # stands alone as the last level",
    "a#, # stands alone as the last level",
    "##, # stands alone as the last level",
    "+#, + stands for a whole level",
    "a//+, has an empty level",
    "'', topic filter is empty",
  })
  void filter_badForm_isRefusedWithTheRule(String filter, String rule) {
    assertThatThrownBy(() -> new TopicFilter(filter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(rule);
  }
}
