package io.imagebus.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts the settings together: built-in defaults, over them a YAML file, over it environment
 * variables, over them options of the command line. Everything wrong is reported at once.
 */
public final class SettingsLoader {

  private static final String PREFIX = "IMAGEBUS_";

  private static final String FILE_VARIABLE = "IMAGEBUS_CONFIG";

  /** Variables that start like ours and are no keys: the file's path and the JVM's options. */
  private static final Set<String> OTHER_VARIABLES = Set.of(FILE_VARIABLE, "IMAGEBUS_OPTS");

  private final Map<String, String> environment;

  /** A loader that sees these environment variables; an empty one counts as not set. */
  public SettingsLoader(Map<String, String> environment) {
    this.environment = new TreeMap<>(environment);
    this.environment.values().removeIf(String::isEmpty);
  }

  /** A loader that sees the environment of this process. */
  public static SettingsLoader ofThisProcess() {
    return new SettingsLoader(System.getenv());
  }

  /** The file that the environment names (IMAGEBUS_CONFIG). */
  public Optional<Path> fileFromEnvironment() {
    return Optional.ofNullable(environment.get(FILE_VARIABLE)).map(Path::of);
  }

  /** The settings without a file; options are {@code section.key} to value. */
  public Settings load(Map<String, String> options) {
    return load(new SettingsDraft(), options);
  }

  /** The settings with a file, which must exist; options are {@code section.key} to value. */
  public Settings load(Path file, Map<String, String> options) {
    SettingsDraft draft = new SettingsDraft();
    readFile(file, draft);
    return load(draft, options);
  }

  private Settings load(SettingsDraft draft, Map<String, String> options) {
    readEnvironment(draft);
    readOptions(options, draft);
    return draft.finish();
  }

  private static void readFile(Path file, SettingsDraft draft) {
    if (Files.isDirectory(file)) {
      draft.addProblem(file.toString(), "is a directory; give the path of a YAML file");
      return;
    }
    try {
      new YamlSource(file.toString(), draft).read(Files.readString(file));
    } catch (IOException e) {
      draft.addProblem(file.toString(), explain(e));
    }
  }

  /** What is wrong with a file that cannot be read, and what to do. */
  static String explain(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file; check the path, or give none to use the built-in defaults";
    }
    if (e instanceof AccessDeniedException) {
      return "may not be read; check its owner and permissions";
    }
    if (e instanceof CharacterCodingException) {
      return "is not UTF-8 text; save it as UTF-8";
    }
    return "cannot be read (" + e.getMessage() + "); check the path and the disk";
  }

  private void readEnvironment(SettingsDraft draft) {
    Map<String, KeySpec> keys =
        Schema.SETTINGS.keys().stream()
            .collect(Collectors.toMap(KeySpec::environmentName, Function.identity()));
    environment.forEach(
        (name, text) -> {
          String source = "environment variable " + name;
          KeySpec key = keys.get(name);
          if (isServiceLink(name, text)) {
            draft.addProblem(
                source,
                "set by Kubernetes for a service; set enableServiceLinks: false in the pod");
          } else if (key != null) {
            draft.give(key, text, source);
          } else if (name.startsWith(PREFIX) && !OTHER_VARIABLES.contains(name)) {
            draft.addUnknown("environment", name, Nearest.to(name, keys.keySet()));
          }
        });
  }

  /** Whether this is one of the variables that Kubernetes makes of a service's name. */
  private static boolean isServiceLink(String name, String text) {
    return name.startsWith(PREFIX)
        && (name.contains("_SERVICE_HOST")
            || name.contains("_SERVICE_PORT")
            || (name.contains("_PORT") && text.startsWith("tcp://")));
  }

  private static void readOptions(Map<String, String> options, SettingsDraft draft) {
    List<String> known = Schema.SETTINGS.keys().stream().map(KeySpec::path).toList();
    new TreeMap<>(options)
        .forEach(
            (path, text) ->
                Schema.SETTINGS
                    .key(path)
                    .ifPresentOrElse(
                        key -> draft.give(key, text, "command line"),
                        () -> draft.addUnknown("command line", path, Nearest.to(path, known))));
  }
}
