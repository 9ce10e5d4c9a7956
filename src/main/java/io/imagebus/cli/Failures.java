package io.imagebus.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the user sees when a command is misused or fails: a line, and no stack trace. */
final class Failures {

  private Failures() {}

  static int badUsage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("See '" + name + " --help'.");
    err.flush();
    return ExitCode.USAGE;
  }

  static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    CommandSpec spec = command.getCommandSpec();
    if (failure instanceof CommandFailedException) {
      err.println(spec.qualifiedName() + ": " + failure.getMessage());
    } else {
      err.println(spec.qualifiedName() + ": failed: " + failure);
      if (!isVerbose(parsed)) {
        err.println("Run it with --verbose to see where.");
      }
    }
    if (isVerbose(parsed)) {
      failure.printStackTrace(err);
    }
    err.flush();
    return ExitCode.SOFTWARE;
  }

  private static boolean isVerbose(ParseResult parsed) {
    ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    return innermost.matchedOptionValue("--verbose", false);
  }
}
