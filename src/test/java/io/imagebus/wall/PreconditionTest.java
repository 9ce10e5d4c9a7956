package io.imagebus.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.door.Problem;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreconditionTest {

  private static final LayoutVersion THERE = LayoutVersion.first(7, "0123456789");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                        | -            | new   | 0",
        "-                        | -            | there | 428",
        "\"7-01234567\"           | -            | there | 0",
        "\"1-a\", \"7-01234567\"  | -            | there | 0",
        "*                        | -            | there | 0",
        "\"6-01234567\"           | -            | there | 412",
        "7-01234567               | -            | there | 412",
        "\"7-01234567\"           | -            | new   | 412",
        "*                        | -            | new   | 412",
        "-                        | *            | new   | 0",
        "-                        | *            | there | 412",
      })
  void change_isMade_onlyIfThePreconditionHolds(
      String ifMatch, String ifNoneMatch, String state, int status) {
    Optional<LayoutVersion> there = state.equals("there") ? Optional.of(THERE) : Optional.empty();
    Optional<Problem> refused =
        Precondition.of(ifMatch, ifNoneMatch).check(new WallName("lobby"), there);
    assertThat(refused.map(Problem::status).orElse(0)).isEqualTo(status);
    refused.ifPresent(
        problem -> assertThat(problem.detail()).contains("lobby").hasSizeGreaterThan(20));
  }
}
