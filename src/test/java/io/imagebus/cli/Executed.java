package io.imagebus.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What a command line did.
 *
 * @param exitCode what the shell sees
 * @param out standard output
 * @param err standard error
 */
record Executed(int exitCode, String out, String err) {

  /** Executes in this process. */
  static Executed of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = commandLine.execute(arguments);
    return new Executed(exitCode, out.toString(), err.toString());
  }
}
