package io.imagebus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

  private static final Path PAGE = Path.of("docs/configuration.md");

  @Test
  void page_always_endsWithTheTableOfAllKeys() throws IOException {
    assertThat(Files.readString(PAGE))
        .as("put this table at the end of %s:%n%s", PAGE, SettingsManual.markdown())
        .endsWith("\n\n" + SettingsManual.markdown());
  }
}
