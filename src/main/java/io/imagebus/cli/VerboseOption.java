package io.imagebus.cli;

import io.imagebus.config.Log;
import io.imagebus.config.Logging;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much a command tells about itself. */
@Command
final class VerboseOption {

  @Option(
      names = {"-v", "--verbose"},
      description = "Log what happens, and show where a failure comes from.")
  private boolean verbose;

  /** Sets the log of this process: warnings, or everything of interest. */
  void configureLog() {
    Logging.configure(new Log(Log.Format.TEXT, verbose ? Log.Level.DEBUG : Log.Level.WARN));
  }
}
