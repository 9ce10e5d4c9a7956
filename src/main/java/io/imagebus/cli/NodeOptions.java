package io.imagebus.cli;

import io.imagebus.config.Settings;
import io.imagebus.config.SettingsException;
import io.imagebus.config.SettingsLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The options that say how a node runs; whatever has no option of its own goes by {@code --set}.
 */
@Command
final class NodeOptions {

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "HTTP port; 0 takes any that is free. Default: http.port, 8080.")
  private String port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on; 0.0.0.0 lets other machines in. Default: http.host, 127.0.0.1.")
  private String host;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "YAML file; 'imagebus check-config --sample' prints one. Default: the file that"
              + " IMAGEBUS_CONFIG names, or none.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any key of the configuration, such as --set link.window-bytes=1MiB.")
  private Map<String, String> set = new LinkedHashMap<>();

  /**
   * The settings: built-in defaults, over them the file, the environment, these options.
   *
   * @param more keys that the command itself sets, over the file and under {@code --set}
   * @throws SettingsException names everything that is wrong
   */
  Settings load(Map<String, String> more) {
    Map<String, String> overrides = new LinkedHashMap<>(more);
    if (port != null) {
      overrides.put("http.port", port);
    }
    if (host != null) {
      overrides.put("http.host", host);
    }
    overrides.putAll(set);
    SettingsLoader loader = SettingsLoader.ofThisProcess();
    Optional<Path> file = config == null ? loader.fileFromEnvironment() : Optional.of(config);
    return file.map(path -> loader.load(path, overrides)).orElseGet(() -> loader.load(overrides));
  }
}
