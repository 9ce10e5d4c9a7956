package io.imagebus.cli;

import io.imagebus.config.Logging;
import io.imagebus.config.Settings;
import io.imagebus.config.SettingsException;
import io.imagebus.config.SettingsPrinter;
import io.imagebus.node.Node;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one node until it is told to end. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description = {
      "Run a node: cameras publish to it, wall displays subscribe to it.",
      "Alone by default. With --cluster it joins the other nodes: what is published on one is seen"
          + " on all.",
      "Ends on Ctrl-C or SIGTERM, after it has sent its displays and publishers to other nodes; on a"
          + " second one at once."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imagebus node",
      "  imagebus node --cluster --port 8081          (a second node on this machine)",
      "  imagebus node --host 0.0.0.0 --config imagebus.yaml"
    })
final class NodeCommand implements Callable<Integer> {

  /** What a node gets, beside its time to drain, to close its connections and leave the cluster. */
  static final Duration LEAVE = Duration.ofSeconds(8);

  @Spec private CommandSpec spec;

  @Mixin private NodeOptions options;

  @Option(
      names = "--cluster",
      arity = "0..1",
      fallbackValue = "local",
      paramLabel = "CONFIG",
      description =
          "Join a cluster: local (nodes of this machine), compose, kubernetes, or the path of a"
              + " Hazelcast YAML file. Without a value: ${FALLBACK-VALUE}.")
  private String cluster;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings;
    try {
      settings = options.load(clusterKeys());
    } catch (SettingsException e) {
      spec.commandLine().getErr().println(e.getMessage());
      spec.commandLine().getErr().flush();
      return ExitCode.USAGE;
    }
    Logging.configure(settings.log());
    LoggerFactory.getLogger(NodeCommand.class).info("{}", new SettingsPrinter(settings).buffers());
    Node node = Signal.await(Node.start(settings));
    Duration limit = Duration.ofSeconds(settings.node().drainSeconds()).plus(LEAVE);
    Signal signal = new Signal(node::stop, limit);
    spec.commandLine().getOut().println("imagebus node ready: " + node.url());
    spec.commandLine().getOut().flush();
    signal.await();
    return ExitCode.OK;
  }

  private Map<String, String> clusterKeys() {
    Map<String, String> keys = new LinkedHashMap<>();
    if (cluster != null) {
      keys.put("cluster.enabled", "true");
      keys.put("cluster.config", cluster);
    }
    return keys;
  }
}
