package io.imagebus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsErrorsTest {

  @Test
  void load_withUnknownVariable_namesTheNearest() {
    assertThat(Refused.inEnvironment("IMAGEBUS_HTP_PORT", "1"))
        .containsExactly(
            "environment: IMAGEBUS_HTP_PORT: unknown key; did you mean IMAGEBUS_HTTP_PORT?");
  }

  @Test
  void load_withUnknownOption_namesTheNearest() {
    assertThat(Refused.inOptions(Map.of("http.prt", "1")))
        .containsExactly("command line: http.prt: unknown key; did you mean http.port?");
  }

  @Test
  void load_withServiceLinkOfKubernetes_saysHowToSwitchItOff() {
    assertThat(Refused.inEnvironment("IMAGEBUS_HTTP_PORT", "tcp://10.0.0.1:80"))
        .containsExactly(
            "environment variable IMAGEBUS_HTTP_PORT: set by Kubernetes for a service; set"
                + " enableServiceLinks: false in the pod");
    assertThat(Refused.inEnvironment("IMAGEBUS_SERVICE_HOST", "10.0.0.1")).hasSize(1);
  }

  @Test
  void load_withNumberOutOfRange_saysTheRange() {
    assertThat(Refused.inEnvironment("IMAGEBUS_HTTP_PORT", "65536"))
        .containsExactly(
            "environment variable IMAGEBUS_HTTP_PORT: http.port: '65536' is not allowed; use a"
                + " whole number from 0 to 65535");
    assertThat(Refused.inOptions(Map.of("http.port", "-1"))).hasSize(1);
    assertThat(Refused.inOptions(Map.of("topics.last-frames-bytes", "9999999999GiB"))).hasSize(1);
    assertThat(Refused.inOptions(Map.of("metrics.max-topics", "8KiB"))).hasSize(1);
    assertThat(Refused.inOptions(Map.of("topics.must-see", "site/#, a/#/b"))).hasSize(1);
  }

  @Test
  void load_withContradictionInASection_namesBothKeys() {
    assertThat(
            Refused.inOptions(Map.of("delivery.unsent-bytes", "512KiB", "cluster.members", "a:0")))
        .containsExactly(
            "command line: cluster.members: 'a:0' is not allowed; use host:port, comma separated,"
                + " with ports from 1 to 65535",
            "command line: delivery.unsent-bytes: '512KiB' is not allowed; use at most"
                + " delivery.send-buffer-bytes (256KiB)");
    assertThat(Refused.inOptions(Map.of("cluster.port", "5701", "cluster.bus-port", "5701")))
        .singleElement()
        .asString()
        .endsWith("use a port other than cluster.port");
  }

  @Test
  void load_withContradictionBetweenSections_namesTheDefaultThatMustFollow() {
    assertThat(Refused.inOptions(Map.of("frames.max-bytes", "64MiB")))
        .containsExactly(
            "built-in default: ingest.assembly-bytes: '32MiB' is not allowed; use at least"
                + " frames.max-bytes (64MiB)");
  }

  @Test
  void load_withRefusedKey_judgesNoRuleThatInvolvesIt() {
    assertThat(
            Refused.inOptions(
                Map.of("delivery.send-buffer-bytes", "none", "delivery.unsent-bytes", "512KiB")))
        .singleElement()
        .asString()
        .contains("delivery.send-buffer-bytes: 'none'");
  }

  @Test
  void load_withBadPublicUrl_saysWhatItMustBe() {
    for (String url : List.of("node1:8080", "ftp://a", "http://user:pass@a", "http://a?b", "x y")) {
      assertThat(Refused.inOptions(Map.of("http.public-url", url)))
          .as(url)
          .singleElement()
          .asString()
          .endsWith("use an http:// or https:// address without user, query and fragment");
    }
  }

  @Test
  void load_withMissingClusterFile_saysWhatItMayBe() {
    assertThat(Refused.inOptions(Map.of("cluster.enabled", "true", "cluster.config", "lokal")))
        .containsExactly(
            "command line: cluster.config: 'lokal' is not allowed; use local, compose, kubernetes"
                + " or the path of a readable file");
  }

  @Test
  void load_withLongOrControlledText_staysOnOneShortLine() {
    assertThat(Refused.inOptions(Map.of("http.host", "a\nb" + "c".repeat(500))))
        .singleElement()
        .asString()
        .contains("'a bccc")
        .doesNotContain("\n")
        .hasSizeLessThan(200);
  }
}
