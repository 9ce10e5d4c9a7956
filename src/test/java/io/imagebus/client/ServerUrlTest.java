package io.imagebus.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {

  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.5:8080, http://10.0.0.5:8080",
    "node-1:8080, http://node-1:8080",
    "HTTPS://bus.example.org, https://bus.example.org:443",
    "http://bus.example.org/, http://bus.example.org:80",
    "ws://a:1, http://a:1",
    "wss://a:1, https://a:1",
    "http://[::1]:8080, http://[::1]:8080"
  })
  void parse_knownForm_isUnderstood(String text, String shown) {
    assertThat(ServerUrl.parse(text)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://a:1",
        "http://a:0",
        "http://a:70000",
        "http://a:1/path",
        "http://u@a:1",
        "http://a b",
        "http://",
        "http://a:1?x=y"
      })
  void parse_anythingElse_isRefusedWithWhatIsAllowed(String text) {
    assertThatThrownBy(() -> ServerUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://HOST:PORT");
  }
}
