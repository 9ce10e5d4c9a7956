package io.imagebus.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The problems that a load reports. */
final class Refused {

  private Refused() {}

  static List<String> inEnvironment(String name, String value) {
    SettingsLoader loader = new SettingsLoader(Map.of(name, value));
    return catchThrowableOfType(SettingsException.class, () -> loader.load(Map.of())).problems();
  }

  static List<String> inOptions(Map<String, String> options) {
    SettingsLoader loader = new SettingsLoader(Map.of());
    return catchThrowableOfType(SettingsException.class, () -> loader.load(options)).problems();
  }

  static List<String> inFile(Path file) {
    SettingsLoader loader = new SettingsLoader(Map.of());
    return catchThrowableOfType(SettingsException.class, () -> loader.load(file, Map.of()))
        .problems();
  }
}
