package io.imagebus.cli;

import io.imagebus.client.ServerUrl;
import io.imagebus.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Further nodes of a demo, each a process of this program's process group. Thread-safe. */
final class ChildNodes {

  private final List<Process> processes = new ArrayList<>();

  /**
   * Starts the processes; they log to this program's standard error.
   *
   * @param firstPort port of the demo's own node; the children take those after it
   * @throws CommandFailedException if a process cannot be started
   */
  synchronized void start(Settings settings, int firstPort, int count) {
    for (int i = 1; i <= count; i++) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-cp");
      command.add(System.getProperty("java.class.path"));
      command.addAll(JVM_OPTIONS);
      command.add(Main.class.getName());
      command.addAll(
          List.of(
              "node",
              "--cluster",
              "--host",
              settings.http().host(),
              "--port",
              String.valueOf(firstPort + i),
              "--set",
              "cluster.name=" + settings.cluster().name(),
              "--set",
              "node.drain-seconds=" + settings.node().drainSeconds(),
              "--set",
              "log.level=" + settings.log().level().name().toLowerCase(Locale.ROOT)));
      try {
        processes.add(
            new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
      } catch (IOException e) {
        throw new CommandFailedException("cannot start node " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
  }

  /** What the jar's manifest says to the first JVM. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.management/sun.management=ALL-UNNAMED",
          "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

  /** Where the children listen. */
  List<ServerUrl> urls(Settings settings, int firstPort, int count) {
    List<ServerUrl> urls = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      urls.add(new ServerUrl(hostFor(settings.http().host()), firstPort + i, false));
    }
    return urls;
  }

  private static String hostFor(String listenHost) {
    return listenHost.equals("0.0.0.0") || listenHost.equals("::") ? "127.0.0.1" : listenHost;
  }

  /** Tells the processes to end. */
  synchronized void stop() {
    processes.forEach(Process::destroy);
  }
}
