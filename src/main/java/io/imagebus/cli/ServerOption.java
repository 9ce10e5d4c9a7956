package io.imagebus.cli;

import io.imagebus.client.ServerUrl;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which nodes a command may talk to. */
@Command
final class ServerOption {

  @Option(
      names = {"-s", "--server"},
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description =
          "A node of the cluster, http://HOST:PORT or https://HOST:PORT; any node knows every"
              + " topic. May be given several times: the next one is tried when one fails."
              + " Default: ${DEFAULT-VALUE}.")
  private List<ServerUrl> servers;

  List<ServerUrl> urls() {
    return servers;
  }
}
