package io.imagebus.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code sequence-cases.txt}, every counter of each. */
class SequenceCasesTest {

  private static final SequenceLimits LIMITS =
      new SequenceLimits(
          8, TimeUnit.MILLISECONDS.toNanos(100), 64, 1_000, TimeUnit.SECONDS.toNanos(3), 8);

  record Case(String number, String name, String input, String expected, String reliability) {

    static Case parse(String line) {
      String[] columns = line.split(" \\| ", -1);
      assertThat(columns).as(line).hasSize(5);
      return new Case(columns[0], columns[1], columns[2], columns[3], columns[4]);
    }

    Map<String, Long> expectedCounts() {
      Map<String, Long> counts = new TreeMap<>(CountsByName.of(SequenceCounts.ZERO));
      counts.put("epochs", 1L);
      for (String item : expected.split(", ", -1)) {
        String[] words = item.split(" ", -1);
        if (!words[0].equals("state")) {
          assertThat(counts).as("counter named in case %s", number).containsKey(words[0]);
          counts.put(words[0], Long.valueOf(words[1]));
        }
      }
      return counts;
    }

    Optional<StreamState> expectedState() {
      int at = expected.indexOf("state ");
      return at < 0
          ? Optional.empty()
          : Optional.of(StreamState.valueOf(expected.substring(at + "state ".length())));
    }

    @Override
    public String toString() {
      return number + " " + name;
    }
  }

  static List<Case> cases() throws IOException {
    try (InputStream in = SequenceCasesTest.class.getResourceAsStream("/sequence-cases.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(Case::parse)
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void input_ofCase_isCountedAsExpected(Case testCase) {
    SequenceTracker tracker = new SequenceTracker(LIMITS);

    new SequenceScript(
            tracker, () -> assertThat(tracker.counts()).matches(SequenceCounts::holdsIdentity))
        .play(testCase.input());

    SequenceCounts counts = tracker.counts();
    assertThat(CountsByName.of(counts)).isEqualTo(testCase.expectedCounts());
    testCase.expectedState().ifPresent(state -> assertThat(tracker.state()).isEqualTo(state));
    assertThat(fourDigits(Reliability.of(counts))).isEqualTo(testCase.reliability());
  }

  @Test
  void cases_areNumberedWithoutHoles() throws IOException {
    List<String> numbers = cases().stream().map(Case::number).toList();
    assertThat(numbers)
        .containsExactlyElementsOf(
            Stream.iterate(1, n -> n + 1).limit(numbers.size()).map("%02d"::formatted).toList());
    assertThat(numbers).hasSizeGreaterThanOrEqualTo(42);
  }

  private static String fourDigits(Reliability reliability) {
    if (reliability.measured().isEmpty()) {
      return "-";
    }
    return BigDecimal.valueOf(reliability.measured().getAsDouble())
        .round(new MathContext(4))
        .stripTrailingZeros()
        .toPlainString();
  }
}
