package io.imagebus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsPrinterTest {

  private static final Map<String, String> OPTIONS =
      Map.of(
          "http.port", "8081",
          "cluster.name", "a \"b\" \\ # null",
          "link.window-bytes", "200001",
          "log.level", "debug");

  @TempDir private Path directory;

  @Test
  void yaml_withDefaults_marksNothing() {
    assertThat(new SettingsPrinter(Settings.defaults()).yaml()).doesNotContain("#");
  }

  @Test
  void yaml_withChangedKeys_marksThemWithTheDefault() {
    Settings settings = new SettingsLoader(Map.of()).load(OPTIONS);
    assertThat(new SettingsPrinter(settings).yaml().lines())
        .contains("http:", "  host: \"127.0.0.1\"", "  port: 8081  # default 8080")
        .contains("  window-bytes: 200001  # default 2MiB", "  level: debug  # default info");
  }

  @Test
  void yaml_whenLoaded_givesTheSameSettings() throws IOException {
    Settings settings = new SettingsLoader(Map.of()).load(OPTIONS);
    Path file = directory.resolve("printed.yaml");
    Files.writeString(file, new SettingsPrinter(settings).yaml());
    assertThat(new SettingsLoader(Map.of()).load(file, Map.of())).isEqualTo(settings);
  }

  @Test
  void buffers_withDefaults_addsUpTheBounds() {
    assertThat(new SettingsPrinter(Settings.defaults()).buffers())
        .isEqualTo(
            "buffers: last frames 256MiB; each topic published in chunks 32MiB; each other node 6MiB (window 2MiB + queue 4MiB); each display"
                + " 320KiB (send buffer 256KiB + control 64KiB), with 10000 displays 3125MiB");
  }
}
