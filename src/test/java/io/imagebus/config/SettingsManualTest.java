package io.imagebus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsManualTest {

  private static final Path SAMPLE = Path.of("src/main/resources/imagebus.yaml");

  @Test
  void sample_always_isTheCommittedFile() throws IOException {
    assertThat(Files.readString(SAMPLE))
        .as("write the output of check-config --sample to %s", SAMPLE)
        .isEqualTo(SettingsManual.sample());
  }

  @Test
  void sample_whenLoaded_givesTheDefaults() {
    assertThat(new SettingsLoader(Map.of()).load(SAMPLE, Map.of())).isEqualTo(Settings.defaults());
  }

  @Test
  void sample_always_fitsAScreen() {
    assertThat(SettingsManual.sample().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void markdown_always_hasARowForEveryKey() {
    assertThat(SettingsManual.markdown().lines()).hasSize(2 + Schema.SETTINGS.keys().size());
    assertThat(SettingsManual.markdown())
        .contains("| `link.window-bytes` | `2MiB` | 64KiB to 256MiB | Bytes under way")
        .contains("| `log.format` | `text` | text, json | ");
  }
}
