package io.imagebus.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.imagebus.config.Log;
import io.imagebus.config.Logging;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much a command tells about itself. */
@Command
final class VerboseOption {

  /** Lost connections, which the commands report in their own words. */
  private static final List<String> TOLD_BY_COMMANDS =
      List.of("io.vertx.core.net.impl", "io.vertx.core.http.impl");

  @Option(
      names = {"-v", "--verbose"},
      description = "Log what happens, and show where a failure comes from.")
  private boolean verbose;

  /** Sets the log of this process: warnings, or everything of interest. */
  void configureLog() {
    Logging.configure(new Log(Log.Format.TEXT, verbose ? Log.Level.DEBUG : Log.Level.WARN));
    if (!verbose) {
      TOLD_BY_COMMANDS.forEach(
          name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.OFF));
    }
  }
}
