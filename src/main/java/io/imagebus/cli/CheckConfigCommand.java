package io.imagebus.cli;

import io.imagebus.config.Settings;
import io.imagebus.config.SettingsException;
import io.imagebus.config.SettingsLoader;
import io.imagebus.config.SettingsManual;
import io.imagebus.config.SettingsPrinter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the configuration that a node would run with. */
@Command(
    name = "check-config",
    mixinStandardHelpOptions = true,
    description = {
      "Show the configuration that a node would run with here: built-in defaults, over them the"
          + " file, over it the environment (IMAGEBUS_...).",
      "Prints everything that is wrong, and then ends with exit code 2."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imagebus check-config imagebus.yaml",
      "  imagebus check-config --sample > imagebus.yaml"
    })
final class CheckConfigCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "The YAML file. Default: the one that IMAGEBUS_CONFIG names, or none: the built-in"
              + " defaults.")
  private Path file;

  @Option(
      names = "--sample",
      description = "Print a commented file with every key, its default and what is allowed.")
  private boolean sample;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      out.print(sample ? SettingsManual.sample() : effective());
    } catch (SettingsException e) {
      spec.commandLine().getErr().println(e.getMessage());
      spec.commandLine().getErr().flush();
      return ExitCode.USAGE;
    } finally {
      out.flush();
    }
    return ExitCode.OK;
  }

  private String effective() {
    SettingsLoader loader = SettingsLoader.ofThisProcess();
    Optional<Path> source = file == null ? loader.fileFromEnvironment() : Optional.of(file);
    Settings settings =
        source.map(path -> loader.load(path, Map.of())).orElseGet(() -> loader.load(Map.of()));
    SettingsPrinter printer = new SettingsPrinter(settings);
    return printer.yaml() + "# " + printer.buffers() + "\n";
  }
}
