package io.imagebus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  private static final List<String> KNOWN = List.of("http.port", "http.host", "link.window-bytes");

  @Test
  void to_withSlip_givesTheWordMeant() {
    assertThat(Nearest.to("http.prot", KNOWN)).contains("http.port");
    assertThat(Nearest.to("link.windowBytes", KNOWN)).contains("link.window-bytes");
    assertThat(Nearest.to("HTTP.HOST", KNOWN)).contains("http.host");
    assertThat(Nearest.to("http.window-bytes", KNOWN)).contains("link.window-bytes");
  }

  @Test
  void to_withSomethingElse_isEmpty() {
    assertThat(Nearest.to("xyz", KNOWN)).isEmpty();
    assertThat(Nearest.to("delivery.everything", KNOWN)).isEmpty();
  }
}
