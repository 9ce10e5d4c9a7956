package io.imagebus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {

  @TempDir private Path directory;

  @Test
  void load_withNothing_givesTheDefaults() {
    assertThat(new SettingsLoader(Map.of()).load(Map.of())).isEqualTo(Settings.defaults());
  }

  @Test
  void load_withAllSources_takesTheLastOne() throws IOException {
    Path file = write("http:\n  host: 10.0.0.1\n  port: 1\n  public-url: http://1\n");
    Map<String, String> environment =
        Map.of("IMAGEBUS_HTTP_PORT", "2", "IMAGEBUS_HTTP_PUBLIC_URL", "http://2");
    Settings settings =
        new SettingsLoader(environment).load(file, Map.of("http.public-url", "http://3"));
    assertThat(settings.http()).isEqualTo(new Http("10.0.0.1", 2, "http://3", "*"));
  }

  @Test
  void load_withEveryKindOfValue_readsIt() throws IOException {
    Path file =
        write(
            "---\n# comment\nhttp:\n  public-url: \"https://cam.example.org:8443/x\"\n"
                + "cluster: {enabled: true, name: 'plant 1'}\n"
                + "link:\n  window-bytes: 512KiB\n  queue-bytes: 1048576\n"
                + "log:\n  format: JSON\n  level: debug\ntopics:\n");
    Settings settings = new SettingsLoader(Map.of()).load(file, Map.of());
    assertThat(settings.http().publicUrl()).isEqualTo("https://cam.example.org:8443/x");
    assertThat(settings.cluster().enabled()).isTrue();
    assertThat(settings.cluster().name()).isEqualTo("plant 1");
    assertThat(settings.link().windowBytes()).isEqualTo(524_288);
    assertThat(settings.link().queueBytes()).isEqualTo(1_048_576);
    assertThat(settings.log()).isEqualTo(new Log(Log.Format.JSON, Log.Level.DEBUG));
    assertThat(settings.topics()).isEqualTo(Settings.defaults().topics());
  }

  @Test
  void load_withEmptyFile_givesTheDefaults() throws IOException {
    SettingsLoader loader = new SettingsLoader(Map.of());
    assertThat(loader.load(write(""), Map.of())).isEqualTo(Settings.defaults());
    assertThat(loader.load(write("# nothing\n---\n"), Map.of())).isEqualTo(Settings.defaults());
  }

  @Test
  void load_withOtherVariables_ignoresThem() {
    Map<String, String> environment =
        Map.of("IMAGEBUS_CONFIG", "x.yaml", "IMAGEBUS_OPTS", "-Xmx1g", "PATH", "/bin");
    assertThat(new SettingsLoader(environment).load(Map.of())).isEqualTo(Settings.defaults());
  }

  @Test
  void load_withEmptyVariable_countsItAsNotSet() {
    SettingsLoader loader = new SettingsLoader(Map.of("IMAGEBUS_HTTP_PORT", ""));
    assertThat(loader.load(Map.of()).http().port()).isEqualTo(8080);
  }

  @Test
  void fileFromEnvironment_withVariable_givesItsPath() {
    assertThat(new SettingsLoader(Map.of("IMAGEBUS_CONFIG", "a/b.yaml")).fileFromEnvironment())
        .contains(Path.of("a/b.yaml"));
    assertThat(new SettingsLoader(Map.of()).fileFromEnvironment()).isEmpty();
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(directory.resolve("imagebus.yaml"), yaml);
  }
}
