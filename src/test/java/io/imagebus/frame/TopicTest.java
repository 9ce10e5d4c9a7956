package io.imagebus.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"gate", "site/hall-2/gate", "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p", "höhe/门/📷", "a b"})
  void topic_wellFormed_keepsItsName(String name) {
    assertThat(new Topic(name).name()).isEqualTo(name);
    assertThat(new Topic(name)).hasToString(name);
  }

  @ParameterizedTest
  @CsvSource({
    "site/+/gate, has a wildcard",
    "site/ga+te, has a wildcard",
    "site/#, has a wildcard",
    "'', is empty; write for example",
    "/gate, has an empty level",
    "site//gate, has an empty level",
    "site/, has an empty level",
    "/, has an empty level",
    "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q, has 17 levels; at most 16",
  })
  void topic_badForm_isRefusedWithTheRule(String name, String rule) {
    assertThatThrownBy(() -> new Topic(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(rule);
  }

  @Test
  void topic_of300Characters_isRefusedWithItsLength() {
    assertThatThrownBy(() -> new Topic("a".repeat(300)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("topic has 300 bytes; at most 255 are allowed");
  }

  @Test
  void topic_atTheLimit_isMeasuredInBytesOfUtf8() {
    assertThat(new Topic("a".repeat(255)).name()).hasSize(255);
    assertThat(new Topic("ä".repeat(127)).name()).hasSize(127);
    assertThatThrownBy(() -> new Topic("ä".repeat(128))).hasMessageContaining("256 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x01, 0x09, 0x0A, 0x0D, 0x1F, 0x7F, 0x80, 0x9F})
  void topic_withControlCharacter_isRefusedWithItsPlace(int control) {
    assertThatThrownBy(() -> new Topic("ab" + (char) control))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("topic has the control character U+%04X at position 2".formatted(control));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\uFFFDb", "a\uD83Db", "a\uDC00b", "a\uDC00\uD83D"})
  void topic_ofInvalidUtf8_isRefusedWithItsPlace(String name) {
    assertThatThrownBy(() -> new Topic(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("topic is not valid UTF-8 at position 1");
  }

  @Test
  void levels_ofTopic_areItsParts() {
    assertThat(new Topic("site/hall-2/gate").levels()).isEqualTo(List.of("site", "hall-2", "gate"));
  }
}
