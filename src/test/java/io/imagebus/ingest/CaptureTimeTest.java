package io.imagebus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureTimeTest {

  @ParameterizedTest
  @CsvSource({
    "1767225600.250000, 1767225600250000",
    "1767225600, 1767225600000000",
    "1767225600., 1767225600000000",
    "1767225600.5, 1767225600500000",
    "1767225600.123456789, 1767225600123456",
    "' 1.5 ', 1500000",
    "0.000001, 1",
  })
  void micros_secondsWithFraction_areMicroseconds(String header, long micros) {
    assertThat(CaptureTime.micros(header)).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "now",
        "-1",
        "0",
        "0.0",
        "1e20",
        "1e999999999",
        "NaN",
        "1,5",
        "1.5s",
        "999999999999999999999",
        "1.0000000000"
      })
  void micros_anythingElse_isRefusedWithTheForm(String header) {
    assertThatThrownBy(() -> CaptureTime.micros(header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "X-Timestamp is seconds since 1970 UTC with a fraction, such as 1767225600.250000");
  }
}
