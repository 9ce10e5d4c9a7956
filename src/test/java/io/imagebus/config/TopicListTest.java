package io.imagebus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagebus.frame.ByTopic;
import io.imagebus.frame.Topic;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicListTest {

  private static final Set<String> WORDS = Set.of("thin", "drop");

  @Test
  void values_ofSeveralFilters_theFirstThatMatchesHolds() {
    ByTopic<String> read = TopicList.values("yard/gate=drop, yard/# = thin", WORDS::contains);
    assertThat(read.of(new Topic("yard/gate"))).contains("drop");
    assertThat(read.of(new Topic("yard/door"))).contains("thin");
    assertThat(read.of(new Topic("hall"))).isEmpty();
    assertThat(read.map(String::length).of(new Topic("yard/gate"))).contains(4);
  }

  @Test
  void values_ofNothing_areNone() {
    assertThat(TopicList.values(" ", WORDS::contains)).isEqualTo(ByTopic.none());
    assertThat(TopicList.filters("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"yard", "yard=", "yard=often", "=thin", "ya+rd=thin", "yard=thin,", "a=thin;b=drop"})
  void values_thatAreNone_areRefused(String text) {
    assertThat(TopicList.isValues(text, WORDS::contains)).isFalse();
    assertThatThrownBy(() -> TopicList.values(text, WORDS::contains))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "quality:60, true",
    "quality:100, true",
    "quality:101, false",
    "quality:0, false",
    "bytes:40000, true",
    "bytes:9, false",
    "bandwidth:2000000, true",
    "bandwidth:fast, false",
    "similarity:0.95, true",
    "similarity:0.4, false",
    "similarity:1, false",
    "speed:9, false"
  })
  void compressionTopics_take_whatCanBeReached(String target, boolean isTaken) {
    Compression preset = new SettingsLoader(Map.of()).load(Map.of()).compression();
    assertThat(isAllowed(preset, "yard/#=" + target)).isEqualTo(isTaken);
  }

  private static boolean isAllowed(Compression preset, String topics) {
    try {
      new Compression(
          preset.threads(),
          preset.widths(),
          preset.quality(),
          preset.maxVariants(),
          topics,
          preset.trustLosslessWebp(),
          preset.shareWork());
      return true;
    } catch (InvalidSettingException e) {
      return false;
    }
  }
}
