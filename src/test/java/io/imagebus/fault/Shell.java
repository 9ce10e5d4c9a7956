package io.imagebus.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands of the machine. Stateless. */
final class Shell {

  private static final int MOST_SECONDS = 20;

  private Shell() {}

  /**
   * Runs a command to its end.
   *
   * @return what it wrote
   * @throws IllegalStateException if it failed, with what it wrote
   */
  static String run(String... command) {
    Result result = attempt(command);
    if (result.status() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + result.output());
    }
    return result.output();
  }

  /** How a command ended. */
  record Result(int status, String output) {}

  /** Runs a command that may fail. */
  static Result attempt(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Result(-1, output + " (did not end)");
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result(-1, "interrupted");
    }
  }
}
